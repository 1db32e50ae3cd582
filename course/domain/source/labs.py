"""A lab: one file per language, made one Lab."""

from collections.abc import Mapping
from typing import Any

from course.domain.lab import Lab, Words
from course.domain.manuscript import Line, Manuscript, joined
from course.domain.simulators import SIMULATORS
from course.domain.simulators.base import Simulator
from course.domain.source.book import Book, agree
from course.domain.source.desks import read_desk
from course.domain.source.goals import Reader, consequence, goal, task
from course.domain.source.parts import Part, parts_of
from course.domain.source.playing import check_runs, plain
from course.domain.source.prose import check_prose
from course.domain.source.records import read_samples
from course.domain.source.twins import by_name
from course.domain.text import Text

KEYS = ("minutes", "pass", "aims", "desk")
SECTIONS = ("sheet", "tasks", "start", "goals", "consequences", "runs")
NEEDED = ("tasks", "start", "goals")

Sections = Mapping[str, Part]


def read_lab(book: Book) -> Lab | None:
    """The lab that these files say, or nothing when one of them is wrong.

    It is played too, unless it was published: then it has been.
    """
    for manuscript in book.manuscripts.values():
        manuscript.header.allow(KEYS, required=KEYS)
    agree(book, KEYS)
    stories: dict[str, tuple[Line, ...]] = {}
    sections: dict[str, Sections] = {}
    for language, manuscript in book.manuscripts.items():
        stories[language], sections[language] = _sections(book, manuscript)
    kinds = _kinds(book)
    desk = read_desk(book, kinds, sections)
    words = _words(book, stories, sections)
    for name in ("start", "runs"):
        section = sections[book.first.language].get(name)
        book.lines[name] = section.line if section else 1
    runs = sections[book.first.language].get("runs")
    samples = read_samples(runs, kinds, book.first.margin) if runs else ()
    if book.spoilt or desk is None or words is None:
        return None
    header = book.first.header
    lab = Lab(
        key=book.key,
        title=Text({said: each.title for said, each in book.manuscripts.items()}),
        module=book.place.module,
        minutes=header.number("minutes", 1, 60) or 0,
        words=words,
        desk=desk,
        pass_mark=header.number("pass", 1) or 0,
        aims=header.names("aims"),
        samples=samples,
        terms=book.terms,
        trade_words=book.trade_words,
    )
    if not book.published and not book.spoilt:
        _check(book, lab)
    return None if book.spoilt else lab


def _check(book: Book, lab: Lab) -> None:
    header = book.first.header
    if lab.pass_mark > lab.out_of:
        header.margin.fatal(
            "lab.pass",
            header.line("pass"),
            wanted=plain(lab.pass_mark),
            found=plain(lab.out_of),
        )
    check_runs(book, lab)


def _sections(
    book: Book, manuscript: Manuscript
) -> tuple[tuple[Line, ...], dict[str, Part]]:
    """The story of a file and its parts by name."""
    margin = manuscript.margin
    story, parts = parts_of(manuscript.lines, 2)
    found: dict[str, Part] = {}
    for part in parts:
        name = part.words.casefold()
        if name not in SECTIONS:
            known = ", ".join(SECTIONS)
            margin.fatal("lab.unknown-section", part.line, name=name, known=known)
        elif name in found:
            first = found[name].line
            margin.fatal("lab.second-section", part.line, name=name, first=first)
        found.setdefault(name, part)
    if not joined(story):
        margin.fatal("lab.no-story", manuscript.title_line)
    for name in NEEDED:
        if name not in found:
            margin.fatal("lab.no-section", manuscript.title_line, name=name)
    if manuscript is not book.first and "runs" in found:
        margin.fatal("lab.runs-twice", found["runs"].line, other=book.first.path)
    return story, found


def _kinds(book: Book) -> dict[str, type[Simulator]]:
    """The simulators of the desk, in the author's order."""
    header = book.first.header
    line = header.line("desk")
    names = tuple(dict.fromkeys(header.names("desk")))
    for name in names:
        if name not in SIMULATORS:
            known = ", ".join(SIMULATORS)
            header.margin.fatal("lab.unknown-simulator", line, name=name, known=known)
    kinds = {name: SIMULATORS[name] for name in names if name in SIMULATORS}
    for name, kind in kinds.items():
        for needed in kind.needs:
            if needed not in kinds:
                header.margin.fatal("lab.needs", line, name=name, needed=needed)
    # What comes below is not wrong because a name on the desk is.
    return kinds if len(kinds) == len(names) else dict(SIMULATORS)


def _words(
    book: Book,
    stories: Mapping[str, tuple[Line, ...]],
    sections: Mapping[str, Sections],
) -> Words | None:
    """All that a lab says, in every language."""
    sheets = {said: own["sheet"] for said, own in sections.items() if "sheet" in own}
    _check_prose(book, stories, sheets)
    readers = {
        said: Reader(book, book.manuscripts[said], own)
        for said, own in sections.items()
    }
    tasks = _alike(book, sections, "tasks", {s: r.tasks() for s, r in readers.items()})
    goals = _alike(book, sections, "goals", {s: r.goals() for s, r in readers.items()})
    turns = _alike(
        book, sections, "consequences", {s: r.turns() for s, r in readers.items()}
    )
    if book.spoilt:
        return None
    sheet = {said: joined(part.lines) for said, part in sheets.items()}
    return Words(
        story=Text({said: joined(story) for said, story in stories.items()}),
        sheet=Text(sheet) if sheet else None,
        tasks=tuple(map(task, tasks.values())),
        goals=tuple(map(goal, goals.values())),
        consequences=tuple(map(consequence, turns.values())),
    )


def _alike(
    book: Book,
    sections: Mapping[str, Sections],
    section: str,
    found: Mapping[str, Mapping[str, Any]],
) -> Mapping[str, Any]:
    """What both languages say, made one; a part that lacks is noted elsewhere."""
    if section in NEEDED:
        found = {
            said: each for said, each in found.items() if section in sections[said]
        }
    margins = {said: each.margin for said, each in book.manuscripts.items()}
    lines = {
        said: own[section].line if section in own else 1
        for said, own in sections.items()
    }
    return by_name(found, margins, lines)


def _check_prose(
    book: Book,
    stories: Mapping[str, tuple[Line, ...]],
    sheets: Mapping[str, Part],
) -> None:
    first = book.first
    for said, each in book.manuscripts.items():
        sheet = sheets[said].lines if said in sheets else ()
        if (said in sheets) != (first.language in sheets):
            each.margin.fatal("twin.missing-part", each.title_line, name="sheet")
        if book.published:
            continue
        for lines in (stories[said], sheet):
            words = (lines, said, book.trade_words, each.margin)
            book.links.extend(check_prose(*words))
