"""What following learners holds about people."""

from sqlalchemy import delete

from course.base.db import db
from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.tracking.models import Note

_WHY = _l("To help you from one visit to the next; you can read it.")


def _erase(user_id: int, _pseudonym: str) -> None:
    db.session.execute(delete(Note).where(Note.user_id == user_id))


HOLDINGS = (
    Holding(
        Note,
        _l("Your trainers’ notes"),
        {
            "text": Field(_l("Note"), _WHY, Until.NOTES),
            "at": Field(_l("When"), _WHY, Until.NOTES),
            "removed_at": Field(_l("Taken back"), _WHY, Until.NOTES),
        },
        mine(Note),
        _erase,
    ),
)
