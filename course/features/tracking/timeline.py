"""What somebody did, day by day and visit by visit: put together from deeds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from course.features.lab.queries import Acted
from course.features.progress.models import Event
from course.features.progress.services import STILL_HERE
from course.features.quiz.queries import Answered


class Mark(NamedTuple):
    """Something that was done: a deed of the ledger, an answer, an act on a desk."""

    at: datetime
    seconds: int
    event: Event | None
    thing: tuple[str, str] = ("", "")  # kind, key: the quiz answered, the lab worked at


@dataclass(slots=True)
class Visit:
    """Deeds that follow each other closely."""

    begins: datetime
    ends: datetime
    seconds: int = 0
    marks: list[Mark] = field(default_factory=list[Mark])

    def add(self, mark: Mark) -> None:
        """One thing more."""
        self.ends = mark.at
        self.seconds += mark.seconds
        self.marks.append(mark)


def visits_of(
    events: Iterable[Event],
    answers: Iterable[Answered],
    acts: Iterable[Acted],
    day_of: Callable[[datetime], date],
) -> list[tuple[date, list[Visit]]]:
    """Each day, the newest first, with its visits in the order they were made."""
    marks = [Mark(event.at, event.seconds, event) for event in events]
    marks += [Mark(one.at, one.seconds, None, ("quiz", one.quiz)) for one in answers]
    marks += [Mark(one.at, one.seconds, None, ("lab", one.lab)) for one in acts]
    days: dict[date, list[Visit]] = {}
    for visit in _visits(sorted(marks, key=lambda mark: mark.at), day_of):
        days.setdefault(day_of(visit.begins), []).append(visit)
    return list(reversed(days.items()))


def _visits(
    marks: Iterable[Mark], day_of: Callable[[datetime], date]
) -> Iterator[Visit]:
    visit: Visit | None = None
    for mark in marks:
        if visit is None or _far(visit, mark, day_of):
            if visit is not None:
                yield visit
            visit = Visit(mark.at, mark.at)
        visit.add(mark)
    if visit is not None:
        yield visit


def _far(visit: Visit, mark: Mark, day_of: Callable[[datetime], date]) -> bool:
    """Whether somebody had left in between; midnight ends a visit too."""
    away = mark.at - visit.ends > STILL_HERE
    return away or day_of(mark.at) != day_of(visit.begins)
