"""Which goals of a lab a cohort misses, and who misses them, in two statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import aliased

from course.base.db import db
from course.domain.lab import Goal, Lab
from course.domain.library import Library
from course.domain.verdict import CRUMB
from course.domain.visibility import Mode
from course.features.account.models import Membership, User
from course.features.lab.models import Outcome, Run
from course.features.tracking.queries import learning_in

MOST_NAMES = 12  # said beside each goal


class Missed(NamedTuple):
    """Somebody who missed a goal in the run that counts."""

    user_id: int
    name: str
    login: str | None  # said when another one has the same name
    run_id: int
    again: bool  # in another ended run too: stuck on it


@dataclass(slots=True)
class Tally:
    """A goal, and what became of it in the cohort."""

    goal: Goal
    runs: int = 0
    reached: int = 0
    helped: int = 0  # runs in which one of its hints was read
    people: list[Missed] = field(default_factory=list[Missed])  # the first ones

    @property
    def missed(self) -> int:
        """How many missed it."""
        return self.runs - self.reached

    @property
    def share(self) -> float:
        """The share of the learners who reached it."""
        return self.reached / self.runs if self.runs else 0.0

    @property
    def others(self) -> int:
        """How many missed it besides those who are named."""
        return self.missed - len(self.people)


@dataclass(frozen=True, slots=True)
class Practical:
    """A lab in a cohort, the goals that most people miss first."""

    lab: Lab
    tallies: Sequence[Tally]

    @property
    def runs(self) -> int:
        """How many learners have a run that counts."""
        return max((each.runs for each in self.tallies), default=0)

    @property
    def hardest(self) -> Tally | None:
        """What to talk about first: compulsory goals before the others."""
        missed = [each for each in self.tallies if each.missed]
        return next((each for each in missed if each.goal.required), None) or next(
            iter(missed), None
        )

    @property
    def most_helped(self) -> Tally | None:
        """The goal whose hints most people read."""
        helped = [each for each in self.tallies if each.helped]
        return max(helped, key=lambda each: each.helped, default=None)


def labs_of(library: Library) -> list[Lab]:
    """The labs there are, module by module: its own, then those to go further."""
    keys = [key for each in library.modules for key in (each.lab, *each.more) if key]
    return [library.lab(key) for key in keys]


def practical_of(cohort_id: int, lab: Lab) -> Practical:
    """What became of each goal in the run that counts of each learner.

    The last check that was ended, else the last practice.
    """
    given: dict[str, Any] = {"cohort_id": cohort_id, "lab": lab.key}
    found = {goal.name: Tally(goal) for goal in lab.goals}
    for goal, *figures in db.session.execute(_FIGURES, given):
        if goal in found:  # not one of an older text
            one = found[goal]
            one.runs, one.reached, one.helped = figures
    for goal, *person in db.session.execute(_PEOPLE, given | {"most": MOST_NAMES}):
        if goal in found:
            found[goal].people.append(Missed(*person))
    worst_first = sorted(found.values(), key=lambda each: each.share)
    return Practical(lab, worst_first)


_HERE = learning_in(bindparam("cohort_id"))
_RANKED = (
    select(
        Run.id,
        Run.user_id,
        func.row_number()
        .over(
            partition_by=Run.user_id,
            order_by=(case((Run.mode == Mode.CHECK, 0), else_=1), Run.id.desc()),
        )
        .label("place"),
    )
    .where(
        Run.lab == bindparam("lab"),
        Run.points.is_not(None),
        Run.user_id.in_(select(Membership.user_id).where(*_HERE)),
    )
    .subquery()
)
_COUNTS = _RANKED.c.place == 1
_REACHED = Outcome.reached >= 1 - CRUMB
_FIGURES = (
    select(
        Outcome.goal,
        func.count(),
        func.sum(case((_REACHED, 1), else_=0)),
        func.sum(case((Outcome.hints > 0, 1), else_=0)),
    )
    .join(_RANKED, _RANKED.c.id == Outcome.run_id)
    .where(_COUNTS)
    .group_by(Outcome.goal)
)


def _people() -> Any:
    """Who missed each goal, so many names for each: who missed it again comes first."""
    other, elsewhere = aliased(Run), aliased(Outcome)
    again = (
        select(1)
        .join_from(other, elsewhere, elsewhere.run_id == other.id)
        .where(
            other.user_id == _RANKED.c.user_id,
            other.lab == bindparam("lab"),
            other.id != _RANKED.c.id,
            elsewhere.goal == Outcome.goal,
            elsewhere.reached < 1 - CRUMB,
        )
        .exists()
    )
    missed = (
        select(
            Outcome.goal,
            User.id,
            User.name,
            User.login,
            _RANKED.c.id.label("run_id"),
            case((again, 1), else_=0).label("again"),
            Membership.sort_name,
        )
        .join(_RANKED, _RANKED.c.id == Outcome.run_id)
        .join(User, User.id == _RANKED.c.user_id)
        .join(Membership, Membership.user_id == User.id)
        .where(_COUNTS, ~_REACHED, *_HERE)
        .subquery()
    )
    place = func.row_number().over(
        partition_by=missed.c.goal,
        order_by=(missed.c.again.desc(), missed.c.sort_name, missed.c.id),
    )
    named = select(missed, place.label("place")).subquery()
    columns = named.c
    return (
        select(
            columns.goal,
            columns.id,
            columns.name,
            columns.login,
            columns.run_id,
            columns.again,
        )
        .where(columns.place <= bindparam("most"))
        .order_by(columns.goal, columns.place)
    )


_PEOPLE = _people()
