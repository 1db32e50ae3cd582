"""Who needs the trainer, and what shows it: a reading of standings, without a query."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from course.domain.completion import missing, rule_for
from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.text import Text
from course.features.centre.models import Cohort
from course.features.progress.services import MANY_WRONG

Standings = Mapping[tuple[str, str], Any]  # models, or the same columns as rows
Stamps = Mapping[str, datetime]
Course = Iterable[tuple[Module, tuple["Step", ...]]]

MANY_TRIES = 4  # of a quiz or a lab, without passing it
MANY_RUNS = 2  # of a lab in a row, that miss the same compulsory goal
MANY_HASTY = 4  # answers faster than reading…
MOSTLY = 0.5  # …and at least this share of all
LATE_START = timedelta(days=2)  # after the cohort's first day
# A long silence: where the cohort has no days, and at the least where it has some.
LONG_AWAY, AT_LEAST = timedelta(days=7), timedelta(days=3)
PART = 5  # a fifth of the cohort's time is a long silence
# After the last day, then nobody is pressed any more.
AFTERWARDS = timedelta(days=30)
NEVER = datetime.min.replace(tzinfo=UTC)


class State(StrEnum):
    """Where a learner stands in a step or in a module."""

    DONE = "done"
    DOING = "doing"  # the lab or the quiz is begun
    STARTED = "started"  # the lesson is begun
    STUCK = "stuck"  # tried again and again, not passed yet
    TODO = "todo"


class Step(NamedTuple):
    """A lesson, lab or quiz, at its place in its module; standings call it `name`."""

    name: tuple[str, str]  # kind, key
    place: int
    title: Text
    module: Module

    @property
    def kind(self) -> str:
        """A lesson, a lab or a quiz."""
        return self.name[0]

    @property
    def key(self) -> str:
        """Its name among its kind."""
        return self.name[1]


class Why(StrEnum):
    """Why somebody needs the trainer, the worst first."""

    STUCK = "stuck"
    STOPPED = "stopped"
    GUESSING = "guessing"
    NEAR = "near"


class Sign(StrEnum):
    """What shows it."""

    WRONG = "wrong"  # `number` wrong tries in a row on `hurdle`
    GOAL = "goal"  # `number` runs in a row that miss the goal `hurdle` of the lab
    TRIES = "tries"  # `number` tries of the quiz or the lab
    NOT_BEGUN = "not-begun"  # `day`: the cohort's first one, if it has one
    NEVER = "never"  # has not begun, `number` days after joining
    AWAY = "away"  # last `seen`
    UNFINISHED = "unfinished"  # `day`: the cohort's last one
    HASTY = "hasty"  # `number` answers out of `total`
    ONE_STEP = "one-step"  # this one, before the stamp of its module


class Need(NamedTuple):
    """Why somebody needs the trainer, and what shows it."""

    why: Why
    sign: Sign
    step: Step  # where, or what comes next
    number: int = 0
    total: int = 0
    hurdle: str = ""
    day: date = date.min
    seen: datetime = NEVER


@dataclass(frozen=True)
class Times:
    """A moment, seen from the days of a cohort."""

    now: datetime
    begins: date | None = None
    ends: date | None = None

    @cached_property
    def today(self) -> date:
        """The present day."""
        return self.now.date()

    @cached_property
    def over(self) -> bool:
        """Whether the last day has passed."""
        return self.ends is not None and self.today > self.ends

    @cached_property
    def silent(self) -> bool:
        """Whether it has passed so long ago that nobody is pressed any more."""
        return self.ends is not None and self.today > self.ends + AFTERWARDS

    @cached_property
    def patience(self) -> timedelta:
        """How long somebody may stay away."""
        if self.begins is None or self.ends is None:
            return LONG_AWAY
        return max(AT_LEAST, (self.ends - self.begins) / PART)


def times_of(cohort: Cohort, now: datetime) -> Times:
    """The moment and the days of a cohort."""
    return Times(now, cohort.begins_on, cohort.ends_on)


def course_of(library: Library) -> tuple[tuple[Module, tuple[Step, ...]], ...]:
    """Every module with its steps."""
    return tuple((each, steps_of(each, library)) for each in library.modules)


def steps_of(module: Module, library: Library) -> tuple[Step, ...]:
    """The lessons of a module in order, then its lab and its quiz."""
    found = [("lesson", each.key, each.title) for each in module.lessons]
    if module.lab:
        found.append(("lab", module.lab, library.lab(module.lab).title))
    if module.quiz:
        found.append(("quiz", module.quiz, library.quiz(module.quiz).title))
    return tuple(
        Step((kind, key), place, title, module)
        for place, (kind, key, title) in enumerate(found, 1)
    )


def is_stuck(standing: Any) -> bool:
    """Wrong again and again on one thing, or checked again and again.

    `best` tells that one of the tries at least was a check.
    """
    many = MANY_RUNS if standing.kind == "lab" else MANY_WRONG
    return standing.wrong >= many or (
        standing.tries >= MANY_TRIES and standing.best is not None
    )


def state_of(step: Step, standing: Any) -> State:
    """Where one stands in a step."""
    if standing is None:
        return State.TODO
    if standing.state == State.DONE:
        return State.DONE
    if is_stuck(standing):
        return State.STUCK
    return State.STARTED if step.kind == "lesson" else State.DOING


def seen_of(standings: Standings, opened: datetime | None) -> datetime | None:
    """When somebody last did something, or was reading a lesson."""
    last = max([each.last_at for each in standings.values()], default=opened)
    return max(last, opened) if last and opened else last


def rank_of(need: Need) -> int:
    """The place of a need: the worst first."""
    return RANKS[need.why]


RANKS = {why: place for place, why in enumerate(Why)}


def needs_of(  # noqa: PLR0913 - each says itself what it is
    standings: Standings,
    stamps: Stamps,
    since: datetime,
    course: Course,
    times: Times,
    *,
    opened: datetime | None = None,
) -> tuple[Need, ...]:
    """What somebody needs, the worst first; nothing long after the cohort's end.

    `since`: joined the cohort; `opened`: last left a lesson that is not done yet.
    """
    if times.silent:
        return ()
    begun: list[tuple[Step, Any]] = []
    left: list[tuple[tuple[Step, ...], list[Step]]] = []  # of a module: all, not done
    for module, steps in course:
        if module.key in stamps:
            continue
        todo: list[Step] = []
        for step in steps:
            standing = standings.get(step.name)
            if standing is None:
                todo.append(step)
            elif standing.state != State.DONE:
                todo.append(step)
                begun.append((step, standing))
        if todo:
            left.append((steps, todo))
    found = [
        *(need for step, standing in begun if (need := _stuck(step, standing))),
        *_stopped(seen_of(standings, opened), since, left, times),
        *(need for step, standing in begun if (need := _guessing(step, standing))),
        *(need for steps, todo in left if (need := _near(steps, todo))),
    ]
    return tuple(found)


def _stuck(step: Step, standing: Any) -> Need | None:
    if not is_stuck(standing):
        return None
    number, hurdle = standing.wrong, standing.hurdle or ""
    if step.kind == "lab" and number >= MANY_RUNS:
        return Need(Why.STUCK, Sign.GOAL, step, number, hurdle=hurdle)
    if number >= MANY_WRONG:
        return Need(Why.STUCK, Sign.WRONG, step, number, hurdle=hurdle)
    return Need(Why.STUCK, Sign.TRIES, step, standing.tries)


def _stopped(
    seen: datetime | None,
    since: datetime,
    left: list[tuple[tuple[Step, ...], list[Step]]],
    times: Times,
) -> Iterator[Need]:
    """Away for too long, as the cohort's days tell; who has finished is not."""
    if not left or (times.begins and times.today < times.begins):
        return
    todo = left[0][1][0]
    if seen is None:
        yield from _not_begun(since, todo, times)
    elif times.ends and times.over:
        yield Need(Why.STOPPED, Sign.UNFINISHED, todo, day=times.ends, seen=seen)
    elif times.now - seen > times.patience:
        yield Need(Why.STOPPED, Sign.AWAY, todo, seen=seen)


def _not_begun(since: datetime, todo: Step, times: Times) -> Iterator[Need]:
    if times.begins is not None:
        if times.today >= times.begins + LATE_START:
            yield Need(Why.STOPPED, Sign.NOT_BEGUN, todo, day=times.begins)
    elif times.over or times.now - since > LONG_AWAY:
        days = (times.now - since).days
        yield Need(Why.STOPPED, Sign.NEVER, todo, days)


def _guessing(step: Step, standing: Any) -> Need | None:
    hasty, answered = standing.hasty, standing.answered
    if hasty < MANY_HASTY or hasty < MOSTLY * answered:
        return None
    return Need(Why.GUESSING, Sign.HASTY, step, hasty, answered)


def _near(steps: tuple[Step, ...], todo: list[Step]) -> Need | None:
    """One step before a stamp, when it is what the stamp asks for."""
    if len(todo) != 1 or len(steps) == 1:
        return None
    done = {step.kind for step in steps if step is not todo[0]}
    rule = rule_for(lab=any(step.kind == "lab" for step in steps))
    if missing(rule, done) != (todo[0].kind,):
        return None
    return Need(Why.NEAR, Sign.ONE_STEP, todo[0])
