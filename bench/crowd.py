"""The people of the bench: cohorts, their trainer, and learners who begin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, text

from course.base import clock
from course.base.db import Model, db, transaction
from course.domain.profile import Trade
from course.domain.rights import Role, Scope
from course.features.account.models import Membership, User
from course.features.account.words import new_seal, sort_name
from course.features.catalogue.queries import Shelf, shelf
from course.features.centre.models import Centre, Cohort
from course.features.progress.models import Event, Standing
from course.features.progress.services import Verb

SIZES = (50, 200, 5000)
BEGINNERS = 4000
CLASS = 100  # beginners learn in cohorts too, as everybody does
FIRST_NAMES = ("Aline", "Bruno", "Chloé", "Driss", "Elsa", "Farid", "Gaëlle", "Hugo")
LAST_NAMES = ("Martin", "Bernard", "Petit", "Durand", "Leroy", "Moreau", "Simon")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is there once the rows are written."""

    trainer: User  # follows every cohort
    reader: User  # a learner who has begun, in the cohort of 50
    beginners: list[User]  # have done nothing yet: what is recorded is new
    cohorts: dict[int, int]  # size → id


def gather(sizes: Sequence[int] = SIZES, beginners: int = BEGINNERS) -> Crowd:
    """Write everybody, in few statements."""
    chance, now = Random(11), clock.now()
    with transaction():
        centre = Centre(name="Banc d’essai", created_at=now)
        db.session.add(centre)
        db.session.flush()
        trainer = _people(["Grace Banc"], "banc", chance, now)[0]
        _join([trainer], Role.TRAINER, Scope.CENTRE, centre.id, now)
        cohorts, reader = {}, trainer
        for size in sizes:
            cohort, learners = _cohort(centre, trainer, size, chance, now)
            cohorts[size] = cohort.id
            _let_learn(learners, chance, now)
            reader = learners[0] if size == sizes[0] else reader
        starting = [
            learner
            for _ in range(beginners // CLASS)
            for learner in _cohort(centre, trainer, CLASS, chance, now)[1]
        ]
    _refresh_statistics()
    return Crowd(trainer, reader, starting, cohorts)


def _cohort(
    centre: Centre, trainer: User, size: int, chance: Random, now: datetime
) -> tuple[Cohort, list[User]]:
    code = "".join(chance.choices("ABCEFHJKMPRTUWXY23456789", k=10))
    cohort = Cohort(
        centre_id=centre.id, name=f"Groupe {code}", code=code, created_at=now
    )
    db.session.add(cohort)
    db.session.flush()
    names = [
        f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)} {number}"
        for number in range(size)
    ]
    learners = _people(names, f"cohorte{cohort.id}", chance, now)
    _join(learners, Role.LEARNER, Scope.COHORT, cohort.id, now)
    _join([trainer], Role.TRAINER, Scope.COHORT, cohort.id, now)
    return cohort, learners


def _people(
    names: Iterable[str], prefix: str, chance: Random, now: datetime
) -> list[User]:
    trades = list(Trade)
    rows = [
        {
            "name": name,
            "login": f"{prefix}.{number}",
            "password": "!",  # signs nobody in; a guest would have none
            "seal": new_seal(),
            "language": "fr",
            "trade": chance.choice(trades),
            "created_at": now,
            "informed_at": now,
            "profiled_at": now,
        }
        for number, name in enumerate(names)
    ]
    _write(User, rows)
    found = select(User).where(User.login.startswith(f"{prefix}.")).order_by(User.id)
    return list(db.session.scalars(found))


def _join(
    people: Iterable[User], role: Role, scope: Scope, scope_id: int, now: datetime
) -> None:
    _write(
        Membership,
        [
            {
                "user_id": user.id,
                "scope": scope,
                "scope_id": scope_id,
                "role": role,
                "sort_name": sort_name(user.name),
                "since": now,
            }
            for user in people
        ],
    )


def _let_learn(learners: Iterable[User], chance: Random, now: datetime) -> None:
    """Each has gone some way along the lessons, and then the quiz."""
    current = shelf()
    things = [("lesson", x.key) for m in current.library.modules for x in m.lessons]
    things += [("quiz", quiz.key) for quiz in current.library.quizzes]
    standings, events = [], []
    for learner in learners:
        for kind, key in things[: chance.randint(1, len(things))]:
            at = now - timedelta(minutes=chance.randrange(20_000))
            share = chance.choice([0.5, 0.7, 0.9, 1.0]) if kind == "quiz" else None
            standings.append(_standing(learner, kind, key, share, at))
            events.append(_event(learner, current, kind, key, share, at))
    _write(Standing, standings)
    _write(Event, events)


def _standing(
    learner: User, kind: str, key: str, share: float | None, at: datetime
) -> dict[str, Any]:
    return {
        "user_id": learner.id,
        "kind": kind,
        "key": key,
        "state": "done",
        "best": share,
        "tries": int(share is not None),
        "answered": 0,
        "first_at": at,
        "last_at": at,
    }


def _event(  # noqa: PLR0913, PLR0917 - as many columns
    learner: User,
    current: Shelf,
    kind: str,
    key: str,
    share: float | None,
    at: datetime,
) -> dict[str, Any]:
    return {
        "user_id": learner.id,
        "client_id": f"bench-{key}"[:40],
        "verb": Verb.READ if share is None else Verb.PASSED,
        "kind": kind,
        "key": key,
        "revision_id": current.revision(kind, key),
        "at": at,
        "result": {} if share is None else {"share": share},
    }


def _write(model: type[Model], rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)


def _refresh_statistics() -> None:
    """PostgreSQL would do it by itself within minutes, in the middle of a measure."""
    db.session.close()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.execute(text("VACUUM ANALYZE"))
