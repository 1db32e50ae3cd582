"""Read centres and cohorts; which ones are somebody's is decided here."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account import merging
from course.features.account.models import Journal, Membership, User
from course.features.account.words import sort_name
from course.features.centre.models import Centre, Cohort

PAGE = 50
SHEET = 200  # people of one page to tick or to choose among


def _mine(user: User) -> Select[Cohort]:
    """The cohorts this person follows, archived ones included."""
    found = select(Cohort).options(joinedload(Cohort.centre))
    if user.is_admin:
        return found
    cohorts = user.scopes(Role.TRAINER, Scope.COHORT)
    centres = user.scopes(Role.TRAINER, Scope.CENTRE)
    if not cohorts and not centres:
        return found.where(false())
    return found.where(or_(Cohort.id.in_(cohorts), Cohort.centre_id.in_(centres)))


def cohorts_of(
    user: User, page: int = 1, *, closed: bool = False
) -> list[tuple[Cohort, int]]:
    """One page of the cohorts somebody follows, and how many learn in each.

    The newest come first; one more than a page tells that there are others.
    """
    state = Cohort.archived_at.is_not(None) if closed else Cohort.archived_at.is_(None)
    # Counted for the cohorts shown only, through the index of memberships.
    count = (
        select(func.count())
        .select_from(Membership)
        .where(
            Membership.scope == Scope.COHORT,
            Membership.scope_id == Cohort.id,
            Membership.role == Role.LEARNER,
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        _mine(user)
        .add_columns(count)
        .where(state)
        .order_by(Cohort.id.desc())
        .limit(PAGE + 1)
        .offset(PAGE * (page - 1))
    )
    return [(cohort, learners) for cohort, learners in rows]


def cohort_of(user: User, cohort_id: int) -> Cohort | None:
    """A cohort, if this person follows it: somebody else's does not exist."""
    return db.session.scalar(_mine(user).where(Cohort.id == cohort_id))


def cohort_by_code(code: str) -> Cohort | None:
    """The cohort one joins with a code, however it was typed."""
    return db.session.scalar(
        select(Cohort)
        .options(joinedload(Cohort.centre))
        .where(Cohort.code == plain_code(code), Cohort.archived_at.is_(None))
    )


def plain_code(code: str) -> str:
    """A code as it is kept: capitals, without spaces or dashes."""
    return "".join(sign for sign in code.upper() if sign.isalnum())[:12]


def centres_of(user: User) -> list[Centre]:
    """The centres in which somebody may create a cohort."""
    found = select(Centre).order_by(Centre.name)
    everywhere = user.is_admin or user.scopes(Role.TRAINER, Scope.NETWORK)
    if not everywhere:
        found = found.where(Centre.id.in_(user.scopes(Role.TRAINER, Scope.CENTRE)))
    return list(db.session.scalars(found))


def centre_by_id(centre_id: int) -> Centre | None:
    """A centre, if there is one."""
    return db.session.get(Centre, centre_id)


def centres() -> list[tuple[Centre, int]]:
    """Every centre and how many cohorts it has."""
    return [
        (centre, count)
        for centre, count in db.session.execute(
            select(Centre, func.count(Cohort.id))
            .outerjoin(Cohort, Cohort.centre_id == Centre.id)
            .group_by(Centre.id)
            .order_by(Centre.name)
        )
    ]


def trainers_of(centre_id: int) -> list[User]:
    """Who trains in a centre."""
    return list(
        db.session.scalars(
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(
                Membership.scope == Scope.CENTRE,
                Membership.scope_id == centre_id,
                Membership.role == Role.TRAINER,
            )
            .order_by(Membership.sort_name)
        )
    )


class Learner(NamedTuple):
    """What a list needs of somebody: fifty whole people would be slow to read."""

    id: int
    name: str


