"""Shelf: every file of the course, opened and read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from course.domain.issue import Margin
from course.domain.lab import Lab
from course.domain.lesson import Lesson, Module
from course.domain.quiz import Quiz
from course.domain.source.book import Book, opened
from course.domain.source.labs import read_lab
from course.domain.source.lessons import read_lesson
from course.domain.source.modules import read_module
from course.domain.source.place import Kind, Place, grouped, place_of
from course.domain.source.quizzes import read_quiz
from course.domain.source.tables import Tables, read_tables

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Item]):
    """An item, if it could be read, and its files."""

    book: Book
    item: Item | None

    @property
    def sound(self) -> Item | None:
        """The item, unless something keeps it from being published."""
        return None if self.book.spoilt else self.item


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that was read, before what is wrong is left out."""

    files: Mapping[str, str]
    places: tuple[Place, ...]
    margins: Mapping[str, Margin]
    tables: Tables
    modules: Mapping[str, Reading[Module]]
    lessons: Mapping[str, Reading[Lesson]]
    labs: Mapping[str, Reading[Lab]]
    quizzes: Mapping[str, Reading[Quiz]]

    @property
    def books(self) -> Iterator[Book]:
        """The files of each item."""
        for readings in (self.modules, self.lessons, self.labs, self.quizzes):
            yield from (reading.book for reading in readings.values())

    def keys(self, kind: Kind) -> frozenset[str]:
        """The keys that files give, whether they could be read or not."""
        return frozenset(place.key for place in self.places if place.kind is kind)


def shelved(files: Mapping[str, str], today: date, *, published: bool = False) -> Shelf:
    """Read every file that has a place in the course."""
    margins = {path: Margin(path) for path in sorted(files)}
    found = (place_of(path, margin) for path, margin in margins.items())
    places = tuple(place for place in found if place)
    _check_places(places, margins)
    tables = read_tables(places, files, margins, today)

    def readings(
        kind: Kind, read: Callable[[Book], Item | None]
    ) -> dict[str, Reading[Item]]:
        books = {
            key: opened(languages, files, margins, tables, published=published)
            for key, languages in grouped(places, kind).items()
        }
        return {key: Reading(book, read(book)) for key, book in books.items()}

    return Shelf(
        files=files,
        places=places,
        margins=margins,
        tables=tables,
        modules=readings(Kind.MODULE, read_module),
        lessons=readings(Kind.LESSON, read_lesson),
        labs=readings(Kind.LAB, read_lab),
        quizzes=readings(Kind.QUIZ, read_quiz),
    )


def _check_places(places: Iterable[Place], margins: Mapping[str, Margin]) -> None:
    """A key and a place belong to one item only."""
    keys: dict[tuple[str, ...], Place] = {}
    ranks: dict[tuple[str | int, ...], Place] = {}
    for place in places:
        if place.kind not in (Kind.MODULE, Kind.LESSON, Kind.LAB):
            continue
        margin = margins[place.path]
        first = keys.setdefault((place.kind, place.key, place.language), place)
        if first is not place:
            margin.fatal("file.same-key", 1, key=place.key, first=first.path)
        if place.kind is Kind.LAB:
            continue
        scope = place.module if place.kind is Kind.LESSON else ""
        first = ranks.setdefault((place.kind, scope, place.rank), place)
        if first.key != place.key:
            margin.fatal("file.same-place", 1, place=place.rank, first=first.path)
