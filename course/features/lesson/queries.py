"""Read where somebody was in lessons."""

from collections.abc import Collection

from sqlalchemy import select

from course.base.db import db
from course.features.lesson.models import Bookmark


def bookmark_of(user_id: int, lesson: str) -> Bookmark | None:
    """The paragraph last read of a lesson."""
    return db.session.get(Bookmark, (user_id, lesson))


def last_bookmark(user_id: int, lessons: Collection[str]) -> Bookmark | None:
    """The newest one, in these lessons."""
    return db.session.scalar(
        select(Bookmark)
        .where(Bookmark.user_id == user_id, Bookmark.lesson.in_(lessons))
        .order_by(Bookmark.at.desc())
        .limit(1)
    )
