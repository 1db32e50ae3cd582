"""Reading: files of authors, made a Library and a list of Issues."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from course.domain.issue import Issue
from course.domain.lesson import Lesson
from course.domain.library import Library
from course.domain.source.neighbours import check_neighbours, check_terms
from course.domain.source.parcels import sources_of, tables_of
from course.domain.source.place import Kind
from course.domain.source.shelf import Reading, Shelf, shelved

Item = TypeVar("Item")
Sources = Mapping[tuple[str, str], Mapping[str, str]]


def read(
    files: Mapping[str, str],
    today: date,
    *,
    whole: bool = True,
    published: bool = False,
) -> tuple[Library, list[Issue]]:
    """Read what authors wrote; never fails, whatever they wrote.

    What has a fatal Issue is left out of the Library. Without `whole`, the files
    are a part of a course, and what they point to may be elsewhere. What was
    `published` was checked then: its prose is not weighed again, which takes half of
    the time, and no later rule takes it away. The Library has no sources then.
    """
    shelf = shelved(files, today, published=published)
    if not published:
        check_terms(shelf)
    if whole:
        check_neighbours(shelf)
    sources = {} if published else dict(_sources(shelf))
    return _library(shelf, sources), _issues(shelf)


def _issues(shelf: Shelf) -> list[Issue]:
    """The issues in the order of the files; one said twice is said once."""
    issues: list[Issue] = []
    for margin in shelf.margins.values():
        for issue in sorted(margin.issues, key=lambda issue: (issue.line, issue.code)):
            if issue not in issues[-8:]:
                issues.append(issue)
    return issues


def _sound(readings: Iterable[Reading[Item]]) -> tuple[Item, ...]:
    found = (reading.sound for reading in readings)
    return tuple(item for item in found if item is not None)


def _library(shelf: Shelf, sources: Sources) -> Library:
    """What is sound, in order."""
    ranks = {
        module.book.key: module.book.place.rank for module in shelf.modules.values()
    }

    def order(lesson: Lesson) -> tuple[int, str, int]:
        return ranks.get(lesson.module, len(ranks)), lesson.module, lesson.place

    lessons = tuple(sorted(_sound(shelf.lessons.values()), key=order))
    modules = tuple(
        replace(module, lessons=tuple(e for e in lessons if e.module == module.key))
        for module in _sound(shelf.modules.values())
    )
    return Library(
        modules=modules,
        lessons=lessons,
        quizzes=_sound(shelf.quizzes.values()),
        labs=_sound(shelf.labs.values()),
        glossary=tuple(shelf.tables.glossary.values()),
        facts=tuple(shelf.tables.facts.values()),
        trades=shelf.tables.trades,
        sources=sources,
    )


def _sources(shelf: Shelf) -> Iterable[tuple[tuple[str, str], Mapping[str, str]]]:
    for kind in (Kind.FACTS, Kind.TRADES, Kind.SUMS, Kind.GLOSSARY):
        tables = tables_of(kind, shelf)
        if tables:
            yield (kind.value, kind.value), tables
    kinds = (
        (Kind.MODULE, shelf.modules),
        (Kind.LESSON, shelf.lessons),
        (Kind.LAB, shelf.labs),
        (Kind.QUIZ, shelf.quizzes),
    )
    for kind, readings in kinds:
        for key, reading in readings.items():
            if reading.sound:
                yield (kind.value, key), sources_of(reading.book, shelf)
