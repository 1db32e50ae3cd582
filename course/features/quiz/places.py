"""Where somebody was in a quiz, in words: the path offers to go on from there."""

from collections.abc import Collection
from math import ceil

from flask import url_for
from sqlalchemy import Row, case, func, select

from course.base.db import db
from course.base.i18n import _
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.path.queries import Place
from course.features.quiz.models import Attempt, Item, Submission


def place_of(user: User, quizzes: Collection[str]) -> Place | None:
    """The open attempt of one of these quizzes that was answered last."""
    found = _last_open(user.id, quizzes)
    if found is None:
        return None
    waiting = found.count - found.answered
    words = (
        _("at question %(place)s of %(count)s", place=found.next, count=found.count)
        if waiting
        else _("everything is answered: end it to see the reasons")
    )
    whole = shelf().quiz(found.quiz).minutes or 0
    return Place(
        kind="quiz",
        key=found.quiz,
        at=found.last,
        words=words,
        url=url_for("quiz.take", attempt_id=found.id),
        minutes=max(1, ceil(whole * waiting / found.count)),
    )


def _last_open(user_id: int, quizzes: Collection[str]) -> Row | None:
    last = func.coalesce(func.max(Submission.at), Attempt.started_at)
    unanswered = case((Submission.id.is_(None), Item.position))
    return db.session.execute(
        select(
            Attempt.id,
            Attempt.quiz,
            last.label("last"),
            func.count(Item.id.distinct()).label("count"),
            func.count(Submission.item_id.distinct()).label("answered"),
            func.min(unanswered).label("next"),
        )
        .join(Item, Item.attempt_id == Attempt.id)
        .outerjoin(Submission, Submission.item_id == Item.id)
        .where(
            Attempt.user_id == user_id,
            Attempt.ended_at.is_(None),
            Attempt.quiz.in_(quizzes),
        )
        .group_by(Attempt.id, Attempt.quiz, Attempt.started_at)
        .order_by(last.desc())
        .limit(1)
    ).first()
