"""Where am I, how long still, what next: from what is published and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.text import Text
from course.features.progress.models import Standing

Standings = Mapping[tuple[str, str], Standing]
DONE, STARTED, TODO = "done", "started", "todo"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a lesson, or the quiz that ends a module."""

    kind: str
    key: str
    title: Text
    minutes: int
    state: str  # done, started, todo

    @property
    def endpoint(self) -> str:
        """Its page: each feature that can be a step has a `show`."""
        return f"{self.kind}.show"


@dataclass(frozen=True)
class Stage:
    """A module, and how far one is in it."""

    module: Module
    steps: tuple[Step, ...]

    @cached_property
    def done(self) -> int:
        """How many steps are behind."""
        return sum(step.state == DONE for step in self.steps)

    @cached_property
    def minutes_left(self) -> int:
        """The minutes of the steps that are not done, as the authors counted them."""
        return sum(step.minutes for step in self.steps if step.state != DONE)

    @cached_property
    def next(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.state != DONE), None)

    @property
    def state(self) -> str:
        """Done, started or still to do."""
        if self.next is None:
            return DONE
        return STARTED if any(step.state != TODO for step in self.steps) else TODO

    def place(self, kind: str, key: str) -> int:
        """Which step this is, from 1."""
        names = [(step.kind, step.key) for step in self.steps]
        return names.index((kind, key)) + 1


@dataclass(frozen=True)
class Path:
    """All the modules in order."""

    stages: tuple[Stage, ...]

    @cached_property
    def stage(self) -> Stage | None:
        """Where one is: the first module that is not done."""
        return next((stage for stage in self.stages if stage.next), None)

    @cached_property
    def minutes_left(self) -> int:
        """Of the whole course."""
        return sum(stage.minutes_left for stage in self.stages)

    @cached_property
    def done(self) -> int:
        """How many modules are behind."""
        return sum(stage.next is None for stage in self.stages)


def path_of(library: Library, standings: Standings) -> Path:
    """The path of who did this much."""
    return Path(tuple(stage_of(m, library, standings) for m in library.modules))


def stage_of(module: Module, library: Library, standings: Standings) -> Stage:
    """How far one is in a module."""
    steps = [
        Step(
            "lesson",
            each.key,
            each.title,
            each.minutes,
            _state(standings, "lesson", each.key),
        )
        for each in module.lessons
    ]
    if module.quiz:
        quiz = library.quiz(module.quiz)
        state = _state(standings, "quiz", quiz.key)
        steps.append(Step("quiz", quiz.key, quiz.title, quiz.minutes or 0, state))
    return Stage(module, tuple(steps))


def _state(standings: Standings, kind: str, key: str) -> str:
    found = standings.get((kind, key))
    return found.state if found else TODO
