"""Make the believable network: the same seed on the same day, the same network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy import update

from course.base import clock, migrations
from course.base.db import db, deed
from course.domain.library import Library
from course.domain.rights import Role
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.centre import services as centres
from course.features.centre.models import Centre, Cohort
from course.features.demo import people, queries
from course.features.demo.learning import Learning
from course.features.demo.notes import note_about
from course.features.demo.people import CLASSES, PLACES, Class
from course.features.demo.stories import (
    Act,
    Chapter,
    Course,
    Kind,
    Visit,
    What,
    Window,
    kinds,
    visits_of,
    window,
)
from course.features.tracking import services as tracking

SEED, LEARNERS = 7, 120
BEFORE = timedelta(days=70)  # the network opens, and the course is published
ENROLLED = timedelta(days=4)  # before the first day
CLOSED = timedelta(days=7)  # after the last one
LATER = timedelta(hours=15)  # a trainer looks at the cohort the next day
NOON = time(11, 30, tzinfo=UTC)


class MadeError(Exception):
    """The network is here already."""


class LivedInError(Exception):
    """The database has people of its own."""


class Staff(NamedTuple):
    """A centre and who trains there."""

    centre: Centre
    trainers: list[User]


@dataclass(frozen=True, slots=True)
class Followed:
    """A cohort and who follows it."""

    cohort: Cohort
    trainer: User
    seen: Window
    plan: Class


def opening(today: date) -> datetime:
    """When the network of that day opened."""
    return datetime.combine(today - BEFORE, NOON)


def check_free() -> None:
    """Raise MadeError or LivedInError where somebody is already."""
    if queries.is_made():
        raise MadeError
    if queries.is_lived_in():
        raise LivedInError


@deed
def make_network(
    password: str, today: date, *, seed: int = SEED, learners: int = LEARNERS
) -> None:
    """Everybody, and all they did before today; raises MadeError, LivedInError.

    Whole or not at all. The course has to be published.
    """
    with migrations.alone(db.session.connection()):
        check_free()
        rng = Random(f"network {seed}")  # noqa: S311 - a story, not a secret
        course = _course(shelf().library)
        with clock.at(opening(today)):
            admin, staff = _admin(), _staff()
        made = [admin.id, *(user.id for place in staff for user in place.trainers)]
        for at, size in enumerate(people.sizes(learners)):
            followed = _cohort(CLASSES[at], staff, today, rng)
            names = people.names(size, rng)
            if at == people.TWINS:
                names[1:2] = names[:1]  # two people of one name
            made += _class(followed, names, course, rng)
            _close(followed)
        made.append(_guest(today, course, rng))
        _open_doors(made, password)


def _course(library: Library) -> Course:
    return [
        Chapter(
            tuple(lesson.key for lesson in module.lessons),
            module.lab,
            module.quiz,
            module.more,
        )
        for module in library.modules
    ]


def _admin() -> User:
    admin = accounts.create_user(people.ADMIN, None, role=Role.ADMIN, language="fr")
    accounts.inform(admin)
    return admin


def _staff() -> list[Staff]:
    """The centres and who trains in each."""
    found: list[Staff] = []
    for place in PLACES:
        centre = centres.create_centre(place.name)
        trainers = [
            accounts.create_user(name, None, language="fr") for name in place.trainers
        ]
        for trainer in trainers:
            accounts.inform(trainer)
            centres.add_trainer(centre, trainer)
        found.append(Staff(centre, trainers))
    return found


def _cohort(
    wanted: Class, staff: Sequence[Staff], today: date, rng: Random
) -> Followed:
    seen = window(wanted.begins, wanted.length, today)
    centre = staff[wanted.centre].centre
    trainer = rng.choice(staff[wanted.centre].trainers)
    # Nothing is written tomorrow: next week's class was prepared yesterday.
    enrolled = min(seen.begins - ENROLLED, seen.yesterday)
    with clock.at(datetime.combine(enrolled, NOON)):
        cohort = centres.create_cohort(
            trainer,
            centre.id,
            wanted.name,
            place=wanted.place,
            begins_on=seen.begins,
            ends_on=seen.ends,
        )
        # Drawn again, for the same seed to give the same code.
        cohort.code = "".join(rng.choices(centres.ALPHABET, k=centres.LENGTH))
    return Followed(cohort, trainer, seen, wanted)


def _class(
    followed: Followed, names: Sequence[str], course: Course, rng: Random
) -> list[int]:
    """The learners of a cohort and their weeks; the ids of these accounts."""
    enrolled = min(followed.seen.begins - ENROLLED, followed.seen.yesterday)
    with clock.at(datetime.combine(enrolled, NOON)):
        users = centres.add_learners(
            followed.trainer, followed.cohort, names, language="fr"
        )
    for user, kind in zip(users, kinds(followed.seen, len(users)), strict=True):
        own = Random(rng.getrandbits(32))  # noqa: S311 - a story, not a secret
        person = people.person(user.name, followed.plan.trade, own)
        visits = visits_of(kind, followed.seen, course, own)
        Learning(user, person, shelf(), own).live(visits)
        _note(followed, user, kind, visits, own)
        db.session.flush()
        db.session.expunge_all()  # what is written is not needed any more
    return [user.id for user in users]


def _note(
    followed: Followed, user: User, kind: Kind, visits: tuple[Visit, ...], rng: Random
) -> None:
    text = note_about(kind, rng)
    if text is None or not visits:
        return
    at = visits[-1].at + LATER
    if at.date() <= followed.seen.yesterday:
        with clock.at(at):
            tracking.add_note(followed.trainer, user.id, text)


def _close(followed: Followed) -> None:
    """The oldest cohort is put away, as trainers do."""
    day = followed.seen.ends + CLOSED
    if followed.plan is CLASSES[0]:
        with clock.at(datetime.combine(day, NOON)):
            centres.close_cohort(followed.cohort, followed.trainer)


def _guest(today: date, course: Course, rng: Random) -> int:
    """Somebody looks around without an account, the day before."""
    lessons = [lesson for chapter in course for lesson in chapter.lessons]
    at = datetime.combine(today - timedelta(days=1), NOON)
    with clock.at(at):
        guest = accounts.create_guest("fr")
    visit = Visit(at, tuple(Act(What.READ, lesson) for lesson in lessons[:1]))
    person = people.person("", CLASSES[-1].trade, rng)
    Learning(guest, person, shelf(), rng).live((visit,))
    return guest.id


def _open_doors(made: Sequence[int], password: str) -> None:
    """One password for all, hashed once: a hash is slow, which here protects nobody."""
    ours = update(User).where(User.id.in_(made))
    db.session.execute(ours.values(demo=True))
    hashed = accounts.hasher.hash(password)
    db.session.execute(ours.where(User.login.is_not(None)).values(password=hashed))
