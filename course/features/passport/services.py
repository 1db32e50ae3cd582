"""Give stamps: once, for ever, with the rule by which they were deserved."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy import insert as insert_into

from course.base.db import built_once, db, deed, insert, inserted
from course.domain.completion import deserved, rule_for
from course.features.catalogue.models import Edition, Revision
from course.features.catalogue.queries import edition_id, lab_at, quiz_at, shelf
from course.features.passport.models import Stamp
from course.features.progress.models import Event
from course.features.progress.services import Deed, Verb

Row = dict[str, Any]
Checks = Mapping[str, Deed | Event]  # kind of step → the first check that was passed


@deed
def give(done: Deed) -> bool:
    """Stamp the module whose last check is passed; whether the stamp is new.

    One statement, or two where a lab and a quiz are asked: a double click, or another
    tab, changes nothing.
    """
    module = _module_of(done)
    lab = module is not None and _has_lab(module)
    passed: Checks = {done.kind: done}
    if lab:
        passed = {**_passed_before(done.user_id, module, done.kind), **passed}
    row = _row(done.user_id, module, passed, lab=lab)
    return row is not None and inserted(_keep(), row)


def _has_lab(module: str) -> bool:
    """Whether a lab of this module that its stamp asks for is published now."""
    labs = shelf().library.labs
    return any(lab.module == module and lab.key not in _beside() for lab in labs)


def _beside() -> frozenset[str]:
    """The labs that modules offer to go further: no stamp looks at them."""
    return frozenset(key for each in shelf().library.modules for key in each.more)


def _passed_before(user_id: int, module: str | None, but: str) -> Checks:
    """The first check of the other kinds that this person passed in the module."""
    asked = (
        select(Event)
        .where(Event.user_id == user_id, Event.verb == Verb.PASSED, Event.kind != but)
        .order_by(Event.id)
    )
    found: dict[str, Deed | Event] = {}
    for event in db.session.scalars(asked):
        if _module_of(event) == module:
            found.setdefault(event.kind, event)
    return found


@built_once
def _keep() -> Any:
    """INSERT a stamp, unless the learner has it."""
    return insert(Stamp.__table__).on_conflict_do_nothing(
        index_elements=["user_id", "module"]
    )


def _module_of(passed: Deed | Event) -> str | None:
    """The module, as it was when this was passed: an edit may have moved it since.

    None: it stands in no module, or beside it.
    """
    if passed.revision_id is None:
        return None
    if passed.kind == "lab" and passed.key in _beside():
        return None
    at = lab_at if passed.kind == "lab" else quiz_at
    return at(passed.revision_id).module


def _row(user_id: int, module: str | None, passed: Checks, *, lab: bool) -> Row | None:
    """The stamp that these checks deserve, if they deserve one."""
    rule = rule_for(lab=lab)
    if module is None or not deserved(rule, passed):
        return None
    checks = [passed[kind] for kind in rule.needs]
    return {
        "user_id": user_id,
        "module": module,
        "rule": rule.to_dict(),
        "evidence": _evidence(checks),
        "at": max(check.at for check in checks),
    }


def _evidence(checks: list[Deed | Event]) -> dict[str, Any]:
    """What was passed, each with its result; one alone as it always was."""
    if len(checks) == 1:
        (only,) = checks
        return {only.kind: only.key, "revision": only.revision_id, **only.result}
    return {
        each.kind: {"key": each.key, "revision": each.revision_id, **each.result}
        for each in checks
    }


@deed
def give_due() -> int:
    """Give the stamps deserved before there were any; how many were missing.

    The first checks that passed are those that count, at their own date, by what was
    asked then: a quiz passed before its module had a lab is enough.
    """
    if edition_id() is None:
        return 0
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
    instants, modules = _labs_then()
    passed: dict[tuple[int, str], dict[str, Deed | Event]] = {}
    checks = Event.kind.in_(("lab", "quiz")), Event.verb == Verb.PASSED
    asked = select(Event).where(*checks).order_by(Event.at, Event.id)
    for event in db.session.scalars(asked):
        module = _module_of(event)
        if module is None:
            continue
        mine = passed.setdefault((event.user_id, module), {})
        mine.setdefault(event.kind, event)
        lab = module in modules[bisect_right(instants, event.at)]
        row = _row(event.user_id, module, mine, lab=lab)
        if row is not None:
            yield row


def _labs_then() -> tuple[list[datetime], list[frozenset[str]]]:
    """When editions came; which modules had a lab before the first, and since each."""
    kept = Revision.kind == "lab", Revision.key.not_in(_beside())
    labs = db.session.scalars(select(Revision.id).where(*kept)).all()
    module_of = {number: lab_at(number).module for number in labs}
    editions = select(Edition.at, Edition.revisions).order_by(Edition.id)
    instants: list[datetime] = []
    modules = [frozenset[str]()]
    for at, revisions in db.session.execute(editions):
        instants.append(at)
        held = (module_of[number] for number in revisions if number in module_of)
        modules.append(frozenset(held))
    return instants, modules


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
