"""Write attempts: begin, answer, end. What is acknowledged is kept."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from pydantic import JsonValue

from course.base import clock
from course.base.db import built_once, db, deed, insert
from course.base.i18n import language
from course.domain.questions.base import Question, Raw, is_unknown
from course.domain.quiz import too_fast
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import Shelf, quiz_at
from course.features.progress.services import Deed, Verb, fold, rebuild, record, spent
from course.features.quiz import queries
from course.features.quiz.models import Attempt, Grade, Item, Submission
from course.features.quiz.queries import Given, Line, Sitting

PAUSE = timedelta(minutes=1)  # to read why, before a check is tried again


class EndedError(Exception):
    """The attempt is over: it takes no more answers."""


class ConflictError(Exception):
    """Another device has answered otherwise meanwhile; nothing was kept yet."""

    def __init__(
        self, sitting: Sitting, line: Line, other: Given, value: JsonValue
    ) -> None:
        super().__init__(line.item.position)
        self.sitting, self.line = sitting, line
        self.other, self.value = other, value


class PauseError(Exception):
    """A failed check may be tried again in a moment."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def start_attempt(
    user: User, shelf: Shelf, key: str, mode: Mode, *, seed: int | None = None
) -> Attempt:
    """Begin an attempt, or go on with the open one; raises PauseError.

    The draw is kept whole: the same questions, in the same order, with the same
    shuffles, whatever happens to the quiz afterwards. A seed draws the same again.
    """
    last = queries.last_attempt(user.id, key, mode)
    if last is not None and last.ended_at is None:
        return last
    if last is not None and last.ended_at and mode == Mode.CHECK and not last.passed:
        until = last.ended_at + PAUSE
        if clock.now() < until:
            raise PauseError(until)
    drawn = secrets.randbits(31) if seed is None else seed
    return _begin(user, shelf.revision("quiz", key), mode, drawn)


