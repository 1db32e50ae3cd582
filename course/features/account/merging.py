"""Two accounts of one person become one; for a month, they can be parted again."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload

from course.base import clock
from course.base.db import db, deed, insert
from course.domain.rights import Role
from course.features.account import services, signals
from course.features.account.models import Journal, Membership, User
from course.features.account.words import new_seal, sort_name

MONTH = timedelta(days=31)
MERGED, PARTED = "merged", "parted"


class Fact(NamedTuple):
    """Something known of each of two people, in words, to compare them."""

    label: Any  # a lazily translated string
    said: Mapping[int, str]


# What features above know of some people.
FACTS: list[Callable[[Collection[int]], Iterable[Fact]]] = []
# What would stay with the second account rather than become the first's, in words.
STAYS: list[Callable[[int, int], Iterable[str]]] = []


class UnmergeableError(Exception):
    """These two accounts cannot become one."""


class UnpartableError(Exception):
    """These two accounts cannot be parted any more."""


def mergeable(by: User, kept: User, gone: User) -> bool:
    """Whether two accounts may become one: learners, nobody else, both in use."""
    return kept.id != gone.id and all(
        one.id != by.id
        and one.merged_into_id is None
        and one.erased_at is None
        and one.login is not None
        and one.roles() == {Role.LEARNER}
        for one in (kept, gone)
    )


@deed
def merge(by: User, kept: User, gone: User, cohort_id: int) -> Journal | None:
    """Give all that one account holds to the other; None when it was done already.

    Raises UnmergeableError. The journal keeps what was moved, for `part`.
    """
    if kept.id == gone.id:
        raise UnmergeableError
    kept, gone = _held(kept.id, gone.id)
    if gone.merged_into_id == kept.id:
        return None
    if not mergeable(by, kept, gone):
        raise UnmergeableError
    moved: dict[str, Any] = {"account": _move_memberships(kept, gone)}
    signals.merged.send(None, kept_id=kept.id, gone_id=gone.id, moved=moved)
    gone.merged_into_id = kept.id
    gone.seal = new_seal()
    db.session.execute(services.forget_links([gone.id]))
    return services.journal(
        by, MERGED, user_id=kept.id, cohort_id=cohort_id, gone=gone.id, moved=moved
    )


def _held(*ids: int) -> list[User]:
    """Both people with their roles, in this order; nobody else changes them now."""
    found = db.session.scalars(
        select(User)
        .where(User.id.in_(ids))
        .order_by(User.id)
        .options(selectinload(User.memberships))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return sorted(found, key=lambda user: ids.index(user.id))


def _move_memberships(kept: User, gone: User) -> dict[str, Any]:
    """Every place of the one; where both are, the second place is kept in mind."""
    places = {(m.scope, m.scope_id) for m in kept.memberships}
    doubled = [m for m in gone.memberships if (m.scope, m.scope_id) in places]
    moving = [m.id for m in gone.memberships if (m.scope, m.scope_id) not in places]
    dropped = [[m.scope, m.scope_id, m.since.isoformat()] for m in doubled]
    db.session.execute(
        delete(Membership).where(Membership.id.in_([m.id for m in doubled]))
    )
    db.session.execute(
        update(Membership)
        .where(Membership.id.in_(moving))
        .values(user_id=kept.id, sort_name=sort_name(kept.name))
    )
    return {"memberships": moving, "dropped": dropped}


@deed
def part(by: User, journal_id: int) -> Journal | None:
    """Undo a merge: what was moved, and is still there, goes back.

    None when it was undone already; raises UnpartableError after a month, or when
    either account has changed hands since. What was done since stays where it is.
    """
    line = db.session.get_one(Journal, journal_id)
    if line.verb != MERGED or line.user_id is None:
        raise UnpartableError
    kept, gone = _held(line.user_id, line.detail["gone"])
    if journal_id in parted_from([kept.id]):
        return None
    if not partable(line, kept, gone):
        raise UnpartableError
    moved = line.detail["moved"]
    gone.merged_into_id = None
    _give_memberships_back(kept, gone, moved["account"], before=line.at)
    signals.parted.send(None, kept_id=kept.id, gone_id=gone.id, moved=moved)
    return services.journal(
        by,
        PARTED,
        user_id=kept.id,
        cohort_id=line.cohort_id,
        gone=gone.id,
        merge=journal_id,
    )


def partable(line: Journal, kept: User, gone: User) -> bool:
    """Whether this merge may still be undone."""
    return (
        clock.now() <= line.at + MONTH
        and gone.merged_into_id == kept.id
        and kept.merged_into_id is None
        and not (kept.erased_at or gone.erased_at)
    )


def parted_from(kept_ids: Iterable[int | None]) -> set[int]:
    """The merges of these accounts that were undone, by the ids of their lines."""
    undone = select(Journal.detail).where(
        Journal.user_id.in_(set(kept_ids)), Journal.verb == PARTED
    )
    return {detail["merge"] for detail in db.session.scalars(undone)}


def _give_memberships_back(
    kept: User, gone: User, moved: dict[str, Any], before: datetime
) -> None:
    db.session.execute(
        update(Membership)
        .where(
            Membership.id.in_(moved["memberships"]),
            Membership.user_id == kept.id,
            # SQLite gives the number of a place that was left to the next one.
            Membership.since <= before,
        )
        .values(user_id=gone.id, sort_name=sort_name(gone.name))
    )
    rows = [
        {
            "user_id": gone.id,
            "scope": scope,
            "scope_id": scope_id,
            "role": Role.LEARNER,
            "sort_name": sort_name(gone.name),
            "since": datetime.fromisoformat(since),
        }
        for scope, scope_id, since in moved["dropped"]
    ]
    if rows:
        held = insert(Membership.__table__).on_conflict_do_nothing()
        db.session.execute(held, rows)
