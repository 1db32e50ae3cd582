"""Give stamps: once, for ever, with the rule by which they were deserved."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy import insert as insert_into

from course.base.db import built_once, db, deed, insert, inserted
from course.domain.completion import RULE, deserved
from course.features.catalogue.queries import quiz_at
from course.features.passport.models import Stamp
from course.features.progress.models import Event
from course.features.progress.services import Deed, Verb

Row = dict[str, Any]


@deed
def give(done: Deed) -> bool:
    """Stamp the module that a passed check ends; whether the stamp is new.

    One statement: a double click, or another tab, changes nothing.
    """
    row = _row(done.user_id, done)
    return row is not None and inserted(_keep(), row)


@built_once
def _keep() -> Any:
    """INSERT a stamp, unless the learner has it."""
    return insert(Stamp.__table__).on_conflict_do_nothing(
        index_elements=["user_id", "module"]
    )


def _row(user_id: int, passed: Deed | Event) -> Row | None:
    """The stamp that this check deserves, if it deserves one."""
    # As it was when it was passed: an edit may have moved the quiz since.
    module = quiz_at(passed.revision_id).module if passed.revision_id else None
    if module is None or not deserved(RULE, {passed.kind}):
        return None
    evidence = {"quiz": passed.key, "revision": passed.revision_id, **passed.result}
    return {
        "user_id": user_id,
        "module": module,
        "rule": RULE.to_dict(),
        "evidence": evidence,
        "at": passed.at,
    }


@deed
def give_due() -> int:
    """Give the stamps deserved before there were any; how many were missing.

    The first check that passed is the one that counts, at its own date.
    """
    have = {(user_id, module) for user_id, module in db.session.execute(_HAVE)}
    missing: dict[tuple[int, str], Row] = {}
    for row in _deserved():
        key = row["user_id"], row["module"]
        if key not in have:
            missing.setdefault(key, row)
    if missing:
        # Somebody may pass meanwhile: theirs is kept.
        once = insert(Stamp.__table__).on_conflict_do_nothing()
        db.session.execute(once, list(missing.values()))
    return len(missing)


_HAVE = select(Stamp.user_id, Stamp.module)


def _deserved() -> Iterator[Row]:
    passed = select(Event).where(Event.kind == "quiz", Event.verb == Verb.PASSED)
    for event in db.session.scalars(passed.order_by(Event.at, Event.id)):
        row = _row(event.user_id, event)
        if row is not None:
            yield row


@deed
def join(kept_id: int, gone_id: int) -> list[int]:
    """Of two passports make one: of each module the earliest stamp stays.

    Returns the stamps that changed hands; `part` gives them back. A later stamp of a
    module stamped twice takes the other's place, so that nothing is lost.
    """
    theirs = {s["module"]: s for s in _stamps(Stamp.user_id == gone_id)}
    mine = {s["module"]: s for s in _stamps(Stamp.user_id == kept_id)}
    moved: list[Row] = []
    for module, stamp in theirs.items():
        rival = mine.get(module)
        if rival is None or stamp["at"] < rival["at"]:
            moved += [stamp] if rival is None else [stamp, rival]
    _swap(moved, kept_id, gone_id)
    return [stamp["id"] for stamp in moved]


@deed
def part(kept_id: int, gone_id: int, ids: Iterable[int]) -> None:
    """Give each stamp back to whom it was, unless another has its place since."""
    two, those = Stamp.user_id.in_((kept_id, gone_id)), Stamp.id.in_(list(ids))
    taken = {(s["user_id"], s["module"]) for s in _stamps(two, ~those)}
    turned = {kept_id: gone_id, gone_id: kept_id}
    free = [
        stamp
        for stamp in _stamps(two, those)
        if (turned[stamp["user_id"]], stamp["module"]) not in taken
    ]
    _swap(free, kept_id, gone_id)


def _stamps(*which: Any) -> list[Row]:
    found = db.session.execute(select(Stamp.__table__).where(*which))
    return [dict(row) for row in found.mappings()]


def _swap(stamps: list[Row], one: int, other: int) -> None:
    """Give each of these stamps to the other of two people."""
    if not stamps:
        return
    # Out, then in again: two updated one after the other would meet in the middle.
    ids = [stamp["id"] for stamp in stamps]
    db.session.execute(delete(Stamp).where(Stamp.id.in_(ids)))
    turned = {one: other, other: one}
    rows = [{**stamp, "user_id": turned[stamp["user_id"]]} for stamp in stamps]
    db.session.execute(insert_into(Stamp), rows)
