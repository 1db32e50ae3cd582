"""Read attempts: what was asked, what was answered, what it is worth."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from flask import abort
from pydantic import JsonValue
from sqlalchemy import Select, bindparam, select

from course.base.db import db
from course.domain.profile import Profile, Trade
from course.domain.questions.base import Question, Variant
from course.domain.verdict import Score, Verdict, score
from course.features.catalogue.queries import quiz_at
from course.features.progress.services import Deed, Verb
from course.features.quiz.models import Attempt, Grade, Item, Submission


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, and what its last grade says it is worth."""

    id: int
    client_id: str
    answer: JsonValue
    at: datetime
    share: float | None  # 0 to 1; None waits for a human


class Drawn(NamedTuple):
    """An item as it is read: ten whole models at each answer would be slow."""

    id: int
    position: int
    revision_id: int
    question: str
    points: float
    variant: Variant


@dataclass(slots=True)
class Line:
    """One question of an attempt, and all that was answered to it."""

    item: Drawn
    question: Question
    submissions: list[Given] = field(default_factory=list)

    @property
    def last(self) -> Given | None:
        """The answer that counts."""
        return self.submissions[-1] if self.submissions else None

    @property
    def share(self) -> float | None:
        """What the answer is worth, 0 to 1; None without an answer."""
        return self.last.share if self.last else None


@dataclass(slots=True)
class Sitting:
    """An attempt with its questions in order."""

    attempt: Attempt
    lines: list[Line]

    def line(self, position: int) -> Line:
        """The question at this place, or 404."""
        if not 1 <= position <= len(self.lines):
            abort(404)
        return self.lines[position - 1]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(line.last is not None for line in self.lines)

    @property
    def next_position(self) -> int | None:
        """The first question without an answer."""
        waiting = (line.item.position for line in self.lines if line.last is None)
        return next(waiting, None)

    def score(self) -> Score:
        """The points so far; what was not answered is worth none."""
        verdicts = [
            (Verdict(line.share if line.last else 0), line.item.points)
            for line in self.lines
        ]
        return score(verdicts, self.attempt.pass_mark)


# Built once: every answer begins with it.
_ROWS = (
    select(
        Attempt,
        Item.id,
        Item.position,
        Item.revision_id,
        Item.question,
        Item.points,
        Item.variant,
        Submission.id,
        Submission.client_id,
        Submission.answer,
        Submission.at,
        Grade.share,
    )
    .join(Item, Item.attempt_id == Attempt.id)
    .outerjoin(Submission, Submission.item_id == Item.id)
    .outerjoin(Grade, Grade.submission_id == Submission.id)
    .where(
        Attempt.id == bindparam("attempt_id"), Attempt.user_id == bindparam("user_id")
    )
    .order_by(Item.position, Submission.id, Grade.id)
)
_LOCKED = _ROWS.with_for_update(of=Attempt).execution_options(populate_existing=True)


def sitting_of(user_id: int, attempt_id: int, *, lock: bool = False) -> Sitting:
    """An attempt of this person, whole, in one statement; 404 for anybody else's.

    Locked, nobody ends it in another tab while this one is answering.
    """
    mine = {"attempt_id": attempt_id, "user_id": user_id}
    rows = db.session.execute(_LOCKED if lock else _ROWS, mine).all()
    if not rows:
        abort(404)
    attempt = rows[0][0]
    trade = Profile.from_dict(attempt.profile).trade
    lines: dict[int, Line] = {}
    for row in rows:
        item_id, (number, client_id, answer, at, share) = row[1], row[7:]
        line = lines.get(item_id)
        if line is None:
            item = Drawn(*row[1:7])
            line = lines[item_id] = Line(item, question_of(item, trade))
        if number is None:
            continue
        if line.last and line.last.id == number:
            line.submissions.pop()  # graded again: the last grade counts
        line.submissions.append(Given(number, client_id, answer, at, share))
    return Sitting(attempt, list(lines.values()))


def lock(user_id: int, attempt_id: int) -> None:
    """Wait until nobody answers: what is read next has every answer.

    A SELECT that locks sees the other rows as they were before it waited.
    """
    mine = Attempt.id == attempt_id, Attempt.user_id == user_id
    db.session.execute(select(Attempt.id).where(*mine).with_for_update())


def question_of(item: Drawn, trade: Trade | None) -> Question:
    """The question as it was drawn, in the words of the learner's trade then."""
    return quiz_at(item.revision_id).for_trade(trade).question(item.question)


def attempt_of(user_id: int, attempt_id: int) -> Sitting | None:
    """The same, for who follows this learner."""
    found = db.session.scalar(
        select(Attempt.id).where(Attempt.id == attempt_id, Attempt.user_id == user_id)
    )
    return sitting_of(user_id, attempt_id) if found else None


def attempts_of(
    user_id: int, quiz: str | None = None, *, limit: int | None = 100
) -> list[Attempt]:
    """What this person sat, the newest first."""
    found = select(Attempt).where(Attempt.user_id == user_id)
    if quiz is not None:
        found = found.where(Attempt.quiz == quiz)
    return list(db.session.scalars(found.order_by(Attempt.id.desc()).limit(limit)))


def last_attempt(user_id: int, quiz: str, mode: str) -> Attempt | None:
    """The open attempt of this kind, else the newest."""
    return db.session.scalar(newest(user_id, quiz, mode))


def newest(user_id: int, quiz: str, mode: str) -> Select[Attempt]:
    """Ask for it; the open one is not always the newest: a guest's was adopted."""
    return (
        select(Attempt)
        .where(Attempt.user_id == user_id, Attempt.quiz == quiz, Attempt.mode == mode)
        .order_by(Attempt.ended_at.is_(None).desc(), Attempt.id.desc())
        .limit(1)
    )


def answers(users: Collection[int] = ()) -> Iterator[Deed]:
    """Every answer as a deed: what standings are rebuilt from, besides events."""
    rows = (
        select(Attempt.user_id, Attempt.quiz, Submission.at)
        .join(Item, Item.attempt_id == Attempt.id)
        .join(Submission, Submission.item_id == Item.id)
        .order_by(Submission.id)
    )
    if users:
        rows = rows.where(Attempt.user_id.in_(users))
    for user_id, quiz, at in db.session.execute(rows):
        yield Deed(user_id, Verb.ANSWERED, "quiz", quiz, at)
