"""What is kept about people: each column with its purpose and how long it stays."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select

from course.base.db import Model, db


class Until(StrEnum):
    """How long something about somebody is kept; LIMITS has the days."""

    ACCOUNT = "account"  # as long as the account is used
    ANSWERS = "answers"
    NOTES = "notes"
    LINKS = "links"
    FAILURES = "failures"
    JOURNAL = "journal"
    PROOFS = "proofs"
    WORK = "work"  # what authors and trainers did for others stays, without a name


YEAR = timedelta(days=365)
# After the last activity, the end of the attempt, the writing of the line…
LIMITS: dict[Until, timedelta] = {
    Until.ACCOUNT: 3 * YEAR,
    Until.ANSWERS: YEAR,
    Until.NOTES: YEAR,
    Until.LINKS: timedelta(days=30),
    Until.FAILURES: timedelta(days=1),
    Until.JOURNAL: YEAR,
    Until.PROOFS: 5 * YEAR,
}
# Nobody can come back to a guest's account from another browser.
GUESTS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Field:
    """One column about a person: how it is called, what it serves, until when."""

    label: Any  # lazily translated, as all words here
    purpose: Any
    until: Until


@dataclass(frozen=True, slots=True)
class Holding:
    """What one table holds about people.

    `rows` selects what is somebody's, by the id of the person. `erase` takes the
    person out of it: the id, and the pseudonym that stands for the name from then on;
    without it the rows stay, since nothing in them but the id of a pseudonym tells
    whose they are. `plain` are the columns that say nothing about anybody.
    """

    model: type[Model]
    title: Any
    fields: Mapping[str, Field]
    rows: Callable[[int], Select[Any]]
    erase: Callable[[int, str], None] | None = None
    plain: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Its name in an export: the table's."""
        return str(self.model.__tablename__)

    def entries(self, user_id: int) -> Iterator[dict[str, Any]]:
        """What is held about this person, row by row: column → value."""
        for row in db.session.scalars(self.rows(user_id)):
            yield self._entry(row)

    def _entry(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields}

    def count(self, user_id: int) -> int:
        """How many rows there are about this person."""
        rows = self.rows(user_id).order_by(None).subquery()
        return db.session.scalar(select(func.count()).select_from(rows)) or 0

    def last(self, user_id: int, most: int) -> list[dict[str, Any]]:
        """The newest entries, so many at the most, oldest first."""
        newest = [key.desc() for key in self.model.__table__.primary_key]
        rows = self.rows(user_id).order_by(None).order_by(*newest).limit(most)
        return [self._entry(row) for row in db.session.scalars(rows)][::-1]

    def keys(self) -> frozenset[str]:
        """The columns that only say which row this is, or what it belongs to."""
        return frozenset(
            column.name
            for column in self.model.__table__.columns
            if column.primary_key or column.foreign_keys
        )

    def undeclared(self) -> frozenset[str]:
        """The columns of the table that nobody has thought of."""
        names = {column.name for column in self.model.__table__.columns}
        return frozenset(names - self.keys() - self.plain - set(self.fields))


def mine(model: type[Model], column: str = "user_id") -> Callable[[int], Select[Any]]:
    """The rows of a table whose column holds the person's id, oldest first."""
    table: Any = model

    def rows(user_id: int) -> Select[Any]:
        keys = list(table.__table__.primary_key.columns)
        return select(table).where(getattr(table, column) == user_id).order_by(*keys)

    return rows
