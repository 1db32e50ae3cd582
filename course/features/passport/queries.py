"""Read stamps: which modules people have passed, when, and what is left to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam, select

from course.base.db import db
from course.domain.lesson import Module
from course.domain.passport import machine_lines, number_of
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.passport.models import Stamp
from course.features.path.queries import Path, Step, path_of
from course.features.progress.queries import standings_of

_OF_USER = (
    select(Stamp.module, Stamp.at)
    .where(Stamp.user_id == bindparam("user_id"))
    .order_by(Stamp.at, Stamp.id)
)


def stamps_of(user_id: int) -> dict[str, datetime]:
    """Module → when this person's stamp was given, the first one first."""
    return _pairs(db.session.execute(_OF_USER, {"user_id": user_id}))


def _pairs(rows: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    return {module: at for module, at in rows}  # noqa: C416 - rows are no pairs


def stamps_by_user(user_ids: Iterable[int]) -> dict[int, dict[str, datetime]]:
    """The same for several people, in one statement; everybody asked for is in it."""
    ids = list(user_ids)
    found: dict[int, dict[str, datetime]] = {user_id: {} for user_id in ids}
    rows = select(Stamp.user_id, Stamp.module, Stamp.at).where(Stamp.user_id.in_(ids))
    for user_id, module, at in db.session.execute(rows):
        found[user_id][module] = at
    return found


@dataclass(frozen=True, slots=True)
class Seal:
    """A place of the passport, with its stamp if it is given."""

    key: str
    module: Module | None  # None: it is no longer published, its stamp stays
    at: datetime | None
    turn: int


@dataclass(frozen=True, slots=True)
class Left:
    """A module without its stamp yet: what to do next, and how long still."""

    module: Module
    step: Step
    minutes: int
    begun: bool


@dataclass(frozen=True)
class Passport:
    """Somebody's passport, as it can be shown."""

    number: str
    name: str
    begun: datetime
    seconds: int
    seals: tuple[Seal, ...]
    left: tuple[Left, ...]

    @cached_property
    def given(self) -> int:
        """How many stamps there are."""
        return sum(seal.at is not None for seal in self.seals)

    @property
    def minutes_left(self) -> int:
        """Until the last stamp."""
        return sum(left.minutes for left in self.left)

    @property
    def minutes_spent(self) -> int:
        """The minutes measured, whole ones."""
        return self.seconds // 60

    @property
    def machine_lines(self) -> tuple[str, ...]:
        """The foot of the holder's page."""
        day = self.begun.date()
        return machine_lines(self.number, self.name, day, self.given, len(self.seals))


def passport_of(user: User) -> Passport:
    """The passport of somebody; two statements, whatever was done."""
    standings, stamps = standings_of(user.id), stamps_of(user.id)
    path = path_of(shelf().library, standings)
    return Passport(
        number=number_of(user.id, user.created_at),
        name=user.name,
        begun=min((s.first_at for s in standings.values()), default=user.created_at),
        seconds=sum(s.seconds for s in standings.values()),
        seals=_seals(user.id, path, stamps),
        left=left_of(path, stamps),
    )


def _seals(
    user_id: int, path: Path, stamps: Mapping[str, datetime]
) -> tuple[Seal, ...]:
    """In the order of the course; last, what the course no longer holds."""
    modules = {s.module.key: s.module for s in path.stages if s.module.quiz}
    keys = [*modules, *(key for key in stamps if key not in modules)]
    return tuple(
        Seal(key, modules.get(key), stamps.get(key), user_id + at)
        for at, key in enumerate(keys)
    )


def left_of(path: Path, stamps: Mapping[str, datetime]) -> tuple[Left, ...]:
    """What is left to do for each stamp that is not given yet, in order."""
    return tuple(
        Left(stage.module, stage.next, stage.minutes_left, stage.state == "started")
        for stage in path.stages
        if stage.module.quiz and stage.module.key not in stamps and stage.next
    )
