"""Read where learners stand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from flask import g
from sqlalchemy import Select, bindparam, func, select

from course.base.db import db
from course.features.progress.models import Event, Standing

_OF_USER = select(Standing).where(Standing.user_id == bindparam("user_id"))
_LAST = select(func.max(Standing.last_at)).where(
    Standing.user_id == bindparam("user_id")
)
# The same, for the statement that finds who is signed in.
LAST_DEED = _LAST.scalar_subquery()


def last_deed_at(user_id: int) -> datetime | None:
    """When this person last did something.

    Who is signed in has brought it already: see BESIDES. A command asks.
    """
    if g.get("brought_for") == user_id:
        return g.last_deed
    return db.session.scalar(_LAST, {"user_id": user_id})


def note_deed(user_id: int, at: datetime) -> None:
    """Another deed of the same request comes after this one."""
    if g.get("brought_for") == user_id:
        g.last_deed = max(at, g.last_deed or at)


def standings_of(user_id: int) -> dict[tuple[str, str], Standing]:
    """(kind, key) → where this learner stands."""
    found = db.session.scalars(_OF_USER, {"user_id": user_id})
    return {(s.kind, s.key): s for s in found}


class Brief(NamedTuple):
    """A standing as a page of a cohort reads hundreds of them: no model, no row.

    It does not say when somebody began: reading an instant costs as much as the rest.
    """

    user_id: int
    kind: str
    key: str
    state: str
    best: float | None
    tries: int
    answered: int
    last_at: datetime
    seconds: int
    hasty: int
    wrong: int
    hurdle: str | None


def standings_by_user(
    user_ids: Iterable[int],
) -> dict[int, dict[tuple[str, str], Brief]]:
    """The same for several learners, in one statement."""
    ids = list(user_ids)
    found: dict[int, dict[tuple[str, str], Brief]] = {user_id: {} for user_id in ids}
    return found | by_user(standings_among(ids))


def standings_among(ids: Any) -> Select[*tuple[Any, ...]]:
    """Asks for the standings of some people: their ids, or a subquery of them."""
    columns = Standing.__table__.c
    brief = [columns[name] for name in Brief._fields]
    return select(*brief).where(columns.user_id.in_(ids))


def by_user(
    asked: Select[*tuple[Any, ...]], **values: Any
) -> dict[int, dict[tuple[str, str], Brief]]:
    """User → (kind, key) → where this learner stands; who did nothing is not in it."""
    found: dict[int, dict[tuple[str, str], Brief]] = {}
    # All at once: one by one takes twice the time.
    for one in map(Brief._make, db.session.execute(asked, values).all()):
        found.setdefault(one.user_id, {})[one.kind, one.key] = one
    return found


def events_of(user_id: int, limit: int = 200, offset: int = 0) -> list[Event]:
    """The last deeds of a learner, the newest first, after so many of them."""
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.user_id == user_id)
            .order_by(Event.id.desc())
            .limit(limit)
            .offset(offset)
        )
    )
