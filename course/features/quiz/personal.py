"""What quizzes hold about people."""

from typing import Any

from sqlalchemy import Select, select

from course.base.db import db
from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.features.quiz.models import Attempt, Grade, Item, Submission

_MARK = _l("To mark the quiz, and to let you see it again.")
_HELP = _l("To let your trainer see when help is needed.")


def _items(user_id: int) -> Select[Any]:
    return (
        select(Item)
        .join(Attempt, Attempt.id == Item.attempt_id)
        .where(Attempt.user_id == user_id)
        .order_by(Item.id)
    )


def _submissions(user_id: int) -> Select[Any]:
    return (
        select(Submission)
        .join(Item, Item.id == Submission.item_id)
        .join(Attempt, Attempt.id == Item.attempt_id)
        .where(Attempt.user_id == user_id)
        .order_by(Submission.id)
    )


def _grades(user_id: int) -> Select[Any]:
    given = _submissions(user_id).with_only_columns(Submission.id).order_by(None)
    return select(Grade).where(Grade.submission_id.in_(given)).order_by(Grade.id)


def forget_words(user_id: int, _pseudonym: str = "") -> None:
    """What was typed may name somebody; what was ticked, and the marks, may not."""
    for given in db.session.scalars(_submissions(user_id)):
        if isinstance(given.answer, str):
            given.answer = ""


HOLDINGS = (
    Holding(
        Attempt,
        _l("Your attempts at quizzes"),
        {
            "quiz": Field(_l("Quiz"), _MARK, Until.ANSWERS),
            "mode": Field(_l("Mode"), _MARK, Until.ANSWERS),
            "profile": Field(
                _l("Your four answers then"),
                _l("To show the questions in the same words again."),
                Until.ANSWERS,
            ),
            "started_at": Field(_l("Started"), _MARK, Until.ANSWERS),
            "ended_at": Field(_l("Ended"), _MARK, Until.ANSWERS),
            "share": Field(_l("Share of the points"), _MARK, Until.ANSWERS),
            "passed": Field(_l("Passed"), _MARK, Until.ANSWERS),
        },
        mine(Attempt),
        plain=frozenset({"pass_mark", "seed"}),
    ),
    Holding(
        Item,
        _l("The questions you were asked"),
        {
            "question": Field(_l("Question"), _MARK, Until.ANSWERS),
            "position": Field(_l("Place"), _MARK, Until.ANSWERS),
            "points": Field(_l("Points"), _MARK, Until.ANSWERS),
        },
        _items,
        plain=frozenset({"quiz", "variant"}),
    ),
    Holding(
        Submission,
        _l("Your answers"),
        {
            "answer": Field(_l("Answer"), _MARK, Until.ANSWERS),
            "at": Field(_l("When"), _MARK, Until.ANSWERS),
            "seconds": Field(_l("Seconds"), _HELP, Until.ANSWERS),
            "hasty": Field(_l("Faster than reading"), _HELP, Until.ANSWERS),
        },
        _submissions,
        forget_words,
        plain=frozenset({"client_id"}),
    ),
    Holding(
        Grade,
        _l("What your answers are worth"),
        {
            "share": Field(_l("Share of the points"), _MARK, Until.ANSWERS),
            "verdict": Field(_l("Verdict"), _MARK, Until.ANSWERS),
            "at": Field(_l("When"), _MARK, Until.ANSWERS),
        },
        _grades,
        plain=frozenset({"version"}),
    ),
)
