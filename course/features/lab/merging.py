"""The runs of two accounts of one person become one person's, and back."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, update

from course.base.db import db, deed
from course.base.i18n import _, language
from course.features.account.merging import STAYS
from course.features.account.signals import merged, parted
from course.features.catalogue.queries import shelf
from course.features.lab.models import Run
from course.features.progress.services import rebuild

MINE = "lab"


@deed
def merge(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the runs; of two open ones, the second stays where it is."""
    staying = {run.id for run in rivals(kept_id, gone_id)}
    mine = db.session.execute(
        select(Run.id, Run.ended_at, Run.count)
        .where(Run.user_id == gone_id, Run.id.not_in(staying))
        .order_by(Run.id)
    ).all()
    ids = [run.id for run in mine]
    _give(ids, kept_id)
    # JSON knows words only as names.
    begun = {str(run.id): run.count for run in mine if run.ended_at is None}
    moved[MINE] = {"runs": ids, "open": begun}
    rebuild({kept_id, gone_id})


def rivals(kept_id: int, gone_id: int) -> list[Run]:
    """The open runs of the one at what the other has begun as well."""
    begun = select(Run).where(Run.ended_at.is_(None))
    theirs = {
        (run.lab, run.mode)
        for run in db.session.scalars(begun.where(Run.user_id == kept_id))
    }
    return [
        run
        for run in db.session.scalars(begun.where(Run.user_id == gone_id))
        if (run.lab, run.mode) in theirs
    ]


def _give(ids: list[int], user_id: int) -> None:
    db.session.execute(update(Run).where(Run.id.in_(ids)).values(user_id=user_id))


@deed
def part(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the same runs back, but those that went on since."""
    was = moved.get(MINE, {"runs": [], "open": {}})
    mine = db.session.execute(
        select(Run.id, Run.ended_at, Run.count).where(
            Run.id.in_(was["runs"]), Run.user_id == kept_id
        )
    ).all()
    begun: dict[str, int] = was["open"]
    went_on = {
        run.id
        for run in mine
        if str(run.id) in begun and (run.ended_at or run.count != begun[str(run.id)])
    }
    _give([run.id for run in mine if run.id not in went_on], gone_id)
    rebuild({kept_id, gone_id})


def stays(kept_id: int, gone_id: int) -> Iterator[str]:
    """Each run that would stay with the second account, in words."""
    found = rivals(kept_id, gone_id)
    labs = shelf().library.labs if found else []
    titles = {lab.key: lab.title.say(language()) for lab in labs}
    for run in found:
        yield _(
            "Both have begun “%(lab)s”. The one begun with the account that is closed "
            "stays there.",
            lab=titles.get(run.lab, run.lab),
        )


def init_app() -> None:
    """Listen to what happens to people, and tell what would not be moved."""
    merged.connect(merge)
    parted.connect(part)
    if stays not in STAYS:
        STAYS.append(stays)
