"""Read whether the network is there, and whose accounts show what."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select

from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account.models import Membership, User
from course.features.centre.models import Centre, Cohort
from course.features.passport.models import Stamp
from course.features.progress.models import Standing
from course.features.progress.services import MANY_WRONG


class Count(NamedTuple):
    """How large the network is."""

    centres: int
    cohorts: int
    learners: int


class Account(NamedTuple):
    """Whom one may sign in as, and what there is to look at."""

    role: str
    login: str
    look: str


def is_made() -> bool:
    """Whether somebody of the network is here."""
    return _any(User.demo.is_(True))


def is_lived_in() -> bool:
    """Whether somebody is here who is nobody of the network."""
    return _any(User.demo.is_(False))


def _any(which: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(User.id).where(which).limit(1)) is not None


def counts() -> Count:
    """Centres, cohorts, and learners of the network who are in a cohort."""
    learning = (
        select(func.count(func.distinct(Membership.user_id)))
        .join(User, User.id == Membership.user_id)
        .where(Membership.role == Role.LEARNER, User.demo)
    )
    centres = select(func.count()).select_from(Centre)
    cohorts = select(func.count()).select_from(Cohort)
    asked = (centres, cohorts, learning)
    return Count(*(db.session.scalar(each) or 0 for each in asked))


def accounts() -> list[Account]:
    """One account for each thing there is to see, found by what people did."""
    stuck = _stuck()
    cohort = _cohort_of(stuck) if stuck else None
    wanted = [
        ("admin", _with_role(Role.ADMIN), "every account, centre, lesson and quiz"),
        (
            "trainer",
            _trainer_of(cohort) if cohort else _with_role(Role.TRAINER),
            f"the cohort “{cohort.name}”: who needs help first" if cohort else "",
        ),
        ("learner", _halfway(), "half-way: the path goes on where it was left"),
        ("learner", _finished(), "finished: the passport and its stamps"),
        ("learner", stuck, "stuck: the same question, wrong again and again"),
    ]
    return [
        Account(role, user.login or "", look) for role, user, look in wanted if user
    ]


def _with_role(role: Role) -> User | None:
    held = exists().where(Membership.user_id == User.id, Membership.role == role)
    return _first(select(User).where(held))


def _first(asked: Select[User], *order: ColumnElement[int]) -> User | None:
    return db.session.scalar(
        asked.where(User.demo, User.login.is_not(None))
        .order_by(*order, User.id)
        .limit(1)
    )


def _stuck() -> User | None:
    """Of those stuck, the one seen last: the cohort is still learning."""
    facing = (
        select(Standing.user_id, func.max(Standing.last_at).label("seen"))
        .where(Standing.wrong >= MANY_WRONG, Standing.state != "done")
        .group_by(Standing.user_id)
        .subquery()
    )
    asked = select(User).join(facing, facing.c.user_id == User.id)
    return _first(asked, facing.c.seen.desc())


def _cohort_of(user: User) -> Cohort | None:
    return db.session.scalar(
        select(Cohort)
        .join(Membership, Membership.scope_id == Cohort.id)
        .where(
            Membership.user_id == user.id,
            Membership.scope == Scope.COHORT,
            Membership.role == Role.LEARNER,
        )
    )


def _trainer_of(cohort: Cohort) -> User | None:
    follows = exists().where(
        Membership.user_id == User.id,
        Membership.scope == Scope.COHORT,
        Membership.scope_id == cohort.id,
        Membership.role == Role.TRAINER,
    )
    return _first(select(User).where(follows))


def _finished() -> User | None:
    stamps = (
        select(Stamp.user_id, func.count().label("given"))
        .group_by(Stamp.user_id)
        .subquery()
    )
    asked = select(User).join(stamps, stamps.c.user_id == User.id)
    return _first(asked, stamps.c.given.desc())


def _halfway() -> User | None:
    """Who has done half of what others have finished, and was there last."""
    done = (
        select(
            Standing.user_id,
            func.count().label("steps"),
            func.max(Standing.last_at).label("seen"),
        )
        .where(Standing.state == "done")
        .group_by(Standing.user_id)
        .subquery()
    )
    most = select(func.max(done.c.steps)).scalar_subquery()
    asked = select(User).join(done, done.c.user_id == User.id)
    return _first(asked, func.abs(2 * done.c.steps - most), done.c.seen.desc())
