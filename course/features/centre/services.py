"""Write centres and cohorts, and let people join."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypedDict, Unpack

from flask import current_app
from sqlalchemy import delete, select

from course.base import clock
from course.base.db import db, deed
from course.domain.rights import Role, Scope
from course.features.account import queries as people
from course.features.account import services as accounts
from course.features.account import slips
from course.features.account.models import Membership, User
from course.features.account.words import digest_of
from course.features.centre import queries
from course.features.centre.models import Centre, Cohort

# Neither 0/O, 1/I/L, nor letters that sound alike when a trainer reads them aloud.
ALPHABET = "ABCEFHJKMPRTUWXY23456789"
LENGTH = 6
# The same copy again, so soon: a finger that clicked twice.
SECOND_CLICK = timedelta(minutes=10)
SLIP, SLIP_AGE = 12, timedelta(days=30)  # the signs of its word, and how long it opens


class NameTakenError(Exception):
    """There is a centre of this name already."""


class ClosedError(Exception):
    """Nobody joins this cohort any more."""


class LastTrainerError(Exception):
    """Somebody must follow the cohort."""


class Facts(TypedDict, total=False):
    """What may be known of a cohort besides its name."""

    place: str | None
    begins_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person: whose account its word opens, once."""

    user: User
    word: str
    used: bool


