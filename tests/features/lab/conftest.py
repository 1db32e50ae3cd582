"""The small library with its lab."""

import pytest


@pytest.fixture
def lab_library(app, tmp_path):
    """A module `essai`, two lessons, a lab `console`, a quiz: published."""
    from tests.make.lab import publish_lab  # noqa: PLC0415 - as the other fixtures

    return publish_lab(tmp_path)
