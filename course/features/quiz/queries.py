"""Read attempts: what was asked, what was answered, what it is worth."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, takewhile
from operator import attrgetter
from typing import Any, NamedTuple

from flask import abort
from pydantic import JsonValue
from sqlalchemy import Select, bindparam, select

from course.base.db import db
from course.domain.profile import Profile, Trade
from course.domain.questions.base import Question, Variant, is_unknown
from course.domain.verdict import Score, Verdict, score
from course.domain.visibility import Mode
from course.features.account.models import User
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
# The person first, as who merges or erases does: neither waits for the other.
_HELD = {"of": (User, Attempt), "key_share": True}
_LOCKED = (
    _ROWS.join(User, User.id == Attempt.user_id)
    .where(User.erased_at.is_(None))
    .with_for_update(**_HELD)
    .execution_options(populate_existing=True)
)


def sitting_of(user_id: int, attempt_id: int, *, lock: bool = False) -> Sitting:
    """An attempt of this person, whole, in one statement; 404 for anybody else's.

    Locked, nobody ends it in another tab while this one is answering, nor erases the
    person: what is typed then would outlive them.
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
    held = select(Attempt.id).join(User, User.id == Attempt.user_id).where(*mine)
    db.session.execute(held.with_for_update(**_HELD))


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
    user_id: int,
    quiz: str | None = None,
    *,
    limit: int | None = 100,
    offset: int = 0,
) -> list[Attempt]:
    """What this person sat, the newest first, after so many of them."""
    found = select(Attempt).where(Attempt.user_id == user_id)
    if quiz is not None:
        found = found.where(Attempt.quiz == quiz)
    found = found.order_by(Attempt.id.desc()).limit(limit).offset(offset)
    return list(db.session.scalars(found))


class Answered(NamedTuple):
    """That something was answered: when, how long it took, in which quiz."""

    at: datetime
    seconds: int
    quiz: str


def answered_by(
    user_id: int, since: datetime | None, until: datetime | None
) -> list[Answered]:
    """The answers somebody gave from an instant on, and before another."""
    found = (
        select(Submission.at, Submission.seconds, Attempt.quiz)
        .join(Item, Item.id == Submission.item_id)
        .join(Attempt, Attempt.id == Item.attempt_id)
        .where(Attempt.user_id == user_id)
        .order_by(Submission.id)
    )
    if since is not None:
        found = found.where(Submission.at >= since)
    if until is not None:
        found = found.where(Submission.at < until)
    return [Answered(*row) for row in db.session.execute(found)]


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


def run_of(mode: str, line: Line) -> dict[str, Any]:
    """The question last answered in a practice, and how many wrong tries in a row.

    A check says nothing until it ends, so nobody tries again there.
    """
    last = line.last
    if mode != Mode.PRACTICE or last is None or _silent(last.answer, last.share):
        return {}
    shares = [s.share for s in line.submissions if not _silent(s.answer, s.share)]
    wrong = list(takewhile(_wrong, reversed(shares)))
    return {"thing": line.item.question, "wrong": len(wrong)}


def _silent(answer: JsonValue, share: float | None) -> bool:
    """Neither right nor wrong: « I do not know », or a human has not judged yet."""
    return share is None or is_unknown(answer)


def _wrong(share: float | None) -> bool:
    return not Verdict(share).right


def answers(users: Collection[int] = ()) -> Iterator[Deed]:
    """Every answer as a deed: what standings are rebuilt from, besides events."""
    rows = (
        select(
            Attempt.user_id,
            Attempt.quiz,
            Attempt.mode,
            Submission.item_id,
            Item.question,
            Submission.id,
            Submission.answer,
            Submission.at,
            Submission.seconds,
            Submission.hasty,
            Grade.share,
        )
        .join(Item, Item.attempt_id == Attempt.id)
        .join(Submission, Submission.item_id == Item.id)
        .outerjoin(Grade, Grade.submission_id == Submission.id)
        .order_by(Submission.id, Grade.id)
    )
    if users:
        rows = rows.where(Attempt.user_id.in_(users))
    runs: dict[int, int] = {}
    for _number, grades in groupby(db.session.execute(rows), attrgetter("id")):
        *_older, row = grades
        yield Deed(
            row.user_id,
            Verb.ANSWERED,
            "quiz",
            row.quiz,
            row.at,
            seconds=row.seconds,
            hasty=row.hasty,
            **_run_again(row, runs),
        )


def _run_again(row: Any, runs: dict[int, int]) -> dict[str, Any]:
    """What `run_of` said then; `runs` holds the wrong tries in a row of each item."""
    if row.mode != Mode.PRACTICE or _silent(row.answer, row.share):
        return {}
    wrong = runs.pop(row.item_id, 0) + 1 if _wrong(row.share) else 0
    if wrong:
        runs[row.item_id] = wrong
    return {"thing": row.question, "wrong": wrong}