@deed
def _begin(user: User, revision_id: int, mode: Mode, seed: int) -> Attempt:
    quiz = quiz_at(revision_id)
    rng, profile = Random(seed), user.profile  # noqa: S311 - a draw, not a secret
    attempt = db.session.scalar(
        insert(Attempt)
        .values(
            user_id=user.id,
            quiz=quiz.key,
            revision_id=revision_id,
            mode=mode,
            pass_mark=quiz.pass_mark,
            seed=seed,
            profile=profile.to_dict(),
            started_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(Attempt)
    )
    if attempt is None:
        # A double click: the other request made it a moment ago.
        return db.session.scalars(queries.newest(user.id, quiz.key, mode)).one()
    drawn = quiz.for_trade(profile.trade).draw_questions(rng)
    items = [
        {
            "attempt_id": attempt.id,
            "position": position,
            "revision_id": revision_id,
            "quiz": quiz.key,
            "question": question.id,
            "points": question.points,
            "variant": question.prepare(rng, profile),
        }
        for position, question in enumerate(drawn, start=1)
    ]
    # One statement: models would be written one by one, to learn their ids.
    db.session.execute(insert(Item), items)
    record(_deed(attempt, Verb.STARTED, attempt.started_at))
    return attempt


@deed
def answer(  # noqa: PLR0913 - each says itself what it is
    user_id: int,
    attempt_id: int,
    position: int,
    raw: Raw,
    client_id: str,
    *,
    known: Sequence[str] | None = None,
) -> tuple[Sitting, Line, datetime]:
    """Keep an answer and its grade; the same client id again changes nothing.

    `known` are the answers to this question that the page knew, by client id. Returns
    the attempt, the question and when it was kept. Raises EndedError once the attempt
    is over, UnreadableError when nothing was answered that can be kept, ConflictError
    when another device answered a check otherwise and the page did not know.
    """
    sitting = queries.sitting_of(user_id, attempt_id, lock=True)
    line = sitting.line(position)
    if sitting.attempt.ended_at is not None:
        raise EndedError
    value = line.question.parse(raw, line.item.variant)
    other = None if known is None else _rival(sitting, line, value, [*known, client_id])
    if other is not None:
        raise ConflictError(sitting, line, other, value)
    at = clock.now()
    seconds = spent(user_id, at)
    row = {
        "item_id": line.item.id,
        "client_id": client_id,
        "answer": value,
        "at": at,
        "seconds": seconds,
        "hasty": _hasty(sitting.attempt, line, value, seconds),
    }
    submission_id = db.session.scalar(_keep(), row)
    if submission_id is None:
        # Maybe kept while this one waited for the lock: read again.
        sitting = queries.sitting_of(user_id, attempt_id)
        line = sitting.line(position)
        first = next(s for s in line.submissions if s.client_id == client_id)
        return sitting, line, first.at
    share = _grade(line.question, value, submission_id, at)
    line.submissions.append(Given(submission_id, client_id, value, at, share))
    done = _deed(sitting.attempt, Verb.ANSWERED, at)
    run = queries.run_of(sitting.attempt.mode, line)
    fold(replace(done, seconds=seconds, hasty=row["hasty"], **run))
    return sitting, line, at


def _rival(
    sitting: Sitting, line: Line, value: JsonValue, ours: Sequence[str]
) -> Given | None:
    """The answer that counts, when it is another device's and says something else.

    `ours`: what the page knew, then this answer. In a practice one tries again on
    purpose, and nothing is marked.
    """
    last = line.last
    if sitting.attempt.mode != Mode.CHECK or last is None or last.answer == value:
        return None
    # What was kept already is no news: its reply was lost on the way.
    kept = any(given.client_id == ours[-1] for given in line.submissions)
    return None if kept or last.client_id in ours else last


def _hasty(attempt: Attempt, line: Line, value: JsonValue, seconds: int) -> bool:
    """Whether the check's question cannot have been read in that time.

    « I do not know » is never too fast; nor is a second answer to what was read before.
    """
    if attempt.mode != Mode.CHECK or line.last is not None or is_unknown(value):
        return False
    return too_fast(seconds, line.question.words(line.item.variant, language()))


@built_once
def _keep() -> Any:
    """INSERT an answer, unless the page has sent it already; gives its id."""
    row = insert(Submission.__table__)
    once = row.on_conflict_do_nothing(index_elements=["item_id", "client_id"])
    return once.returning(Submission.id)


def _grade(
    question: Question, value: JsonValue, submission_id: int, at: datetime
) -> float | None:
    verdict = question.judge(value)
    row = {
        "submission_id": submission_id,
        "share": verdict.share,
        "verdict": verdict.to_dict(),
        "version": question.version,
        "at": at,
    }
    db.session.execute(_add_grade(), row)
    return verdict.share


@built_once
def _add_grade() -> Any:
    """INSERT a grade; nobody needs its id."""
    return insert(Grade.__table__).inline()


@deed
def end_attempt(user_id: int, attempt_id: int) -> Sitting:
    """Close the attempt; closing twice changes nothing."""
    queries.lock(user_id, attempt_id)
    sitting = queries.sitting_of(user_id, attempt_id)
    if sitting.attempt.ended_at is None:
        _end(sitting)
    return sitting


def _end(sitting: Sitting) -> None:
    attempt, score, at = sitting.attempt, sitting.score(), clock.now()
    share = score.points / score.out_of if score.out_of else 0
    attempt.ended_at, attempt.share = at, share
    verb = Verb.ENDED
    if attempt.mode == Mode.CHECK:
        attempt.passed = score.passed
        verb = Verb.PASSED if score.passed else Verb.FAILED
    record(_deed(attempt, verb, at, share=share))


def _deed(attempt: Attempt, verb: Verb, at: datetime, **result: float) -> Deed:
    return Deed(
        user_id=attempt.user_id,
        verb=verb,
        kind="quiz",
        key=attempt.quiz,
        at=at,
        client_id=f"{attempt.id}-{verb}",
        revision_id=attempt.revision_id,
        result={"attempt": attempt.id, "mode": attempt.mode, **result},
    )


@deed
def adopt(guest_id: int, user_id: int) -> None:
    """Give a guest's attempts to an account; one open attempt stays the account's."""
    for attempt in queries.attempts_of(guest_id, limit=None):
        rival = queries.last_attempt(user_id, attempt.quiz, attempt.mode)
        sitting = queries.sitting_of(guest_id, attempt.id)
        attempt.user_id = user_id
        if attempt.ended_at is None and rival is not None and rival.ended_at is None:
            _end(sitting)
        db.session.flush()
    rebuild({guest_id, user_id})
