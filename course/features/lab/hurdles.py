"""The compulsory goal that somebody misses run after run: a trainer should know it."""

from collections.abc import Collection
from itertools import takewhile

from sqlalchemy import and_, select

from course.base.db import db
from course.domain.verdict import CRUMB
from course.features.lab.models import Outcome, Run

MOST = 8  # runs looked back at


def hurdle_after(run: Run, missing: Collection[str]) -> dict[str, str | int]:
    """The goal that this run and those just before it missed, and how many did.

    Once it is reached it is told with none, so that the standing forgets it; nothing
    when there is no such goal. Before the outcomes of the run are kept.
    """
    before = _missed_before(run)
    if missing:
        streaks = {name: 1 + _streak(name, before) for name in sorted(missing)}
        goal = max(streaks, key=lambda name: streaks[name])
        return {"goal": goal, "wrong": streaks[goal]}
    over = {name: _streak(name, before) for name in sorted(before[0])} if before else {}
    return {"goal": max(over, key=lambda name: over[name]), "wrong": 0} if over else {}


def _streak(goal: str, before: list[set[str]]) -> int:
    return sum(1 for _missed in takewhile(lambda missed: goal in missed, before))


def _missed_before(run: Run) -> list[set[str]]:
    """What each judged run before this one missed, the last one first."""
    last = (
        select(Run.id)
        .where(
            Run.user_id == run.user_id,
            Run.lab == run.lab,
            Run.id != run.id,
            Run.points.is_not(None),
        )
        .order_by(Run.id.desc())
        .limit(MOST)
        .subquery()
    )
    missed = and_(
        Outcome.run_id == last.c.id, Outcome.required, Outcome.reached < 1 - CRUMB
    )
    rows = db.session.execute(
        select(last.c.id, Outcome.goal)
        .select_from(last)
        .outerjoin(Outcome, missed)
        .order_by(last.c.id.desc())
    )
    found: dict[int, set[str]] = {}
    for number, goal in rows:
        found.setdefault(number, set()).update([goal] if goal else [])
    return list(found.values())