def learners_of(cohort_id: int, page: int) -> tuple[list[Learner], int]:
    """One page of a cohort's learners in the order of names, and how many there are."""
    mine = (
        Membership.scope == Scope.COHORT,
        Membership.scope_id == cohort_id,
        Membership.role == Role.LEARNER,
    )
    count = db.session.scalar(select(func.count()).select_from(Membership).where(*mine))
    ids = (
        select(Membership.user_id, Membership.sort_name)
        .where(*mine)
        .order_by(Membership.sort_name, Membership.user_id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
        .subquery()
    )
    rows = db.session.execute(
        select(User.id, User.name)
        .join(ids, ids.c.user_id == User.id)
        .order_by(ids.c.sort_name, User.id)
    )
    return [Learner(*row) for row in rows], count or 0


def learner_of(cohort_id: int, user_id: int) -> User | None:
    """A learner of this cohort, or nobody."""
    return db.session.scalar(
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(
            User.id == user_id,
            Membership.scope == Scope.COHORT,
            Membership.scope_id == cohort_id,
            Membership.role == Role.LEARNER,
        )
    )


class Place(NamedTuple):
    """Somebody of a cohort, to whom a slip may be given."""

    id: int
    name: str
    login: str
    has_password: bool
    staff: bool  # trains or administrates: their access is not a trainer's affair


Learning = aliased(Membership)
_STAFF = exists().where(Membership.user_id == User.id, Membership.role != Role.LEARNER)


def places_of(cohort_id: int, page: int = 1) -> list[Place]:
    """A sheet of a cohort's learners in the order of names.

    One more than a sheet tells that there are others.
    """
    rows = db.session.execute(
        select(User.id, User.name, User.login, User.password.is_not(None), _STAFF)
        .join(Learning, Learning.user_id == User.id)
        .where(*_learning(cohort_id), User.erased_at.is_(None))
        .order_by(Learning.sort_name, User.id)
        .limit(SHEET + 1)
        .offset(SHEET * (page - 1))
    )
    return [Place(*row) for row in rows]


def _learning(cohort_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Learning.scope == Scope.COHORT,
        Learning.scope_id == cohort_id,
        Learning.role == Role.LEARNER,
    )


def learners_by_ids(cohort_id: int, ids: Collection[int]) -> list[User]:
    """Those of these people who learn here, and do nothing else, by name."""
    return list(
        db.session.scalars(
            select(User)
            .join(Learning, Learning.user_id == User.id)
            .where(
                *_learning(cohort_id),
                User.id.in_(ids),
                User.erased_at.is_(None),
                ~_STAFF,
            )
            .order_by(Learning.sort_name, User.id)
        )
    )


def already_there(cohort_id: int, names: Iterable[str]) -> set[str]:
    """Which of these names somebody of the cohort has, as they are sorted."""
    keys = {sort_name(name) for name in names}
    found = select(Learning.sort_name).where(
        *_learning(cohort_id), Learning.sort_name.in_(keys)
    )
    return set(db.session.scalars(found))


def followed_learner(trainer: User, user_id: int) -> User | None:
    """Somebody who learns in a cohort that this person follows, roles loaded."""
    mine = _mine(trainer).with_only_columns(Cohort.id).options()
    return db.session.scalar(
        select(User)
        .where(
            User.id == user_id,
            exists().where(
                Learning.user_id == User.id,
                Learning.scope == Scope.COHORT,
                Learning.role == Role.LEARNER,
                Learning.scope_id.in_(mine),
            ),
        )
        .options(selectinload(User.memberships))
    )


def open_cohorts(user: User, besides: int) -> list[Cohort]:
    """Where somebody may be moved: the newest cohorts one follows, but one."""
    return list(
        db.session.scalars(
            _mine(user)
            .where(Cohort.archived_at.is_(None), Cohort.id != besides)
            .order_by(Cohort.id.desc())
            .limit(SHEET)
        )
    )


def cohort_trainers(cohort_id: int) -> list[User]:
    """Who follows this cohort by its own name, not by its centre's."""
    return list(
        db.session.scalars(
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(
                Membership.scope == Scope.COHORT,
                Membership.scope_id == cohort_id,
                Membership.role == Role.TRAINER,
            )
            .order_by(Membership.sort_name, User.id)
        )
    )


def copied(by_id: int, source_id: int, since: datetime) -> Cohort | None:
    """The copy of a cohort that somebody has just made."""
    lines = db.session.scalars(
        select(Journal)
        .where(Journal.by_id == by_id, Journal.verb == "copied", Journal.at > since)
        .order_by(Journal.id.desc())
    )
    made = [line.cohort_id for line in lines if line.detail["source"] == source_id]
    return db.session.get(Cohort, made[0]) if made else None


def was_done(cohort_id: int, user_id: int, *verbs: str) -> bool:
    """Whether one of these things was done to somebody here: a second click says so."""
    found = select(Journal.id).where(
        Journal.user_id == user_id,
        Journal.cohort_id == cohort_id,
        Journal.verb.in_(verbs),
    )
    return db.session.scalar(found.limit(1)) is not None


def journal_of(cohort_id: int, page: int) -> list[Journal]:
    """One page of what was done to a cohort and its people, the newest first.

    One more than a page tells that there are others.
    """
    return list(
        db.session.scalars(
            select(Journal)
            .where(Journal.cohort_id == cohort_id)
            .order_by(Journal.id.desc())
            .limit(PAGE + 1)
            .offset(PAGE * (page - 1))
        )
    )


def names_of_cohorts(ids: Collection[int]) -> dict[int, str]:
    """How cohorts are called, by their ids."""
    if not ids:
        return {}
    rows = db.session.execute(select(Cohort.id, Cohort.name).where(Cohort.id.in_(ids)))
    return {row.id: row.name for row in rows}


def line_of(cohort_id: int, line_id: int) -> Journal | None:
    """A line of this cohort's journal, or nothing."""
    return db.session.scalar(
        select(Journal).where(Journal.id == line_id, Journal.cohort_id == cohort_id)
    )


def undoable(lines: Iterable[Journal]) -> set[int]:
    """The merges among these lines that may still be undone, by their ids."""
    merges = [line for line in lines if line.verb == merging.MERGED]
    ids = {one for line in merges for one in (line.user_id, line.detail["gone"])}
    if not ids:
        return set()
    users = {u.id: u for u in db.session.scalars(select(User).where(User.id.in_(ids)))}
    undone = merging.parted_from(line.user_id for line in merges)
    return {
        line.id
        for line in merges
        if line.id not in undone
        and merging.partable(line, users[line.user_id or 0], users[line.detail["gone"]])
    }
