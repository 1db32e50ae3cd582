"""The attempts of two accounts of one person become one person's, and back."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select, update

from course.base.db import db, deed
from course.base.i18n import _, language
from course.features.account.merging import STAYS
from course.features.account.signals import merged, parted
from course.features.catalogue.queries import shelf
from course.features.progress.services import rebuild
from course.features.quiz.models import Attempt, Item, Submission

MINE = "quiz"


@deed
def merge(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the attempts; of two open ones, the second stays where it is."""
    staying = {attempt.id for attempt in rivals(kept_id, gone_id)}
    mine = db.session.execute(
        select(Attempt.id, Attempt.ended_at)
        .where(Attempt.user_id == gone_id, Attempt.id.not_in(staying))
        .order_by(Attempt.id)
    ).all()
    ids = [number for number, _ended in mine]
    begun = [number for number, ended in mine if ended is None]
    _give(ids, kept_id)
    answers = _answers(begun)
    # JSON knows words only as names.
    moved[MINE] = {"attempts": ids, "open": {str(n): answers[n] for n in begun}}
    rebuild({kept_id, gone_id})


def rivals(kept_id: int, gone_id: int) -> list[Attempt]:
    """The open attempts of the one at what the other has begun as well."""
    begun = select(Attempt).where(Attempt.ended_at.is_(None))
    theirs = {
        (attempt.quiz, attempt.mode)
        for attempt in db.session.scalars(begun.where(Attempt.user_id == kept_id))
    }
    return [
        attempt
        for attempt in db.session.scalars(begun.where(Attempt.user_id == gone_id))
        if (attempt.quiz, attempt.mode) in theirs
    ]


def _give(ids: list[int], user_id: int) -> None:
    db.session.execute(
        update(Attempt).where(Attempt.id.in_(ids)).values(user_id=user_id)
    )


def _answers(ids: list[int]) -> dict[int, int]:
    """How many answers each attempt has."""
    rows = db.session.execute(
        select(Item.attempt_id, func.count(Submission.id).label("answers"))
        .join(Submission, Submission.item_id == Item.id)
        .where(Item.attempt_id.in_(ids))
        .group_by(Item.attempt_id)
    )
    return dict.fromkeys(ids, 0) | {row.attempt_id: row.answers for row in rows}


@deed
def part(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the same attempts back, but those that went on since."""
    was = moved.get(MINE, {"attempts": [], "open": {}})
    mine = db.session.execute(
        select(Attempt.id, Attempt.ended_at).where(
            Attempt.id.in_(was["attempts"]), Attempt.user_id == kept_id
        )
    ).all()
    begun = {int(number): answers for number, answers in was["open"].items()}
    answers = _answers(list(begun))
    went_on = {
        number
        for number, ended in mine
        if number in begun and (ended or answers[number] != begun[number])
    }
    _give([number for number, _ended in mine if number not in went_on], gone_id)
    rebuild({kept_id, gone_id})


def stays(kept_id: int, gone_id: int) -> Iterator[str]:
    """Each attempt that would stay with the second account, in words."""
    found = rivals(kept_id, gone_id)
    quizzes = shelf().library.quizzes if found else []
    titles = {quiz.key: quiz.title.say(language()) for quiz in quizzes}
    for attempt in found:
        yield _(
            "Both have begun “%(quiz)s”. The one begun with the account that is closed "
            "stays there.",
            quiz=titles.get(attempt.quiz, attempt.quiz),
        )


def init_app() -> None:
    """Listen to what happens to people, and tell what would not be moved."""
    merged.connect(merge)
    parted.connect(part)
    if stays not in STAYS:
        STAYS.append(stays)
