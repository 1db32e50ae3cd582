"""Where two accounts of one person were in their lessons, and back."""

from typing import Any

from sqlalchemy import select, update

from course.base.db import db, deed
from course.features.account.signals import merged, parted
from course.features.lesson.models import Bookmark

MINE = "lesson"


@deed
def merge(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the bookmarks; where there are two, each account keeps its own."""
    known = select(Bookmark.lesson).where(Bookmark.user_id == kept_id)
    moving = db.session.execute(
        select(Bookmark.lesson, Bookmark.at).where(
            Bookmark.user_id == gone_id, Bookmark.lesson.not_in(known)
        )
    ).all()
    _give(gone_id, kept_id, [lesson for lesson, _at in moving])
    moved[MINE] = {lesson: at.isoformat() for lesson, at in moving}


@deed
def part(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the same ones back, unless one has read on since."""
    was = moved.get(MINE, {})
    now = db.session.execute(
        select(Bookmark.lesson, Bookmark.at).where(
            Bookmark.user_id == kept_id, Bookmark.lesson.in_(was)
        )
    )
    same = [lesson for lesson, at in now if at.isoformat() == was[lesson]]
    _give(kept_id, gone_id, same)


def _give(one: int, other: int, lessons: list[str]) -> None:
    db.session.execute(
        update(Bookmark)
        .where(Bookmark.user_id == one, Bookmark.lesson.in_(lessons))
        .values(user_id=other)
        # It is half of the key by which the session knows them.
        .execution_options(synchronize_session=False)
    )


def init_app() -> None:
    """Listen to what happens to people."""
    merged.connect(merge)
    parted.connect(part)
