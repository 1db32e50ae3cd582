"""How people learn: who comes when, and does what; eight weeks in a few rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import cycle, islice
from math import ceil
from random import Random
from typing import NamedTuple

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)
MORNING = time(8, tzinfo=UTC)  # the first half-day, together
# When people find a moment: before opening, at noon, once the children sleep.
MOMENTS = (time(6, 40, tzinfo=UTC), time(11, 50, tzinfo=UTC), time(18, 30, tzinfo=UTC))


class Kind(StrEnum):
    """What becomes of somebody in the course."""

    QUICK = "quick"
    STEADY = "steady"
    LATE = "late"
    STUCK = "stuck"
    GUESSING = "guessing"
    STOPPED = "stopped"
    GONE = "gone"
    NEVER = "never"
    NEAR = "near"


class What(StrEnum):
    """Something one does in a visit."""

    READ = "read"
    GLANCE = "glance"  # opened, left in the middle
    PRACTICE = "practice"
    HURDLE = "hurdle"  # a practice left after the same question went wrong and wrong
    WORK = "work"  # a lab, passed
    STRAY = "stray"  # the same, ended after a wrong turn
    LEAVE = "leave"  # a lab begun, left in the middle
    SUCCEED = "succeed"
    FAIL = "fail"
    GUESS = "guess"  # failed, faster than one reads


class Act(NamedTuple):
    """What, and which lesson, lab or quiz."""

    what: What
    key: str


class Visit(NamedTuple):
    """A moment of learning."""

    at: datetime
    acts: tuple[Act, ...]


class Chapter(NamedTuple):
    """A module: its lessons, then its lab and its quiz; labs to go further."""

    lessons: tuple[str, ...]
    lab: str | None
    quiz: str | None
    more: tuple[str, ...] = ()


Course = Sequence[Chapter]


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a cohort, seen from today."""

    begins: date
    ends: date
    today: date

    @property
    def yesterday(self) -> date:
        """The last day of which everything is known."""
        return self.today - DAY

    @property
    def begun(self) -> bool:
        """Whether somebody can have come."""
        return self.begins <= self.yesterday

    @property
    def over(self) -> bool:
        """Whether the last day is behind."""
        return self.ends < self.today

    @property
    def days(self) -> int:
        """How many have passed, out of its own."""
        return (min(self.ends, self.yesterday) - self.begins).days

    @property
    def share(self) -> float:
        """How much of its time has passed, 0 to 1."""
        return min(1, self.days / (self.ends - self.begins).days)


def window(begins: int, length: int, today: date) -> Window:
    """The days of a cohort that begins in so many days, or began: working days."""
    first = _working(today + timedelta(days=begins))
    if begins > 0:  # next week, on its second day
        first = today + timedelta(days=8 - today.weekday())
    return Window(first, _working(first + timedelta(days=length)), today)


