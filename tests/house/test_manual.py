"""The manual names every setting and every command."""

import argparse
from dataclasses import fields

import pytest

from course.base.settings import Settings
from course.cli import parser
from tests.conftest import ROOT

MANUALS = ("README.md", "CONTRIBUTING.md", "docs/operating.md")


@pytest.fixture(scope="module")
def manual():
    found = [ROOT / name for name in MANUALS if (ROOT / name).exists()]
    return "\n".join(path.read_text("utf-8") for path in found)


def commands(given: argparse.ArgumentParser, begun: str) -> list[str]:
    """Every command of a parser, as one types it."""
    below = [
        choice
        for action in given._actions
        if isinstance(action, argparse._SubParsersAction)
        for choice in action.choices.items()
    ]
    if not below:
        return [begun]
    return [one for name, child in below for one in commands(child, f"{begun} {name}")]


@pytest.mark.parametrize(
    "setting", [f"COURSE_{f.name.upper()}" for f in fields(Settings)]
)
def test_a_setting_is_in_the_manual(setting, manual):
    assert setting in manual


@pytest.mark.parametrize("command", commands(parser(), "passeport"))
def test_a_command_is_in_the_manual(command, manual):
    assert command in manual
