"""Write centres and cohorts, and let people join."""

import secrets
from datetime import date, timedelta

from sqlalchemy import select

from course.base import clock
from course.base.db import db, deed
from course.domain.rights import Role, Scope
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.centre import queries
from course.features.centre.models import Centre, Cohort

# Neither 0/O, 1/I/L, nor letters that sound alike when a trainer reads them aloud.
ALPHABET = "ABCEFHJKMPRTUWXY23456789"
LENGTH = 6
# The same name and the same password again, so soon: a finger that clicked twice.
SECOND_CLICK = timedelta(minutes=10)


class NameTakenError(Exception):
    """There is a centre of this name already."""


class ClosedError(Exception):
    """Nobody joins this cohort any more."""


@deed
def create_centre(name: str) -> Centre:
    """A new centre; raises NameTakenError."""
    if db.session.scalar(select(Centre.id).where(Centre.name == name)):
        raise NameTakenError
    centre = Centre(name=name, created_at=clock.now())
    db.session.add(centre)
    db.session.flush()
    return centre


@deed
def add_trainer(centre: Centre, user: User) -> None:
    """Let somebody create cohorts in a centre and follow all of them."""
    accounts.grant(user, Role.TRAINER, Scope.CENTRE, centre.id)


@deed
def remove_trainer(centre: Centre, user: User) -> None:
    """Take a centre back from a trainer, who keeps the cohorts created before."""
    accounts.revoke(user, Role.TRAINER, Scope.CENTRE, centre.id)


@deed
def create_cohort(
    trainer: User,
    centre_id: int,
    name: str,
    *,
    begins_on: date | None = None,
    ends_on: date | None = None,
) -> Cohort:
    """A new cohort with a code of its own, followed by who created it."""
    cohort = Cohort(
        centre_id=centre_id,
        name=name,
        code=_free_code(),
        begins_on=begins_on,
        ends_on=ends_on,
        created_at=clock.now(),
    )
    db.session.add(cohort)
    db.session.flush()
    accounts.grant(trainer, Role.TRAINER, Scope.COHORT, cohort.id)
    return cohort


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not db.session.scalar(select(Cohort.id).where(Cohort.code == code)):
            return code


@deed
def close_cohort(cohort: Cohort) -> None:
    """Let nobody join any more; closing twice changes nothing."""
    cohort = db.session.get_one(Cohort, cohort.id)
    cohort.archived_at = cohort.archived_at or clock.now()


@deed
def join_cohort(user: User, cohort: Cohort) -> None:
    """Become a learner of a cohort; joining twice changes nothing."""
    _hold_open(cohort)
    accounts.grant(user, Role.LEARNER, Scope.COHORT, cohort.id)


def _hold_open(cohort: Cohort) -> None:
    """Wait for those who are joining, so that a second click sees the first."""
    held = db.session.scalar(
        select(Cohort)
        .where(Cohort.id == cohort.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None or held.archived_at is not None:
        raise ClosedError


@deed
def enrol(
    cohort: Cohort,
    name: str,
    password: str,
    language: str,
    *,
    guest: User | None = None,
) -> User:
    """A learner's account in a cohort; a guest's becomes one and keeps all it has.

    The same name and password again within minutes give the account made first.
    """
    _hold_open(cohort)
    for found in queries.newcomers_named(cohort.id, name, clock.now() - SECOND_CLICK):
        if accounts.right_password(found, password):
            return found
    if guest is None:
        user = accounts.create_user(name, password, language=language)
    else:
        user = accounts.sign_up(guest, name, password)
    accounts.grant(user, Role.LEARNER, Scope.COHORT, cohort.id)
    return user
