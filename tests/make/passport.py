"""Stamps in passports."""

from datetime import datetime

from course.base import clock
from course.base.db import db, transaction
from course.domain.completion import QUIZ_ALONE
from course.features.passport.models import Stamp


def make_stamp(user, module: str = "essai", at: datetime | None = None) -> Stamp:
    """A module passed, without the answers."""
    given = Stamp(
        user_id=user.id,
        module=module,
        rule=QUIZ_ALONE.to_dict(),
        evidence={},
        at=at or clock.now(),
    )
    with transaction():
        db.session.add(given)
    return given
