"""A quiz: one file per language, made one Quiz."""

import re
from collections.abc import Mapping

from course.domain.issue import Margin
from course.domain.manuscript import Header, Line, Manuscript, fenced
from course.domain.questions.base import Question
from course.domain.quiz import Quiz
from course.domain.sheet import Sheet
from course.domain.source.book import Book, agree
from course.domain.source.prose import check_question
from course.domain.source.questions import heading_of, read_question, sheet_of
from course.domain.text import Text
from course.domain.visibility import Mode

KEYS = ("module", "mode", "pass", "draw", "minutes")
DRAW_MARK = re.compile(r"draw-(?P<mark>[a-z0-9-]+)")
SECTION = re.compile(r"\s{0,3}##(?!#)\s*(?P<words>.*)")
PASS_MARK = 70


def read_quiz(book: Book) -> Quiz | None:
    """The quiz that these files say, or nothing when one of them is wrong."""
    for manuscript in book.manuscripts.values():
        _check_header(manuscript.header)
    agree(book, (*KEYS, *_draw_keys(book.first.header)))
    sheets = {
        language: _sheets(manuscript)
        for language, manuscript in book.manuscripts.items()
    }
    questions = _questions(book, sheets)
    header = book.first.header
    draw = header.number("draw", 1)
    draw_marks = {
        DRAW_MARK.sub(r"\g<mark>", key): header.number(key, 1) or 0
        for key in _draw_keys(header)
    }
    quiz = Quiz(
        key=book.key,
        title=Text({said: each.title for said, each in book.manuscripts.items()}),
        questions=tuple(questions),
        module=header.name("module"),
        mode=_mode(header),
        pass_mark=_pass_mark(header),
        draw=draw,
        draw_marks=draw_marks,
        minutes=header.number("minutes", 1),
        terms=book.terms,
        trade_words=book.trade_words,
    )
    if not book.spoilt:
        _check_draw(quiz, header)
    return None if book.spoilt else quiz


def _draw_keys(header: Header) -> tuple[str, ...]:
    return tuple(key for key in header.pairs if DRAW_MARK.fullmatch(key))


def _check_header(header: Header) -> None:
    header.allow((*KEYS, *_draw_keys(header)))


def _mode(header: Header) -> Mode:
    written = header.pairs.get("mode", Mode.CHECK.value)
    mode = next((mode for mode in Mode if mode == written.casefold()), None)
    if mode is None:
        header.margin.fatal(
            "header.bad-value",
            header.line("mode"),
            key="mode",
            value=written,
            wanted=", ".join(Mode),
        )
    return mode or Mode.CHECK


def _pass_mark(header: Header) -> int:
    found = header.number("pass", 0, 100)
    return PASS_MARK if found is None else found


def _sheets(manuscript: Manuscript) -> dict[str, Sheet]:
    """The sections of a file by name; what stands before the first is noted."""
    margin = manuscript.margin
    hidden = fenced(manuscript.lines, Margin(""))
    sheets: dict[str, Sheet] = {}
    section: list[Line] = []
    before: list[Line] = []
    for line in manuscript.lines:
        if line.number not in hidden and SECTION.fullmatch(line.text):
            _close(section, manuscript, sheets)
            section = [line]
        else:
            (section or before).append(line)
    _close(section, manuscript, sheets)
    lost = next((line for line in before if not line.blank), None)
    if lost:
        margin.fatal("quiz.text-before", lost.number, text=lost.text.strip())
    if not sheets:
        margin.fatal("quiz.no-question", manuscript.title_line)
    return sheets


def _close(
    section: list[Line], manuscript: Manuscript, sheets: dict[str, Sheet]
) -> None:
    """Cut the section that ends here."""
    if not section:
        return
    first, *rest = section
    margin = manuscript.margin
    found = SECTION.fullmatch(first.text)
    heading = heading_of(found["words"] if found else "", first.number, margin)
    if heading.name in sheets:
        earlier = sheets[heading.name].line
        margin.fatal(
            "question.duplicate-name", first.number, name=heading.name, first=earlier
        )
        return
    sheets[heading.name] = sheet_of(
        heading, tuple(rest), first.number, manuscript.language, margin
    )


def _questions(book: Book, sheets: Mapping[str, Mapping[str, Sheet]]) -> list[Question]:
    names = list(dict.fromkeys(name for each in sheets.values() for name in each))
    questions: list[Question] = []
    for name in names:
        found = {said: each[name] for said, each in sheets.items() if name in each}
        for language in sheets.keys() - found.keys():
            margin = book.manuscripts[language].margin
            margin.fatal("twin.missing-question", 1, name=name)
        book.lines[name] = next(iter(found.values())).line
        for sheet in found.values():
            _check_why(sheet)
            words = (sheet.lines, sheet.language, book.trade_words, sheet.margin)
            if not book.published:
                book.links.extend(check_question(*words))
        question = read_question(found)
        if question:
            questions.append(question)
    return questions


def _check_why(sheet: Sheet) -> None:
    """A wrong answer should lead to a paragraph to read again."""
    if "opinion" in sheet.marks:
        return
    if not sheet.why:
        sheet.margin.warn("question.no-why", sheet.line, name=sheet.name)
    elif "](lesson:" not in sheet.why:
        sheet.margin.warn("question.no-see", sheet.why_line, name=sheet.name)


def _check_draw(quiz: Quiz, header: Header) -> None:
    """There are enough questions to draw."""
    pool = len(quiz.pool)
    if quiz.draw and quiz.draw > pool:
        header.margin.fatal("quiz.draw", header.line("draw"), draw=quiz.draw, pool=pool)
    wanted = quiz.draw or pool
    for mark, least in quiz.draw_marks.items():
        have = sum(mark in question.marks for question in quiz.pool)
        if least > min(have, wanted):
            key = f"draw-{mark}"
            header.margin.fatal(
                "quiz.draw-mark", header.line(key), mark=mark, draw=least, pool=have
            )