@dataclass(frozen=True, slots=True)
class Slips:
    """Those of one sheet, and until when they open."""

    all: list[Slip]
    until: datetime


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
    trainer: User, centre_id: int, name: str, **facts: Unpack[Facts]
) -> Cohort:
    """A new cohort with a code of its own, followed by who created it."""
    cohort = Cohort(
        centre_id=centre_id,
        name=name,
        code=_free_code(),
        created_at=clock.now(),
        **facts,
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
def close_cohort(cohort: Cohort, by: User | None = None) -> None:
    """Let nobody join any more; closing twice changes nothing."""
    cohort = _held(cohort)
    if cohort.archived_at is None:
        cohort.archived_at = clock.now()
        accounts.journal(by, "archived", cohort_id=cohort.id)


@deed
def reopen_cohort(cohort: Cohort, by: User) -> None:
    """Let people join again; what is open stays so."""
    cohort = _held(cohort)
    if cohort.archived_at is not None:
        cohort.archived_at = None
        accounts.journal(by, "reopened", cohort_id=cohort.id)


@deed
def update_cohort(by: User, cohort: Cohort, name: str, **facts: Unpack[Facts]) -> None:
    """Another name, place or days; the same again changes nothing."""
    cohort = _held(cohort)
    now: dict[str, Any] = {"name": name, **facts}
    changed = [key for key, value in now.items() if getattr(cohort, key) != value]
    for key in changed:
        setattr(cohort, key, now[key])
    if changed:
        accounts.journal(by, "edited", cohort_id=cohort.id, changed=changed)


@deed
def copy_cohort(by: User, cohort: Cohort, name: str) -> Cohort:
    """The same place and trainers, nobody in it yet, a code of its Membership.

    A second click finds the copy that the first one made.
    """
    cohort = _held(cohort)
    made = queries.copied(by.id, cohort.id, clock.now() - SECOND_CLICK)
    if made is not None and made.name == name:
        return made
    copy = create_cohort(by, cohort.centre_id, name, place=cohort.place)
    trainers = queries.cohort_trainers(cohort.id)
    for trainer in trainers:
        accounts.grant(trainer, Role.TRAINER, Scope.COHORT, copy.id)
    if trainers and by.id not in {trainer.id for trainer in trainers}:
        accounts.revoke(by, Role.TRAINER, Scope.COHORT, copy.id)
    accounts.journal(by, "copied", cohort_id=copy.id, source=cohort.id)
    return copy


@deed
def add_cohort_trainer(by: User, cohort: Cohort, user: User) -> None:
    """Let somebody who trains follow this cohort; twice changes nothing."""
    _held(cohort)
    if user.id not in {trainer.id for trainer in queries.cohort_trainers(cohort.id)}:
        accounts.grant(user, Role.TRAINER, Scope.COHORT, cohort.id)
        _note(by, "trainer-added", cohort, user)


@deed
def remove_cohort_trainer(by: User, cohort: Cohort, user: User) -> None:
    """Take the cohort back from a trainer; raises LastTrainerError."""
    _held(cohort)
    trainers = {trainer.id for trainer in queries.cohort_trainers(cohort.id)}
    if user.id not in trainers:
        return
    if trainers == {user.id}:
        raise LastTrainerError
    accounts.revoke(user, Role.TRAINER, Scope.COHORT, cohort.id)
    _note(by, "trainer-removed", cohort, user)


def _note(by: User, verb: str, cohort: Cohort, user: User, **detail: int) -> None:
    accounts.journal(by, verb, user_id=user.id, cohort_id=cohort.id, **detail)


@deed
def join_cohort(user: User, cohort: Cohort) -> None:
    """Become a learner of a cohort; joining twice changes nothing."""
    hold_open(cohort)
    accounts.grant(user, Role.LEARNER, Scope.COHORT, cohort.id)


def hold_open(cohort: Cohort) -> None:
    """Wait for those who are joining, so that a second click sees the first."""
    if _held(cohort).archived_at is not None:
        raise ClosedError


def _held(cohort: Cohort) -> Cohort:
    """The cohort as it is now, that nobody else changes meanwhile."""
    return db.session.scalars(
        select(Cohort)
        .where(Cohort.id == cohort.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


@deed
def enrol(  # noqa: PLR0913 - each says itself what it is
    cohort: Cohort,
    name: str,
    password: str,
    language: str,
    *,
    guest: User | None = None,
    form_id: str | None = None,
) -> User:
    """A learner's account in a cohort; a guest's becomes one and keeps all it has.

    The same form again gives the account made first: a finger that clicked twice. In
    the hands of somebody else it makes another account.
    """
    hold_open(cohort)
    try:
        found = accounts.joined_first(form_id, name, password)
    except accounts.FormTakenError:
        found = form_id = None
    if found is not None:
        accounts.grant(found, Role.LEARNER, Scope.COHORT, cohort.id)
        return found
    if guest is None:
        user = accounts.create_user(name, password, language=language)
    else:
        user = accounts.sign_up(guest, name, password)
    accounts.keep_form_id(user, form_id)
    accounts.grant(user, Role.LEARNER, Scope.COHORT, cohort.id)
    return user


@deed
def add_learners(
    by: User,
    cohort: Cohort,
    names: Sequence[str],
    *,
    language: str | None = None,
    form: str | None = None,
) -> list[User]:
    """Accounts without password in a cohort, in the order of these names.

    All of them or none, in as many statements for forty as for one; their sign-in
    names are made from the names. `form` is an id that the page made: sent again with
    the same names, it finds the accounts made first. Raises ClosedError.
    """
    hold_open(cohort)
    mark = _mark(names, form) if form else None
    made, new = slips.create_learners(
        cohort.id, names, language=language, joined_by=mark
    )
    if new:
        ids = [user.id for user in made]
        accounts.journal(by, "added", cohort_id=cohort.id, users=ids)
    return made


def _mark(names: Sequence[str], form: str) -> str:
    return digest_of("\n".join([form, *names]))[:30]


def were_added(names: Sequence[str], form: str) -> bool:
    """Whether this form has made these people's accounts already."""
    return bool(people.ids_joined_by([f"{_mark(names, form)}-0"]))


@deed
def make_slips(by: User, cohort: Cohort, users: Sequence[User], form: str) -> Slips:
    """A link for each of these learners, that opens once; their older ones die.

    `form` is an id that the page made: sent again, it makes the same words, so that
    a second click, or a page printed again, shows slips that open.
    """
    words = {user.id: _word(form, user.id) for user in users}
    known = people.links_known(words.values())
    until = slips.make_slips(words, SLIP_AGE)
    if len(known) < len(words):
        accounts.journal(
            by,
            "slip",
            user_id=users[0].id if len(users) == 1 else None,
            cohort_id=cohort.id,
            users=list(words),
        )
    used = {word for word, is_used in known.items() if is_used}
    return Slips([Slip(u, words[u.id], words[u.id] in used) for u in users], until)


def _word(form: str, user_id: int) -> str:
    """Twelve signs that only this form, here, makes of this person."""
    secret = str(current_app.secret_key).encode()
    mixed = hmac.digest(secret, f"slip {form} {user_id}".encode(), hashlib.sha256)
    number, signs = int.from_bytes(mixed, "big"), ""
    for _at in range(SLIP):
        number, rest = divmod(number, len(ALPHABET))
        signs += ALPHABET[rest]
    return signs


@deed
def move_learner(by: User, learner: User, source: Cohort, target: Cohort) -> None:
    """Another cohort, with all that was learned; raises ClosedError."""
    hold_open(target)
    if _leave(learner, source):
        accounts.grant(learner, Role.LEARNER, Scope.COHORT, target.id)
        _note(by, "moved", source, learner, to=target.id)
        _note(by, "arrived", target, learner, source=source.id)


@deed
def remove_learner(by: User, learner: User, cohort: Cohort) -> None:
    """Take somebody out of a cohort; the account and what was learned stay."""
    if _leave(learner, cohort):
        _note(by, "removed", cohort, learner)


def _leave(learner: User, cohort: Cohort) -> bool:
    """End a place in a cohort; whether there was one."""
    ended = db.session.execute(
        delete(Membership)
        .where(
            Membership.user_id == learner.id,
            Membership.scope == Scope.COHORT,
            Membership.scope_id == cohort.id,
            Membership.role == Role.LEARNER,
        )
        .returning(Membership.id)
    )
    return ended.first() is not None
