"""Read where a cohort stands: a page of learners, and who needs the trainer first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from course.base import clock
from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.text import Text
from course.features.centre.queries import PAGE, Learner, learners_of
from course.features.progress.models import Standing
from course.features.progress.queries import standings_by_user

Standings = Mapping[tuple[str, str], Standing]
# More columns than this do not fit a phone: then each module is one.
MOST = 12
MANY_TRIES = 3
LONG_AWAY = timedelta(days=7)
NEEDS = 3


class State(StrEnum):
    """Where a learner stands in a step or in a module."""

    DONE = "done"
    DOING = "doing"  # the quiz is begun
    STARTED = "started"  # the lesson is begun
    STUCK = "stuck"  # tried again and again, not passed yet
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson or a quiz, at its place in its module."""

    kind: str
    key: str
    place: int
    title: Text

    @property
    def name(self) -> tuple[str, str]:
        """What standings call it."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of the picture shows: one step, or a whole module."""

    module: Module
    steps: tuple[Step, ...]
    whole: bool  # the whole module


class Why(StrEnum):
    """Why somebody needs the trainer."""

    STUCK = "stuck"
    AWAY = "away"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Row:
    """A learner, and where they stand in each column."""

    learner: Learner
    states: tuple[State, ...]
    standings: Standings
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody who needs the trainer today, and the step or module that says why."""

    learner: Learner
    why: Why
    seen: datetime
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a cohort: columns, rows, who comes first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    needs: tuple[Need, ...]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the cohort fills."""
        return max(1, -(-self.count // PAGE))

    @property
    def whole(self) -> bool:
        """Whether each column is a whole module."""
        return any(column.whole for column in self.columns)


def picture_of(
    cohort_id: int, library: Library, page: int, module: str | None = None
) -> Picture:
    """Where the learners of a cohort stand, in three statements whatever its size."""
    columns = columns_of(library, module)
    learners, count = learners_of(cohort_id, page)
    standings = standings_by_user(learner.id for learner in learners)
    rows = tuple(_row(learner, columns, standings[learner.id]) for learner in learners)
    return Picture(columns, rows, needs_among(rows, library), count, page)


def columns_of(library: Library, module: str | None = None) -> tuple[Column, ...]:
    """A column for each step while they fit; else for each module, or within one."""
    chosen = [each for each in library.modules if module in {None, each.key}]
    steps = {each.key: steps_of(each, library) for each in chosen}
    if sum(map(len, steps.values())) > MOST:
        return tuple(Column(each, steps[each.key], whole=True) for each in chosen)
    return tuple(
        Column(each, (step,), whole=False)
        for each in chosen
        for step in steps[each.key]
    )


def steps_of(module: Module, library: Library) -> tuple[Step, ...]:
    """The lessons of a module in order, then its quiz."""
    found = [
        Step("lesson", each.key, place, each.title)
        for place, each in enumerate(module.lessons, 1)
    ]
    if module.quiz:
        quiz = library.quiz(module.quiz)
        found.append(Step("quiz", quiz.key, len(found) + 1, quiz.title))
    return tuple(found)


def _row(learner: Learner, columns: tuple[Column, ...], standings: Standings) -> Row:
    states = tuple(state_in(column.steps, standings) for column in columns)
    seen = max((each.last_at for each in standings.values()), default=None)
    return Row(learner, states, standings, seen)


def state_in(steps: tuple[Step, ...], standings: Standings) -> State:
    """Where one stands in these steps, taken together."""
    states = {state_of(step, standings.get(step.name)) for step in steps}
    if len(states) == 1:
        return states.pop()
    if State.STUCK in states:
        return State.STUCK
    return State.DOING if states & {State.DONE, State.DOING} else State.STARTED


def state_of(step: Step, standing: Standing | None) -> State:
    """Where one stands in a step."""
    if standing is None:
        return State.TODO
    if standing.state == State.DONE:
        return State.DONE
    if step.kind == "lesson":
        return State.STARTED
    return State.STUCK if standing.tries >= MANY_TRIES else State.DOING


def needs_among(rows: Iterable[Row], library: Library) -> tuple[Need, ...]:
    """Those who need somebody most: stuck, then long away, then near a stamp."""
    modules = [(each, steps_of(each, library)) for each in library.modules]
    order = list(Why)
    found = [need for row in rows if (need := _need(row, modules))]
    found.sort(key=lambda need: (order.index(need.why), need.seen))
    return tuple(found[:NEEDS])


def _need(row: Row, modules: list[tuple[Module, tuple[Step, ...]]]) -> Need | None:
    """What this learner needs; who has not begun or has finished needs nothing."""
    if row.seen is None:
        return None
    left = [(each, steps, _left(steps, row.standings)) for each, steps in modules]
    for step in (step for _, _, steps in left for step in steps):
        if state_of(step, row.standings.get(step.name)) == State.STUCK:
            return Need(row.learner, Why.STUCK, row.seen, step.title)
    if any(todo for _, _, todo in left) and clock.now() - row.seen >= LONG_AWAY:
        return Need(row.learner, Why.AWAY, row.seen)
    for module, steps, todo in left:
        if len(todo) == 1 < len(steps):
            return Need(row.learner, Why.NEAR, row.seen, module.title)
    return None


def _left(steps: tuple[Step, ...], standings: Standings) -> list[Step]:
    return [step for step in steps if not _done(standings.get(step.name))]


def _done(standing: Standing | None) -> bool:
    return standing is not None and standing.state == State.DONE
