"""Read centres and cohorts; which ones are somebody's is decided here."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import joinedload

from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account.models import Membership, User
from course.features.account.words import sort_name
from course.features.centre.models import Centre, Cohort

PAGE = 50


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


def newcomers_named(cohort_id: int, name: str, since: datetime) -> list[User]:
    """Those of this name who joined a cohort since that instant."""
    return list(
        db.session.scalars(
            select(User)
            .join(Membership, Membership.user_id == User.id)
            .where(
                Membership.scope == Scope.COHORT,
                Membership.scope_id == cohort_id,
                Membership.role == Role.LEARNER,
                Membership.sort_name == sort_name(name),
                Membership.since > since,
            )
        )
    )
