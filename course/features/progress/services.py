"""Write the ledger, and fold it into standings."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import case, delete, func, select, update

from course.base import clock
from course.base.db import built_once, db, deed, insert, inserted
from course.features.progress.models import Event, Standing

# Called with the users whose deeds are wanted; nobody means everybody's.
Ledger = Callable[[Collection[int]], Iterator["Deed"]]


class Verb(StrEnum):
    """What a learner did; each has its xAPI verb."""

    READ = "read"  # experienced
    TRIED = "tried"  # interacted: a question inside a lesson
    STARTED = "started"  # attempted
    ANSWERED = "answered"  # answered
    PASSED = "passed"  # passed
    FAILED = "failed"  # failed
    ENDED = "ended"  # completed: a practice, never marked


ENDED = frozenset({Verb.PASSED, Verb.FAILED, Verb.ENDED})
DONE = frozenset({Verb.READ, Verb.PASSED})


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the ledger, wherever it is kept."""

    user_id: int
    verb: Verb
    kind: str
    key: str
    at: datetime
    client_id: str = ""
    revision_id: int | None = None
    result: dict[str, Any] = field(default_factory=dict)


# Where deeds are kept besides events: features above add theirs (a quiz's answers).
LEDGERS: list[Ledger] = []


@deed
def record(done: Deed) -> bool:
    """Keep a deed once, and where the learner now stands; whether it was new.

    Two statements: the same client id again changes nothing.
    """
    row = {
        "user_id": done.user_id,
        "client_id": done.client_id,
        "verb": done.verb,
        "kind": done.kind,
        "key": done.key,
        "revision_id": done.revision_id,
        "at": done.at,
        "result": done.result,
    }
    if not inserted(_keep(), row):
        return False
    fold(done)
    return True


@built_once
def _keep() -> Any:
    """INSERT an event, unless the page has sent it already."""
    return insert(Event.__table__).on_conflict_do_nothing(
        index_elements=["user_id", "client_id"]
    )


@deed
def fold(done: Deed) -> None:
    """Add a deed to the standing; adding it in another order gives the same."""
    marked = done.verb in {Verb.PASSED, Verb.FAILED}
    row = {
        "user_id": done.user_id,
        "kind": done.kind,
        "key": done.key,
        "state": "done" if done.verb in DONE else "started",
        "best": done.result.get("share") if marked else None,
        "tries": int(done.verb in ENDED),
        "answered": int(done.verb == Verb.ANSWERED),
        "first_at": done.at,
        "last_at": done.at,
    }
    db.session.execute(_fold(), row)


@built_once
def _fold() -> Any:
    """INSERT a standing, or add to the one there is: the best, the sum, the dates."""
    row = insert(Standing.__table__)
    old, new = Standing, row.excluded
    return row.on_conflict_do_update(
        index_elements=["user_id", "kind", "key"],
        set_={
            "state": case((old.state == "done", "done"), else_=new.state),
            "best": case(
                (new.best.is_(None), old.best),
                (func.coalesce(old.best, -1) > new.best, old.best),
                else_=new.best,
            ),
            "tries": old.tries + new.tries,
            "answered": old.answered + new.answered,
            "first_at": case(
                (old.first_at < new.first_at, old.first_at), else_=new.first_at
            ),
            "last_at": case(
                (old.last_at > new.last_at, old.last_at), else_=new.last_at
            ),
        },
    )


@deed
def rebuild(users: Collection[int] = ()) -> int:
    """Make standings anew from the ledger; returns how many deeds were read.

    Of these users, or of everybody.
    """
    old = delete(Standing)
    db.session.execute(old.where(Standing.user_id.in_(users)) if users else old)
    count = 0
    for ledger in (events, *LEDGERS):
        for done in ledger(users):
            fold(done)
            count += 1
    return count


@deed
def adopt(guest_id: int, user_id: int) -> None:
    """Give a guest's events to an account; what both did stays each one's own."""
    known = select(Event.client_id).where(Event.user_id == user_id)
    db.session.execute(
        update(Event)
        .where(Event.user_id == guest_id, Event.client_id.not_in(known))
        .values(user_id=user_id)
    )
    rebuild({guest_id, user_id})


def events(users: Collection[int] = ()) -> Iterator[Deed]:
    """The deeds kept as events."""
    kept = select(Event).order_by(Event.id)
    if users:
        kept = kept.where(Event.user_id.in_(users))
    for event in db.session.scalars(kept):
        yield Deed(
            user_id=event.user_id,
            verb=Verb(event.verb),
            kind=event.kind,
            key=event.key,
            at=event.at,
            revision_id=event.revision_id,
            result=event.result,
        )


def client_id(sent: str | None) -> str:
    """The id that a page made for a deed, if a column can hold it; else nothing."""
    return sent if sent and re.fullmatch(r"[\w-]{1,36}", sent, re.ASCII) else ""


def now_deed(user_id: int, verb: Verb, kind: str, key: str, **more: Any) -> Deed:
    """A deed done at this moment."""
    return Deed(user_id, verb, kind, key, clock.now(), **more)
