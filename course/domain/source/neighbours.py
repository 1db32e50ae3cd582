"""Neighbours: whether what files say of each other is true."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from course.domain.lab import Lab
from course.domain.lesson import Lesson, Module
from course.domain.quiz import Quiz
from course.domain.source.book import Book
from course.domain.source.place import Kind
from course.domain.source.prose import Link
from course.domain.source.shelf import Reading, Shelf

KINDS = {"quiz": Kind.QUIZ, "lesson": Kind.LESSON, "lab": Kind.LAB}

Item = TypeVar("Item")


def _links(shelf: Shelf) -> Iterator[Link]:
    yield from shelf.tables.links
    for book in shelf.books:
        yield from book.links


def check_terms(shelf: Shelf) -> None:
    """The words that are linked to are in the glossary."""
    for link in _links(shelf):
        if link.scheme == "term" and link.target not in shelf.tables.glossary:
            margin = shelf.margins[link.path]
            margin.fatal("link.unknown-term", link.line, target=link.target)


def check_neighbours(shelf: Shelf) -> None:
    """Links, pictures, objectives and minutes agree from one file to the other."""
    for link in _links(shelf):
        _check_link(link, shelf)
    _each(shelf.modules, _check_module, shelf)
    _each(shelf.lessons, _check_lesson, shelf)
    _each(shelf.labs, _check_lab, shelf)
    _each(shelf.quizzes, _check_quiz, shelf)


def _each(
    readings: Mapping[str, Reading[Item]],
    check: Callable[[Book, Item, Shelf], None],
    shelf: Shelf,
) -> None:
    """Check each item that could be read."""
    for reading in readings.values():
        if reading.item:
            check(reading.book, reading.item, shelf)


def _check_link(link: Link, shelf: Shelf) -> None:
    if link.scheme == "image":
        _check_picture(link, shelf)
    elif link.scheme in KINDS:
        _check_target(link, shelf)


def _check_picture(link: Link, shelf: Shelf) -> None:
    if link.picture not in shelf.files:
        margin = shelf.margins[link.path]
        margin.fatal("picture.missing", link.line, target=link.target)


def _check_target(link: Link, shelf: Shelf) -> None:
    margin = shelf.margins[link.path]
    key, _, anchor = link.target.partition("#")
    if key not in shelf.keys(KINDS[link.scheme]):
        margin.fatal(f"link.unknown-{link.scheme}", link.line, target=key)
    elif link.scheme == "lesson" and anchor:
        known = shelf.lessons[key].book.anchors
        if anchor not in known:
            margin.fatal(
                "link.unknown-anchor",
                link.line,
                target=key,
                anchor=anchor,
                known=", ".join(sorted(known)),
            )


def _check_module(book: Book, module: Module, shelf: Shelf) -> None:
    margin, header = book.first.margin, book.first.header
    lessons = [
        reading.item
        for reading in shelf.lessons.values()
        if reading.item and reading.item.module == module.key
    ]
    parts = sum(lesson.minutes for lesson in lessons)
    quiz = shelf.quizzes.get(module.quiz or "")
    if quiz and quiz.item:
        parts += quiz.item.minutes or 0
    lab = shelf.labs.get(module.lab or "")
    if lab and lab.item:
        parts += lab.item.minutes
    if parts > module.minutes:
        line = header.line("minutes")
        margin.fatal("module.too-short", line, minutes=module.minutes, parts=parts)
    if module.quiz and not quiz:
        margin.fatal("link.unknown-quiz", header.line("quiz"), target=module.quiz)
    _check_labs(book, module, shelf)


def _check_labs(book: Book, module: Module, shelf: Shelf) -> None:
    """The labs that a module names are in its folder, and each is named once."""
    margin, header = book.first.margin, book.first.header
    named = [("lab", module.lab)] if module.lab else []
    named += [("more", name) for name in module.more]
    for key, name in named:
        lab = shelf.labs.get(name)
        if not lab or lab.book.place.module != module.key:
            margin.fatal("module.no-such-lab", header.line(key), name=name)
    if module.lab in module.more:
        margin.fatal("module.lab-twice", header.line("more"), name=module.lab)


def _check_lesson(book: Book, lesson: Lesson, shelf: Shelf) -> None:
    header = book.first.header
    if lesson.module not in shelf.modules:
        book.first.margin.warn("file.no-module", 1, module=lesson.module)
    for name in _unknown_aims(lesson.module, lesson.aims, shelf):
        line = header.line("aims")
        book.first.margin.fatal("aim.unknown", line, name=name, module=lesson.module)


def _check_lab(book: Book, lab: Lab, shelf: Shelf) -> None:
    margin, header = book.first.margin, book.first.header
    module = shelf.modules.get(lab.module)
    if module is None:
        margin.warn("file.no-module", 1, module=lab.module)
    elif module.item and lab.key not in (module.item.lab, *module.item.more):
        margin.warn("lab.not-named", 1, name=lab.key, module=lab.module)
    for name in _unknown_aims(lab.module, lab.aims, shelf):
        line = header.line("aims")
        margin.fatal("aim.unknown", line, name=name, module=lab.module)


def _check_quiz(book: Book, quiz: Quiz, shelf: Shelf) -> None:
    margin, header = book.first.margin, book.first.header
    if quiz.module and quiz.module not in shelf.keys(Kind.MODULE):
        line = header.line("module")
        margin.fatal("link.unknown-module", line, target=quiz.module)
    for question in quiz.questions if quiz.module else ():
        aims = (question.aim,) if question.aim else ()
        for name in _unknown_aims(quiz.module or "", aims, shelf):
            line = book.lines.get(question.id, 1)
            margin.fatal("aim.unknown", line, name=name, module=quiz.module or "")


def _unknown_aims(module: str, aims: Iterable[str], shelf: Shelf) -> Iterator[str]:
    """The names that are no objective of a module that could be read."""
    reading = shelf.modules.get(module)
    if reading and reading.item:
        known = {objective.name for objective in reading.item.objectives}
        yield from (name for name in aims if name not in known)
