"""Runs of the labs: what is done in them is recorded at the end of their files."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any

from sqlalchemy import insert

from course.base import clock
from course.base.db import db, transaction
from course.domain import lab as desk
from course.domain.lab import HINT, LAB, UNDO, Lab
from course.domain.profile import Profile, Trade
from course.domain.run import Play
from course.domain.simulators.base import RefusedError
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.lab import queries, services
from course.features.lab.models import Action, Run

LONG = 500  # actions of the run that is opened
RUNS = 800  # runs that begin, each along another recorded run
SEED, PROFILE = 7, Profile(trade=Trade.BAKER)
Fields = list[tuple[str, str]]
TAKE_BACK = desk.Action(LAB, UNDO, {})


@dataclass(frozen=True, slots=True)
class Long:
    """So many actions that a desk accepts, and the world after each 25 of them."""

    lab: Lab
    actions: Sequence[desk.Action]
    undone: Sequence[int | None]  # for each, the position of what it takes back
    snapshots: Mapping[int, Any]

    def snapshot_at(self, count: int) -> Any:
        """The last one from which so many actions can be read: none is taken back."""
        usable = (
            place
            for place in sorted(self.snapshots, reverse=True)
            if place <= count
            if all(back is None or back > place for back in self.undone[place:count])
        )
        place = next(usable, None)
        return None if place is None else self.snapshots[place]


def long_runs() -> list[Long]:
    """One for each lab that is published."""
    return [_long(lab) for lab in shelf().library.labs]


def _long(lab: Lab) -> Long:
    """Its recorded runs one after the other, with what can be taken back in between."""
    spoken = lab.for_trade(PROFILE.trade)
    play, snapshots = Play.begin(spoken, SEED, PROFILE), {}
    for action in _endless(spoken, play):
        try:
            play.do(action)
        except RefusedError:
            continue
        if play.count % services.EACH == 0:
            snapshots[play.count] = play.snapshot()
        if play.count == LONG:
            break
    actions = [step.action for step in play.steps]
    return Long(lab, actions, [step.undone for step in play.steps], snapshots)


def _endless(lab: Lab, play: Play) -> Iterator[desk.Action]:
    while True:
        for sample in lab.samples:
            yield from (action for _line, action in sample.actions)
            while play.can_undo:
                yield TAKE_BACK
        goals = (goal.name for goal in lab.goals for _hint in goal.hints)
        yield from (desk.Action(LAB, HINT, {"goal": name}) for name in goals)


@dataclass(frozen=True, slots=True)
class Begun:
    """A run in which nothing is done yet, and what comes next."""

    user: User
    run_id: int
    next: Sequence[desk.Action]


def begin(people: Sequence[User]) -> list[Begun]:
    """A run for each of these people, along each recorded run in turn."""
    recorded = [
        (long, [action for _line, action in sample.actions])
        for long in long_runs()
        for sample in long.lab.for_trade(PROFILE.trade).samples
    ]
    with transaction():
        return [
            Begun(user, _written(user, long, 0), actions)
            for user, (long, actions) in zip(people[:RUNS], cycle(recorded))
        ]


def finished(user: User) -> dict[str, tuple[int, int]]:
    """Lab → a run of 500 actions that is open, and one that was handed in."""
    found: dict[str, tuple[int, int]] = {}
    for long in long_runs():
        with transaction():
            ended = _written(user, long, LONG)
        services.end_run(user.id, ended)
        with transaction():
            found[long.lab.key] = _written(user, long, LONG), ended
    return found


def _written(user: User, long: Long, count: int) -> int:
    """The id of a run of the first actions of a long one."""
    now = clock.now()
    run = Run(
        user_id=user.id,
        lab=long.lab.key,
        revision_id=shelf().revision("lab", long.lab.key),
        mode=Mode.CHECK,
        seed=SEED,
        profile=PROFILE.to_dict(),
        versions=queries.versions_of(long.lab),
        started_at=now,
        count=count,
        snapshot=long.snapshot_at(count),
    )
    db.session.add(run)
    db.session.flush()
    rows = [
        _row(run.id, position, action, now)
        for position, action in enumerate(long.actions[:count], 1)
    ]
    if rows:
        db.session.execute(insert(Action), rows)
    return run.id


def _row(run_id: int, position: int, action: desk.Action, at: datetime) -> Any:
    return {
        "run_id": run_id,
        "position": position,
        "client_id": f"bench-{position}",
        "simulator": action.simulator,
        "name": action.name,
        "fields": dict(action.fields),
        "at": at,
        "seconds": 5,
    }


def form_of(action: desk.Action, client: str | None = None) -> Fields:
    """What a page sends to do this."""
    fields = [("act", f"{action.simulator}.{action.name}")]
    for name, value in action.fields.items():
        values = value if isinstance(value, list) else [value]
        fields += [(name, str(each)) for each in values]
    return [*fields, ("client", client or secrets.token_hex(8))]
