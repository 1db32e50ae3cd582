"""Every file of lessons/ and quizzes/ is right."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from course.domain.issue import Issue, Margin
from course.domain.library import Library
from course.domain.manuscript import Line, lines_of
from course.domain.reading import read
from course.domain.sheet import Sheet
from course.domain.source.body import sections_of
from course.domain.source.questions import heading_of, read_question, sheet_of

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)
QUESTION = re.compile(r"## (?P<words>.+)")


def shipped() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): (
            path.read_text(encoding="utf-8") if path.suffix == ".md" else ""
        )
        for folder in ("lessons", "quizzes")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }


FILES = shipped()
LIBRARY, ISSUES = read(FILES, TODAY)


def said(issue: Issue) -> str:
    return f"{issue.path}:{issue.line}: {issue.code} {dict(issue.values)}"


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".md")])
def test_a_file_can_be_published(path: str) -> None:
    found = [issue for issue in ISSUES if issue.path == path]
    for issue in found:
        print(said(issue))  # noqa: T201  # the warnings, listed by `pytest -rP`

    assert [said(issue) for issue in found if issue.fatal] == []


@pytest.mark.parametrize("parcel", LIBRARY.parcels(), ids=lambda one: one.key)
def test_a_parcel_gives_its_item_back(parcel) -> None:
    alone, issues = read(parcel.source, TODAY, whole=False)

    assert [said(issue) for issue in issues if issue.fatal] == []
    again = {(each.kind, each.key): each.digest for each in alone.parcels()}
    assert again[parcel.kind, parcel.key] == parcel.digest


def examples(readme: str) -> Iterator[tuple[Line, ...]]:
    """The fenced ```markdown blocks of a manual."""
    block: list[Line] | None = None
    for line in lines_of((ROOT / readme).read_text(encoding="utf-8")):
        if line.text.strip() == "```markdown":
            block = []
        elif line.text.strip() == "```" and block is not None:
            yield tuple(block)
            block = None
        elif block is not None:
            block.append(line)


def asked() -> Iterator[Sheet]:
    """The questions that the manuals show."""
    for lines in examples("quizzes/README.md"):
        found = QUESTION.fullmatch(lines[0].text) if lines else None
        if found:
            margin = Margin("quizzes/README.md")
            head = heading_of(found["words"], lines[0].number, margin)
            yield sheet_of(head, lines[1:], lines[0].number, "fr", margin)
    for lines in examples("lessons/README.md"):
        margin = Margin("lessons/README.md")
        for section in sections_of(lines, margin):
            if section.word == "try":
                head = heading_of(section.rest, section.line, margin)
                yield sheet_of(head, section.lines, section.line, "fr", margin)


ASKED = list(asked())


@pytest.mark.parametrize("sheet", ASKED, ids=lambda one: f"{one.name}-{one.line}")
def test_an_example_of_a_manual_is_a_question(sheet: Sheet) -> None:
    question = read_question({"fr": sheet})

    assert [said(issue) for issue in sheet.margin.issues if issue.fatal] == []
    assert question


def test_the_manual_shows_every_kind_in_both_languages() -> None:
    shown = [sheet for sheet in ASKED if sheet.margin.path == "quizzes/README.md"]
    kinds = [getattr(read_question({"fr": sheet}), "kind", "") for sheet in shown]

    for kind in ("choice", "number", "text", "order", "match", "sort"):
        assert kinds.count(kind) >= 2, kind


def test_the_manual_shows_a_try_in_both_languages() -> None:
    names = [one.name for one in ASKED if one.margin.path == "lessons/README.md"]

    assert len(names) >= 2


def test_what_was_published_reads_the_same_without_being_checked_again() -> None:
    library, issues = read(FILES, TODAY, whole=False, published=True)

    assert library.modules == LIBRARY.modules
    assert library.lessons == LIBRARY.lessons
    assert library.glossary == LIBRARY.glossary
    assert questions_of(library) == questions_of(LIBRARY)
    assert [said(issue) for issue in issues if issue.fatal] == []


def questions_of(library: Library) -> list[object]:
    """All the questions, comparable."""
    return [[one.model_dump() for one in quiz.questions] for quiz in library.quizzes]