def _working(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


K = Kind
FINISHED = (
    *(K.STEADY, K.QUICK, K.LATE, K.STOPPED, K.STEADY, K.STEADY, K.STUCK, K.STEADY),
    *(K.NEAR, K.GONE, K.STEADY, K.STEADY, K.NEVER, K.QUICK, K.STEADY, K.LATE),
)
UNDER_WAY = (
    *(K.STUCK, K.STEADY, K.STOPPED, K.GUESSING, K.NEAR, K.QUICK, K.STEADY, K.LATE),
    *(K.STEADY, K.NEVER, K.STEADY, K.GONE, K.STEADY, K.STEADY, K.QUICK, K.LATE),
)
BEGUN = (
    *(K.STEADY, K.QUICK, K.NEVER, K.STEADY, K.NEAR, K.STEADY, K.GONE, K.STEADY),
    *(K.GUESSING, K.STEADY, K.LATE, K.STEADY),
)
SOON = 7  # days since the first one: nobody is far yet


def kinds(seen: Window, count: int) -> list[Kind]:
    """What becomes of so many people; those one looks for first come first."""
    if not seen.begun:
        return [Kind.NEVER] * count
    mix = FINISHED if seen.over else UNDER_WAY if seen.days > SOON else BEGUN
    return list(islice(cycle(mix), count))


def visits_of(
    kind: Kind, seen: Window, course: Course, rng: Random
) -> tuple[Visit, ...]:
    """All that somebody did, in order."""
    acts = list(_acts(kind, seen, course, rng)) if seen.begun else []
    if not acts:
        return ()
    days = _days(kind, seen, ceil(len(acts) / AT_ONCE[kind]), rng)
    moment = rng.choice(MOMENTS)
    share = len(acts) / len(days)
    return tuple(
        Visit(
            _at(day, seen, moment, rng),
            tuple(acts[round(share * at) : round(share * (at + 1))]),
        )
        for at, day in enumerate(days)
    )


# Steps in one visit.
AT_ONCE = {
    **dict.fromkeys(Kind, 4),
    Kind.QUICK: 9,
    Kind.GUESSING: 7,
    Kind.LATE: 3,
}
# What a check costs people of these kinds; others pass at once.
PRACTISES, FAILS = 0.5, 0.25
STRAYS = 0.35  # do not see the right way through a lab at once
FURTHER = 0.4  # of those who have the time do what nobody asks of them
# How a step is left in its middle.
LEFT = {What.READ: (What.GLANCE,), What.WORK: (What.LEAVE,)}
QUIET = frozenset({Kind.QUICK, Kind.GUESSING})
KEEN = frozenset({Kind.QUICK, Kind.STEADY})
BEFORE_A_QUIZ = frozenset({Kind.NEAR, Kind.STUCK, Kind.GUESSING})


def _acts(kind: Kind, seen: Window, course: Course, rng: Random) -> Iterator[Act]:
    steps = [step for chapter in course for step in _steps(chapter)]
    reach = _reach(kind, seen, steps, rng)
    more = {chapter.quiz: chapter.more for chapter in course}
    for what, key in steps[:reach]:
        yield from (Act(each, key) for each in _tries(what, kind, rng))
        yield Act(what, key)
        if what == What.SUCCEED:
            yield from _further(more[key], kind, rng)
    if reach >= len(steps):
        return
    what, key = steps[reach]
    if what == What.SUCCEED:
        yield from (Act(each, key) for each in _troubles(kind, rng))
    elif kind in {Kind.STEADY, Kind.LATE, Kind.GONE}:
        yield from (Act(left, key) for left in LEFT.get(what, ()))


def _further(labs: Sequence[str], kind: Kind, rng: Random) -> Iterator[Act]:
    """What some do once a module is behind; not always the right way at once."""
    for key in labs:
        if kind in KEEN and rng.random() < FURTHER:
            yield from (Act(each, key) for each in _tries(What.WORK, kind, rng))
            yield Act(What.WORK, key)


def _tries(what: What, kind: Kind, rng: Random) -> Iterator[What]:
    """What comes before a step is passed."""
    if what == What.SUCCEED and kind not in QUIET:
        if rng.random() < PRACTISES:
            yield What.PRACTICE
        if rng.random() < FAILS:
            yield What.FAIL
    if what == What.WORK and rng.random() < STRAYS:
        yield What.STRAY


def _steps(chapter: Chapter) -> Iterator[Act]:
    yield from (Act(What.READ, lesson) for lesson in chapter.lessons)
    if chapter.lab:
        yield Act(What.WORK, chapter.lab)
    if chapter.quiz:
        yield Act(What.SUCCEED, chapter.quiz)


def _troubles(kind: Kind, rng: Random) -> tuple[What, ...]:
    if kind == Kind.STUCK:
        many = (What.PRACTICE, *[What.FAIL] * rng.randint(4, 5))
        return rng.choice(((What.HURDLE,), (What.HURDLE, What.FAIL, What.FAIL), many))
    if kind == Kind.GUESSING:
        return (What.GUESS,) * rng.randint(1, 2)
    return ()


def _reach(kind: Kind, seen: Window, steps: Sequence[Act], rng: Random) -> int:
    """How many steps are behind."""
    every = len(steps)
    wanted = round(every * min(1, _share(kind, seen.share, rng)))
    quizzes = [at for at, step in enumerate(steps) if step.what == What.SUCCEED]
    if kind not in BEFORE_A_QUIZ or not quizzes:
        return wanted + (wanted in quizzes)  # few stop at the foot of the last step
    return max((at for at in quizzes if at <= wanted), default=quizzes[0])


def _share(kind: Kind, share: float, rng: Random) -> float:
    """How much of the course somebody has done when this share of its time is over."""
    match kind:
        case Kind.NEVER:
            return 0
        case Kind.GONE:
            return rng.uniform(0.04, 0.08)
        case Kind.STOPPED:
            return rng.uniform(0.3, 0.6) * share
        case Kind.LATE:
            return 1 if share == 1 else rng.uniform(0.3, 0.55) * share
        case Kind.QUICK:
            return 2 * share + 0.2
        case _:
            return 1 if share == 1 else rng.uniform(0.85, 1.1) * share


def _days(kind: Kind, seen: Window, count: int, rng: Random) -> list[date]:
    """The days of so many visits, or of fewer when there are not as many days."""
    late = rng.randint(3, 9) if kind == Kind.LATE else 0
    first = min(seen.begins + timedelta(days=late), seen.yesterday)
    last = max(first, min(_last(kind, seen, rng), seen.yesterday))
    gap = (last - first) / max(1, count - 1)
    wanted = [last, *(first + at * gap for at in range(count - 1))]
    return sorted({_open(day, first, rng) for day in wanted})


def _last(kind: Kind, seen: Window, rng: Random) -> date:
    end = min(seen.ends, seen.yesterday)
    match kind:
        case Kind.GONE:
            return seen.begins
        case Kind.STOPPED:
            return seen.begins + timedelta(days=0.3 * seen.days)
        case Kind.QUICK:
            return seen.begins + timedelta(days=0.4 * seen.days)
        case Kind.LATE if seen.over:
            return end + timedelta(days=rng.randint(1, 9))
        case _:
            return end - timedelta(days=rng.randint(0, 4))


def _open(day: date, first: date, rng: Random) -> date:
    """Nobody learns on a Sunday, unless it is the first moment there is."""
    back = timedelta(days=rng.randint(1, 2))
    return max(first, day - back) if day.weekday() == SUNDAY else day


def _at(day: date, seen: Window, moment: time, rng: Random) -> datetime:
    begins = MORNING if day == seen.begins else moment
    late = timedelta(minutes=rng.randint(0, 40), seconds=rng.randint(0, 59))
    return datetime.combine(day, begins) + late
