"""What becomes of each goal of a lab: who reaches it, in how long, with which hints.

One statement whatever the number of runs: the database counts the last ones. Older ones
would hide what a text is worth since it was mended.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from course.base.db import db
from course.domain.lab import Goal, Lab
from course.domain.verdict import CRUMB
from course.features.lab.models import Outcome, Run

MOST = 10_000  # of the last runs; more would tell the same, and take longer
FEW = 10  # below, a figure says little
RARELY, OFTEN = 0.2, 0.5


class Flag(StrEnum):
    """Why a goal should be read again by its author."""

    RARE = "rare"  # nearly nobody reaches it
    HINTS = "hints"  # half of the runs need a hint


@dataclass(slots=True)
class Figures:
    """What became of a goal in the runs that were counted."""

    goal: Goal
    runs: int = 0
    reached: int = 0
    shares: float = 0  # of its points, summed up
    firsts: int = 0  # first tries
    reached_first: int = 0  # first tries that reached it
    hints: Counter[int] = field(default_factory=Counter[int])  # read in a run → runs
    seconds: Counter[int] = field(default_factory=Counter[int])  # it took → runs

    @property
    def share_reached(self) -> float:
        """The share of the runs that reached it."""
        return self.reached / self.runs if self.runs else 0.0

    @property
    def share_first(self) -> float | None:
        """The share of the first tries that reached it; None when there is none."""
        return self.reached_first / self.firsts if self.firsts else None

    @property
    def average(self) -> float:
        """What it brings, 0 to 1 of its points."""
        return self.shares / self.runs if self.runs else 0.0

    @property
    def median(self) -> int | None:
        """The seconds that it takes, half of those who reach it needing less."""
        return _median(self.seconds)

    def share_of_hint(self, place: int) -> float:
        """The share of the runs in which this hint was read, the first one being 1."""
        read = sum(runs for number, runs in self.hints.items() if number >= place)
        return read / self.runs if self.runs else 0.0

    @property
    def flags(self) -> tuple[Flag, ...]:
        """Why it should be read again; nothing while there are few runs."""
        if self.runs < FEW:
            return ()
        told = {
            Flag.RARE: self.share_reached < RARELY,
            Flag.HINTS: self.share_of_hint(1) > OFTEN,
        }
        return tuple(flag for flag, holds in told.items() if holds)


def _median(counted: Counter[int]) -> int | None:
    middle, passed = (counted.total() + 1) // 2, 0
    for seconds, runs in sorted(counted.items()):
        passed += runs
        if passed >= middle:
            return seconds
    return None


@dataclass(frozen=True, slots=True)
class Report:
    """A lab, goal by goal, in the author's order."""

    lab: Lab
    figures: Sequence[Figures]

    @property
    def runs(self) -> int:
        """How many runs were counted."""
        return max((each.runs for each in self.figures), default=0)

    @property
    def few(self) -> bool:
        """Whether there are so few runs that figures say little."""
        return self.runs < FEW

    @property
    def full(self) -> bool:
        """Whether older runs were left out."""
        return self.runs >= MOST

    @property
    def again(self) -> list[Figures]:
        """The goals to read again, those that fewest reach first."""
        flagged = [each for each in self.figures if each.flags]
        return sorted(flagged, key=lambda each: each.share_reached)

    @property
    def most_hints(self) -> int:
        """How many hints the goal that has most of them has."""
        return max((len(each.goal.hints) for each in self.figures), default=0)


def report_on(lab: Lab, mode: str | None = None) -> Report:
    """What became of the goals of a lab in its last ended runs, in one statement."""
    figures = {goal.name: Figures(goal) for goal in lab.goals}
    asked = _ASKED if mode is None else _ASKED_OF_MODE
    given: dict[str, Any] = {"lab": lab.key, "mode": mode, "most": MOST}
    _add(figures, db.session.execute(asked, given))
    return Report(lab, tuple(figures.values()))


def _add(figures: dict[str, Figures], rows: Iterable[Any]) -> None:
    for goal, hints, seconds, runs, reached, shares, firsts, reached_first in rows:
        one = figures.get(goal)
        if one is None:
            continue  # a goal of an older text
        one.runs += runs
        one.reached += reached
        one.shares += shares
        one.firsts += firsts
        one.reached_first += reached_first
        one.hints[hints] += runs
        if reached:
            one.seconds[seconds] += reached


def _asked(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    before = aliased(Run)
    earlier = exists().where(
        before.user_id == Run.user_id,
        before.lab == Run.lab,
        before.id < Run.id,
        before.points.is_not(None),
    )
    counted = (
        select(Run.id, case((earlier, 0), else_=1).label("first"))
        .where(Run.lab == bindparam("lab"), Run.points.is_not(None), *conditions)
        .order_by(Run.ended_at.desc())
        .limit(bindparam("most"))
        .subquery()
    )
    reached = case((Outcome.reached >= 1 - CRUMB, 1), else_=0)
    # Grouped by seconds as well, so that the median needs no second reading.
    return (
        select(
            Outcome.goal,
            Outcome.hints,
            Outcome.seconds,
            func.count(),
            func.sum(reached),
            func.sum(Outcome.share),
            func.sum(counted.c.first),
            func.sum(counted.c.first * reached),
        )
        .join(counted, counted.c.id == Outcome.run_id)
        .group_by(Outcome.goal, Outcome.hints, Outcome.seconds)
    )


# Built once: building costs as much as asking.
_ASKED = _asked()
_ASKED_OF_MODE = _asked(Run.mode == bindparam("mode"))
