"""Write the ledger, and fold it into standings."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import case, delete, func, select, update

from course.base import clock
from course.base.db import built_once, db, deed, insert, inserted
from course.domain.verdict import Verdict
from course.features.progress import queries
from course.features.progress.models import Event, Standing
from course.features.progress.signals import recorded

STILL_HERE = timedelta(minutes=10)  # between two deeds of one visit
MOMENT = 60  # seconds that a deed counts for when nobody knows
MANY_WRONG = 4  # tries in a row: this high, a hurdle stays until it is passed

# Called with the users whose deeds are wanted; nobody means everybody's.
Ledger = Callable[[Collection[int]], Iterator["Deed"]]


class Verb(StrEnum):
    """What a learner did; each has its xAPI verb."""

    READ = "read"  # experienced
    TRIED = "tried"  # interacted: a question inside a lesson
    STARTED = "started"  # attempted
    ANSWERED = "answered"  # answered
    ACTED = "acted"  # interacted: something done in a lab
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
    seconds: int | None = None  # it took; None: measured when it is recorded
    hasty: bool = False  # answered faster than one reads
    thing: str | None = None  # the question that was got right or wrong
    wrong: int = 0  # wrong tries in a row at it, this one included; 0: it is right


# Where deeds are kept besides events: features above add theirs (a quiz's answers).
LEDGERS: list[Ledger] = []


@deed
def record(done: Deed) -> bool:
    """Keep a deed once, and where the learner now stands; whether it was new.

    Two statements: the same client id again changes nothing.
    """
    seconds = done.seconds
    if seconds is None:
        seconds = spent(done.user_id, done.at)
    row = {
        "user_id": done.user_id,
        "client_id": done.client_id,
        "verb": done.verb,
        "kind": done.kind,
        "key": done.key,
        "revision_id": done.revision_id,
        "at": done.at,
        "seconds": seconds,
        "result": done.result,
    }
    if not inserted(_keep(), row):
        return False
    fold(replace(done, seconds=seconds, **tried_thing(done.verb, done.result)))
    if done.verb == Verb.PASSED:
        recorded.send(None, done=done)
    return True


def spent(user_id: int, at: datetime) -> int:
    """How many seconds a deed took: since this person's deed before, if it is near.

    The rule for minutes everywhere. After more than ten minutes nobody knows what was
    done in between, and after nothing at all even less: then the deed counts for one
    minute, since somebody was there a moment. Silence is thus left out, and so is what
    is read after the last deed of a visit: the sum is rather too small than too large.
    It is kept with the deed, so that reading the ledger again gives the same sum.
    """
    last = queries.last_deed_at(user_id)
    if last is None or at - last > STILL_HERE:
        return MOMENT
    return max(0, int((at - last).total_seconds()))


def tried_thing(verb: str, result: Mapping[str, Any]) -> dict[str, Any]:
    """Which question of a lesson a deed tried, and whether it went wrong.

    « I do not know » is neither right nor wrong. Who ends a run of a lab says which of
    its goals is missed, and how many runs in a row missed it.
    """
    if verb in ENDED and "goal" in result:
        return {"thing": result["goal"], "wrong": result["wrong"]}
    if verb != Verb.TRIED or "try" not in result or result.get("unknown"):
        return {}
    right = Verdict(result.get("share") or 0).right
    return {"thing": result["try"], "wrong": int(not right)}


@built_once
def _keep() -> Any:
    """INSERT an event, unless the page has sent it already."""
    return insert(Event.__table__).on_conflict_do_nothing(
        index_elements=["user_id", "client_id"]
    )


@deed
def fold(done: Deed) -> None:
    """Add a deed to the standing; adding it in another order gives the same.

    Except what is wrong in a row, which has an order: that of the ledger.
    """
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
        "seconds": done.seconds or 0,
        "hasty": int(done.hasty),
        "wrong": done.wrong,
        "hurdle": done.thing,
    }
    db.session.execute(_fold(), row)
    queries.note_deed(done.user_id, done.at)


@built_once
def _fold() -> Any:
    """INSERT a standing, or add to the one there is: the best, the sum, the dates."""
    row = insert(Standing.__table__)
    old, new = Standing, row.excluded
    same = old.hurdle == new.hurdle
    # Right elsewhere takes no hurdle away, and a high one stays until it is passed.
    stays = new.hurdle.is_(None) | (
        ~same & ((new.wrong == 0) | (old.wrong >= MANY_WRONG))
    )
    # A quiz or a lab knows its tries and brings the whole number; a lesson adds one.
    one_more = same & (new.kind == "lesson") & (new.wrong > 0)
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
            "seconds": old.seconds + new.seconds,
            "hasty": old.hasty + new.hasty,
            "wrong": case(
                (stays, old.wrong), (one_more, old.wrong + 1), else_=new.wrong
            ),
            "hurdle": case((stays, old.hurdle), else_=new.hurdle),
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
            seconds=event.seconds,
            **tried_thing(event.verb, event.result),
        )


def client_id(sent: str | None) -> str:
    """The id that a page made for a deed, if a column can hold it; else nothing."""
    return sent if sent and re.fullmatch(r"[\w-]{1,36}", sent, re.ASCII) else ""


def now_deed(user_id: int, verb: Verb, kind: str, key: str, **more: Any) -> Deed:
    """A deed done at this moment."""
    return Deed(user_id, verb, kind, key, clock.now(), **more)
