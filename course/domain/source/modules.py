"""A module: one file per language, made one Module."""

import re
from dataclasses import dataclass, field

from course.domain.issue import Margin
from course.domain.lesson import Module, Objective
from course.domain.manuscript import Line, Manuscript, is_name, joined, name_like
from course.domain.source.book import Book, agree, no_trade
from course.domain.source.prose import check_prose
from course.domain.text import Text

KEYS = ("minutes", "icon", "ink", "digcomp", "crcn", "quiz", "lab", "more")
HEADING = re.compile(r"\s{0,3}##(?!#)\s*(?P<name>.*?)[\s#]*")
OBJECTIVE = re.compile(r"\s*[-*+•–]\s*(?P<name>[^:]*?)\s*:\s*(?P<text>.*)")
REFERENCE = r"[0-9]+(?:\.[0-9]+)*"
SHORTEST = 12


@dataclass(slots=True)
class _Written:
    """What one file says, apart from its header."""

    promise: list[Line] = field(default_factory=list[Line])
    short: list[Line] = field(default_factory=list[Line])
    objectives: list[Line] = field(default_factory=list[Line])


def read_module(book: Book) -> Module | None:
    """The module that these files say, or nothing when one of them is wrong."""
    for manuscript in book.manuscripts.values():
        manuscript.header.allow(KEYS, required=("minutes",))
    agree(book, KEYS)
    written = {said: _written(each) for said, each in book.manuscripts.items()}
    for language, each in written.items():
        _check(book, language, each)
    header = book.first.header
    module = Module(
        key=book.key,
        place=book.place.rank,
        minutes=header.number("minutes", 1) or 0,
        title=Text({said: each.title for said, each in book.manuscripts.items()}),
        promise=Text({said: joined(each.promise) for said, each in written.items()}),
        short=Text({said: _short(each) for said, each in written.items()}),
        icon=header.name("icon") or "",
        ink=header.name("ink") or "",
        objectives=_objectives(book, written),
        digcomp=header.names("digcomp", REFERENCE),
        crcn=header.names("crcn", REFERENCE),
        quiz=header.name("quiz"),
        lab=header.name("lab"),
        more=header.names("more"),
    )
    return None if book.spoilt else module


def _written(manuscript: Manuscript) -> _Written:
    """Cut a file at its `##` headings."""
    written = _Written()
    parts = {"short": written.short, "objectives": written.objectives}
    lines: list[Line] = written.promise
    for line in manuscript.lines:
        found = HEADING.fullmatch(line.text)
        if not found:
            lines.append(line)
            continue
        name = found["name"].casefold()
        lines = parts.get(name, [])
        if name not in parts:
            manuscript.margin.fatal(
                "module.unknown-section",
                line.number,
                name=found["name"],
                known=", ".join(parts),
            )
    return written


def _short(written: _Written) -> str:
    return " ".join(joined(written.short).split())


def _check(book: Book, language: str, written: _Written) -> None:
    manuscript = book.manuscripts[language]
    margin, line = manuscript.margin, manuscript.title_line
    short = _short(written)
    if not joined(written.promise):
        margin.fatal("module.no-promise", line)
    if not short:
        margin.fatal("module.no-short", line)
    elif len(short) > SHORTEST:
        at = next(each.number for each in written.short if not each.blank)
        margin.fatal("module.long-short", at, text=short, most=SHORTEST)
    no_trade((*written.promise, *written.short, *written.objectives), margin)
    book.links.extend(check_prose(tuple(written.promise), language, {}, margin))


def _objectives(book: Book, written: dict[str, _Written]) -> tuple[Objective, ...]:
    """The objectives in the order of the first file, in every language."""
    found: dict[str, dict[str, str]] = {}
    for language, each in written.items():
        margin = book.manuscripts[language].margin
        for line in each.objectives:
            pair = _objective(line, margin)
            if pair and language in found.get(pair[0], {}):
                margin.fatal("module.same-objective", line.number, name=pair[0])
            if pair:
                found.setdefault(pair[0], {})[language] = pair[1]
                sentence = (Line(line.number, pair[1]),)
                book.links.extend(check_prose(sentence, language, {}, margin))
    for name, texts in found.items():
        for language in written.keys() - texts.keys():
            margin = book.manuscripts[language].margin
            margin.fatal("twin.missing-objective", 1, name=name)
    if not found:
        book.first.margin.fatal("module.no-objective", book.first.title_line)
    return tuple(Objective(name, Text(texts)) for name, texts in found.items())


def _objective(line: Line, margin: Margin) -> tuple[str, str] | None:
    found = OBJECTIVE.fullmatch(line.text)
    if line.blank:
        return None
    if not found or not found["text"]:
        margin.fatal("module.bad-objective", line.number, text=line.text.strip())
        return None
    name = found["name"]
    if not is_name(name):
        margin.fatal("module.bad-name", line.number, name=name, nearest=name_like(name))
        return None
    return name, found["text"]
