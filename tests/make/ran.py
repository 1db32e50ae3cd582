"""Runs that learners made: played from a lab's samples, or judged without playing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from course.base import clock
from course.base.db import db, transaction
from course.domain.lab import Action
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import lab_at, shelf
from course.features.lab import services
from course.features.lab.models import Outcome, Run

CONSOLE = "console"


def raw(action: Action) -> dict[str, list[str]]:
    """What a form sends for an action."""
    return {
        name: list(map(str, value)) if isinstance(value, list) else [str(value)]
        for name, value in action.fields.items()
    }


def play(
    user: User,
    sample: str = "plein",
    mode: Mode = Mode.CHECK,
    *,
    key: str = CONSOLE,
    end: bool = True,
    hints: tuple[str, ...] = (),
    pace: int = 20,
) -> Run:
    """Play a recorded run of a published lab, an action every so many seconds."""
    run = services.start_run(user, shelf(), key, mode)
    lab = lab_at(run.revision_id).for_trade(user.profile.trade)
    actions = [Action("lab", "hint", {"goal": goal}) for goal in hints]
    found = next(each for each in lab.samples if each.name == sample)
    actions += [action for _line, action in found.actions]
    for place, action in enumerate(actions):
        clock.set_to(clock.now() + timedelta(seconds=pace))
        what = f"{action.simulator}.{action.name}"
        services.act(user.id, run.id, what, raw(action), f"page-{place}")
    if end:
        services.end_run(user.id, run.id)
    return db.session.get_one(Run, run.id)


def judged(
    user: User,
    reached: Mapping[str, float],
    *,
    lab: str = "boite",
    mode: Mode = Mode.CHECK,
    hints: Mapping[str, int] | None = None,
    seconds: Mapping[str, int] | None = None,
    at: datetime | None = None,
) -> Run:
    """A run that was ended: what each goal, worth a point, was reached for."""
    at = at or clock.now()
    read, spent = hints or {}, seconds or {}
    with transaction():
        run = Run(
            user_id=user.id,
            lab=lab,
            revision_id=next(iter(shelf().revisions.values())),
            mode=mode,
            seed=7,
            profile={},
            versions={"toy": 1},
            started_at=at,
            ended_at=at,
            count=0,
            points=sum(reached.values()),
            out_of=len(reached),
            passed=mode == Mode.CHECK and min(reached.values()) >= 1,
        )
        db.session.add(run)
        db.session.flush()
        db.session.add_all(
            Outcome(
                run_id=run.id,
                goal=goal,
                points=1,
                required=True,
                reached=share,
                share=share,
                hints=read.get(goal, 0),
                position=1 if share else None,
                seconds=spent.get(goal, 0),
            )
            for goal, share in reached.items()
        )
    return run


def given_up(user: User, mode: Mode = Mode.PRACTICE, *, key: str = CONSOLE) -> Run:
    """A run that was begun, and another one begun instead."""
    run = play(user, mode=mode, key=key, end=False)
    services.restart_run(user, shelf(), key, mode)
    return db.session.get_one(Run, run.id)
