"""A published lab of invoicing software."""

import pytest


@pytest.fixture
def invoicing(app, tmp_path):
    """The small library, whose lab is invoicing software: published."""
    from tests.make.specimen import publish_invoicing  # noqa: PLC0415

    return publish_invoicing(tmp_path)
