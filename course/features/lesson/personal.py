"""What lessons hold about people."""

from sqlalchemy import delete

from course.base.db import db
from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.lesson.models import Bookmark

_WHY = _l("To take you back to the very place.")


def _erase(user_id: int, _pseudonym: str) -> None:
    db.session.execute(delete(Bookmark).where(Bookmark.user_id == user_id))


HOLDINGS = (
    Holding(
        Bookmark,
        _l("Where you were in each lesson"),
        {
            "lesson": Field(_l("Lesson"), _WHY, Until.ACCOUNT),
            "anchor": Field(_l("Paragraph"), _WHY, Until.ACCOUNT),
            "at": Field(_l("When"), _WHY, Until.ACCOUNT),
        },
        mine(Bookmark),
        _erase,
    ),
)
