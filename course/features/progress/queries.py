"""Read where learners stand."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, select

from course.base.db import db
from course.features.progress.models import Event, Standing

_OF_USER = select(Standing).where(Standing.user_id == bindparam("user_id"))


def standings_of(user_id: int) -> dict[tuple[str, str], Standing]:
    """(kind, key) → where this learner stands."""
    found = db.session.scalars(_OF_USER, {"user_id": user_id})
    return {(s.kind, s.key): s for s in found}


def standings_by_user(
    user_ids: Iterable[int],
) -> dict[int, dict[tuple[str, str], Standing]]:
    """The same for several learners, in one statement.

    As rows, not models: a page of a cohort reads hundreds of them.
    """
    ids = list(user_ids)
    found: dict[int, dict[tuple[str, str], Any]] = {user_id: {} for user_id in ids}
    rows = select(Standing.__table__).where(Standing.user_id.in_(ids))
    for row in db.session.execute(rows):
        found[row.user_id][row.kind, row.key] = row
    return found


def events_of(user_id: int, limit: int = 200) -> list[Event]:
    """The last deeds of a learner, the newest first."""
    return list(
        db.session.scalars(
            select(Event)
            .where(Event.user_id == user_id)
            .order_by(Event.id.desc())
            .limit(limit)
        )
    )
