"""Where am I, how long still, what next: from what is published and what was done."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.text import Text
from course.features.account.models import User
from course.features.progress.models import Standing

Standings = Mapping[tuple[str, str], Standing]
DONE, STARTED, TODO = "done", "started", "todo"


@dataclass(frozen=True, slots=True)
class Place:
    """Where exactly one was in a step that is not done, and since when."""

    kind: str
    key: str
    at: datetime
    words: str  # in the language of this request
    url: str
    minutes: int  # left in the step


# What features above know, which add theirs here. The stamps given: module → when.
STAMPS: list[Callable[[int], Mapping[str, datetime]]] = []
# By the kind of step: the last place somebody was at, among the steps of these keys.
# One statement at most.
PLACES: dict[str, Callable[[User, Collection[str]], Place | None]] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a lesson, a lab, or the quiz that ends a module."""

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
    more: tuple[Step, ...] = ()  # to go further: outside its minutes and its stamp

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


@dataclass(frozen=True)
class Here:
    """The step one goes on with, and how long still: in it, its module, the course."""

    path: Path
    stage: Stage
    step: Step
    place: Place | None = None

    @property
    def minutes(self) -> int:
        """Left in the step."""
        return self.place.minutes if self.place else self.step.minutes

    @property
    def minutes_of_module(self) -> int:
        """Left in the module."""
        return self.stage.minutes_left - self._behind

    @property
    def minutes_of_course(self) -> int:
        """Left in the course."""
        return self.path.minutes_left - self._behind

    @property
    def _behind(self) -> int:
        return self.step.minutes - self.minutes


def here_of(user: User, path: Path) -> Here | None:
    """Where one was last, if a step was left in its middle; else the next step."""
    open_steps = [
        (stage, step)
        for stage in path.stages
        for step in stage.steps
        if step.state != DONE
    ]
    place = _last_place(user, [step for _stage, step in open_steps])
    if place is not None:
        stage, step = next(
            pair
            for pair in open_steps
            if (pair[1].kind, pair[1].key) == (place.kind, place.key)
        )
        return Here(path, stage, step, place)
    if path.stage is None or path.stage.next is None:
        return None
    return Here(path, path.stage, path.stage.next)


def _last_place(user: User, steps: Collection[Step]) -> Place | None:
    """The newest of the places that features know, among these steps."""
    places: list[Place] = []
    for kind, place_of in PLACES.items():
        keys = [step.key for step in steps if step.kind == kind]
        place = place_of(user, keys) if keys else None
        if place is not None:
            places.append(place)
    return max(places, key=lambda place: place.at, default=None)


def stamps_of(user_id: int) -> dict[str, datetime]:
    """Module → when its stamp was given, from whoever gives stamps."""
    return {module: at for known in STAMPS for module, at in known(user_id).items()}


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
    if module.lab:
        steps.append(_lab(module.lab, library, standings))
    if module.quiz:
        quiz = library.quiz(module.quiz)
        state = _state(standings, "quiz", quiz.key)
        steps.append(Step("quiz", quiz.key, quiz.title, quiz.minutes or 0, state))
    more = (_lab(key, library, standings) for key in module.more)
    return Stage(module, tuple(steps), tuple(more))


def _lab(key: str, library: Library, standings: Standings) -> Step:
    lab = library.lab(key)
    return Step("lab", key, lab.title, lab.minutes, _state(standings, "lab", key))


def _state(standings: Standings, kind: str, key: str) -> str:
    found = standings.get((kind, key))
    return found.state if found else TODO
