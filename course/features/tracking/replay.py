"""A run played again for who follows the learner, one step at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select

from course.base.db import db
from course.domain.lab import HINT, LAB, Consequence, Goal, Lab
from course.domain.run import shares
from course.domain.simulators.base import Simulator, World
from course.domain.verdict import CRUMB
from course.features.lab import queries as labs
from course.features.lab.models import Action, Outcome, Run
from course.features.lab.queries import Line, Opened
from course.features.specimen.issued import Specimen, specimen_in

SHOWN = 50  # steps in the list: the others are a link away


class Progress(NamedTuple):
    """A goal at one moment of a run."""

    goal: Goal
    share: float  # 0 to 1, before hints
    fresh: bool  # this step reached it
    lost: bool  # this step undid it
    hints: int  # read so far

    @property
    def reached(self) -> bool:
        """Whether the world is so."""
        return self.share >= 1 - CRUMB


class Told(NamedTuple):
    """A step of the list: what was done."""

    line: Line
    undone: Line | None  # what « undo » took back
    hint: tuple[Goal, int] | None  # the goal whose hint was read, and which one

    @property
    def skipped(self) -> bool:
        """Whether it is refused today, and nothing came of it."""
        return self.line.step.skipped

    @property
    def position(self) -> int:
        """Its place in the run."""
        return self.line.kept.position


@dataclass(frozen=True, slots=True)
class Replay:
    """A run that can be shown at each of its steps; 0 is before anything was done."""

    opened: Opened
    lines: tuple[Told, ...]
    step: int
    outcomes: Mapping[str, Outcome]

    @property
    def run(self) -> Run:
        """What is replayed."""
        return self.opened.run

    @property
    def lab(self) -> Lab:
        """As it was when the run began."""
        return self.opened.lab

    @property
    def last(self) -> int:
        """The number of the last step."""
        return len(self.lines)

    @property
    def here(self) -> Told | None:
        """What was done at this step; nothing at the start."""
        return self.lines[self.step - 1] if self.step else None

    @property
    def world(self) -> World:
        """The desk once this step is done."""
        return self.here.line.step.world if self.here else self.opened.play.began

    @property
    def shown(self) -> tuple[Told, ...]:
        """The part of the list in which this step is."""
        first = max(0, self.step - 1) // SHOWN * SHOWN
        return self.lines[first : first + SHOWN]

    @property
    def sprung(self) -> list[Consequence]:
        """What this step sprang."""
        names = self.here.line.step.sprung if self.here else ()
        return [self.lab.consequence(name) for name in names]

    @property
    def goals(self) -> list[Progress]:
        """Each goal at this moment."""
        now = shares(self.lab, self.lab.facts(self.world))
        before = now
        if self.here:
            before = shares(self.lab, self.lab.facts(self.here.line.before))
        read = self._hints()
        return [
            Progress(
                goal,
                now[goal.name],
                before[goal.name] < 1 - CRUMB <= now[goal.name],
                now[goal.name] < 1 - CRUMB <= before[goal.name],
                read.get(goal.name, 0),
            )
            for goal in self.lab.goals
        ]

    def _hints(self) -> dict[str, int]:
        hints = (told.hint for told in self.lines[: self.step])
        return {goal.name: place for goal, place in filter(None, hints)}

    @property
    def other_version(self) -> bool:
        """Whether simulators have changed since: what is seen may not be the same."""
        return self.run.versions != labs.versions_of(self.lab) or any(
            told.skipped for told in self.lines
        )

    def view(self, asked: Mapping[str, str]) -> dict[str, str]:
        """What is looked at: what the learner saw then, unless something is asked."""
        return labs.views_of(self.lab, {**self._look(), **asked})

    @property
    def handled(self) -> Simulator | None:
        """What this step handled on the desk; nothing at the start."""
        told = self.here
        if told is None or told.skipped or told.line.action.simulator == LAB:
            return None
        return self.lab.simulator(told.line.action.simulator)

    def left(self, language: str) -> Mapping[str, Any]:
        """What this step left in front of the learner, whatever is looked at now."""
        own = self.handled
        return own.show(self.world, self._look(), language) if own else {}

    @property
    def missed(self) -> list[Goal]:
        """The goals that the run was ended without; nothing while it goes on."""
        if self.run.points is None:
            return []
        named = {name for name, each in self.outcomes.items() if not _is_whole(each)}
        return [goal for goal in self.lab.goals if goal.name in named]

    def _look(self) -> Mapping[str, str]:
        own, told = self.handled, self.here
        if own is None or told is None:
            return {}
        _simulator, name, fields = told.line.action
        return own.look(self.world, own.acts[name].load(fields))


def _is_whole(outcome: Outcome) -> bool:
    return outcome.reached >= 1 - CRUMB


@dataclass(frozen=True, slots=True)
class Stored:
    """A run whose text cannot be read any more: what was kept of it."""

    run: Run
    actions: list[Action]
    outcomes: Mapping[str, Outcome]


def replay_of(
    user_id: int, run_id: int, step: int | None, language: str
) -> Replay | Stored | None:
    """A run of this person at one of its steps, the last one when nothing is asked.

    In two statements; nothing when it is somebody else's.
    """
    try:
        opened = labs.run_of(user_id, run_id, whole=True)
    except LookupError:
        return _stored(user_id, run_id)
    if opened is None:
        return None
    lines = tuple(_told(opened, language))
    at = len(lines) if step is None else max(0, min(step, len(lines)))
    return Replay(opened, lines, at, labs.outcomes_of([run_id])[run_id])


def invoice_of(
    user_id: int, run_id: int, name: str, step: int | None, language: str
) -> tuple[Replay, Specimen] | None:
    """An issued invoice of a run as it was at one of its steps, and that step."""
    found = replay_of(user_id, run_id, step, language)
    if not isinstance(found, Replay):
        return None  # its text cannot be read any more
    paper = specimen_in(found.opened, name, found.world)
    return (found, paper) if paper else None


def _stored(user_id: int, run_id: int) -> Stored:
    mine = Run.id == run_id, Run.user_id == user_id
    run = db.session.scalars(select(Run).where(*mine)).one()
    actions = select(Action).where(Action.run_id == run_id).order_by(Action.position)
    found = list(db.session.scalars(actions))
    return Stored(run, found, labs.outcomes_of([run_id])[run_id])


def _told(opened: Opened, language: str) -> Iterable[Told]:
    lines = opened.history(language)
    read: Counter[str] = Counter()
    for line in lines:
        simulator, name, fields = line.action
        undone = line.step.undone
        hint = None
        if (simulator, name) == (LAB, HINT) and not line.step.skipped:
            goal = opened.lab.goal(str(fields["goal"]))
            read[goal.name] += 1
            hint = goal, read[goal.name]
        yield Told(line, lines[undone - 1] if undone else None, hint)


def seconds_of(run_ids: Iterable[int]) -> dict[int, int]:
    """Run → the seconds that its actions took, idle time left out."""
    ids = list(run_ids)
    if not ids:
        return {}
    rows = (
        select(Action.run_id, func.sum(Action.seconds))
        .where(Action.run_id.in_(ids))
        .group_by(Action.run_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}
