"""Invoicing, played on its sample."""

from typing import Any

import pytest

from course.domain.run import Play
from course.domain.simulators.base import Facts, RefusedError
from tests.make.simulators import scenes

SCENE = scenes("invoicing")[0]
CONVERT = "convert quote=dunes"
SIREN = 'customer customer=hotel siren="987 654 321"'
FILL = "fill document=made-1 category=both days=30 mentions=penalty,recovery"
ISSUE = "issue document=made-1"
SENT = (CONVERT, SIREN, ISSUE)


def played(*lines: str) -> Play:
    """A run of these deeds."""
    return SCENE.play([f"invoicing {line}" for line in lines])


def facts(*lines: str) -> Facts:
    """What is so after these deeds."""
    return played(*lines).facts["invoicing"]


def shown(*lines: str, language: str = "fr", **view: str) -> dict[str, Any]:
    """What one sees after these deeds."""
    return SCENE.simulator.show(played(*lines).world, view, language)


def opened(*lines: str, open: str = "made-1") -> dict[str, Any]:  # noqa: A002
    """What one sees of a paper after these deeds."""
    return shown(*lines, open=open)["opened"]


def refusal(*lines: str) -> RefusedError:
    """How the last of these deeds is refused."""
    play = played(*lines[:-1])
    with pytest.raises(RefusedError) as refused:
        play.do(SCENE.action(f"invoicing {lines[-1]}"))
    return refused.value
