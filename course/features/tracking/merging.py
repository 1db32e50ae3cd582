"""The notes about two accounts of one person become one person's, and back."""

from typing import Any

from sqlalchemy import select, update

from course.base.db import db, deed
from course.features.account.signals import merged, parted
from course.features.tracking.models import Note

MINE = "tracking"


@deed
def merge(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the notes; those who wrote them stay who they are: only learners merge."""
    mine = select(Note.id).where(Note.user_id == gone_id).order_by(Note.id)
    moved[MINE] = list(db.session.scalars(mine))
    _give(moved[MINE], gone_id, kept_id)


@deed
def part(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the same notes back."""
    _give(moved.get(MINE, []), kept_id, gone_id)


def _give(ids: list[int], from_id: int, to_id: int) -> None:
    db.session.execute(
        update(Note)
        .where(Note.id.in_(ids), Note.user_id == from_id)
        .values(user_id=to_id)
    )


def init_app() -> None:
    """Listen to what happens to people."""
    merged.connect(merge)
    parted.connect(part)
