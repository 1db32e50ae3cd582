"""A small believable network, and what tells two of them apart."""

from datetime import date
from typing import Any

from sqlalchemy import create_engine, select

from course.base.db import Model
from course.features.demo import services

PASSWORD = "pivoine-carnet-camion-citron"
TODAY = date(2026, 11, 23)
FEW = 24
# What no seed decides: passwords and the seals of sessions.
SECRET = {("user", "password"), ("user", "seal")}


def make_network(learners: int = FEW, **given: Any) -> None:
    """Everybody and eight weeks, until the day of the tests."""
    services.make_network(PASSWORD, TODAY, learners=learners, **given)


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All that a database holds, secrets left out."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                name: sorted(
                    map(repr, connection.execute(select(*_plain(table)))),
                )
                for name, table in Model.metadata.tables.items()
            }
    finally:
        engine.dispose()


def _plain(table: Any) -> list[Any]:
    return [c for c in table.columns if (table.name, c.name) not in SECRET]
