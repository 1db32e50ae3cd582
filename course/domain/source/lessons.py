"""A lesson: one file per language, made one Lesson."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from course.base import markdown
from course.domain.issue import Margin
from course.domain.lesson import (
    Block,
    ForTrade,
    Lesson,
    Memo,
    Passage,
    Prose,
    Story,
    Try,
)
from course.domain.manuscript import Line, joined, name_like
from course.domain.profile import Position, Trade
from course.domain.questions.base import Question
from course.domain.sheet import Sheet
from course.domain.source.body import Section, sections_of
from course.domain.source.book import Book, agree
from course.domain.source.prose import check_prose, check_question, length, spans_of
from course.domain.source.questions import heading_of, read_question, sheet_of
from course.domain.text import Text

KEYS = ("minutes", "aims", "was")
ITEM = re.compile(r"\s{0,3}(?:[0-9]{1,3}[.)]|[-*+•–])\s+(?P<text>.*)")
WORDS_A_MINUTE = 120
WORDS_A_TRY = 60

Written = Mapping[str, list[Section]]


def read_lesson(book: Book) -> Lesson | None:
    """The lesson that these files say, or nothing when one of them is wrong."""
    for manuscript in book.manuscripts.values():
        manuscript.header.allow(KEYS, required=("minutes", "aims"))
    agree(book, KEYS)
    written = {
        language: sections_of(each.lines, each.margin)
        for language, each in book.manuscripts.items()
    }
    if not book.published:
        _check(book, written)
    tries = _tries(book, written)
    header = book.first.header
    lesson = Lesson(
        key=book.key,
        module=book.place.module,
        place=book.place.rank,
        title=Text({said: each.title for said, each in book.manuscripts.items()}),
        passages={
            language: tuple(
                _passages(sections, tries, book.manuscripts[language].margin)
            )
            for language, sections in written.items()
        },
        minutes=header.number("minutes", 1, 60) or 0,
        aims=header.names("aims"),
        was=header.names("was"),
        terms=book.terms,
        trade_words=book.trade_words,
    )
    for language, sections in written.items() if not book.published else ():
        _check_length(book, language, sections, lesson.minutes)
    return None if book.spoilt else lesson


def _check(book: Book, written: Written) -> None:
    anchors: dict[str, dict[str, int]] = {}
    for language, sections in written.items():
        margin = book.manuscripts[language].margin
        for section in sections:
            check = check_question if section.word == "try" else check_prose
            book.links.extend(check(section.lines, language, book.trade_words, margin))
        anchors[language] = _anchors(sections, margin)
        book.anchors.update(anchors[language])
        if not sections:
            margin.fatal("lesson.empty", book.manuscripts[language].title_line)
    _same_anchors(book, anchors)
    _same_sections(book, written)


def _anchors(sections: Iterable[Section], margin: Margin) -> dict[str, int]:
    """The anchors of a lesson and their lines; odd headings are noted."""
    anchors: dict[str, int] = {}
    level = 1
    for section in sections:
        headings = [pair for pair in spans_of(section.lines) if pair[1].heading]
        for line, span in headings if section.word != "try" else []:
            if span.heading > level + 1:
                margin.fatal("lesson.heading-skipped", line, text=span.text)
            level = span.heading
            if span.anchor is None and level == 2:  # noqa: PLR2004  # a `##` heading
                margin.warn("lesson.no-anchor", line, text=span.text)
            _check_anchor(span.anchor, line, anchors, margin)
    return anchors


def _check_anchor(
    anchor: str | None, line: int, anchors: dict[str, int], margin: Margin
) -> None:
    if anchor is None:
        return
    if not markdown.ANCHOR_NAME.fullmatch(anchor):
        margin.fatal(
            "lesson.bad-anchor", line, anchor=anchor, nearest=name_like(anchor)
        )
    elif anchor in anchors:
        margin.fatal(
            "lesson.duplicate-anchor", line, anchor=anchor, first=anchors[anchor]
        )
    anchors.setdefault(anchor, line)


def _same_anchors(book: Book, anchors: Mapping[str, Mapping[str, int]]) -> None:
    first = book.first
    for language, own in list(anchors.items())[1:]:
        margin = book.manuscripts[language].margin
        theirs = anchors[first.language]
        for anchor in theirs.keys() - own.keys():
            margin.fatal("twin.no-anchor", 1, anchor=anchor, other=first.path)
        for anchor in own.keys() - theirs.keys():
            line = own[anchor]
            margin.fatal("twin.more-anchor", line, anchor=anchor, other=first.path)


def _same_sections(book: Book, written: Written) -> None:
    """Both languages have the same marks, for the same readers."""
    first = book.first
    marks = {language: _marks(sections) for language, sections in written.items()}
    for language, own in list(marks.items())[1:]:
        pairs = zip(own, marks[first.language], strict=False)
        for (line, *here), (_, *there) in pairs:
            if here != there:
                book.manuscripts[language].margin.fatal(
                    "twin.sections", line, other=first.path
                )
                break
        else:
            if len(own) != len(marks[first.language]):
                book.manuscripts[language].margin.fatal(
                    "twin.sections", 1, other=first.path
                )


def _marks(sections: Iterable[Section]) -> list[tuple[int, str, list[str]]]:
    return [
        (each.line, each.word, sorted((*each.trades, *each.positions)))
        for each in sections
        if each.word
    ]


def _tries(book: Book, written: Written) -> dict[str, Question]:
    """The questions of a lesson by name, both languages in one."""
    sheets: dict[str, dict[str, Sheet]] = {}
    for language, sections in written.items():
        margin = book.manuscripts[language].margin
        for section in sections:
            if section.word == "try":
                sheet = _sheet(section, language, margin)
                _keep(sheet, sheets.setdefault(sheet.name, {}))
    tries: dict[str, Question] = {}
    for name, found in sheets.items():
        for language in written.keys() - found.keys():
            margin = book.manuscripts[language].margin
            margin.fatal("twin.missing-question", 1, name=name)
        question = read_question(found)
        if question:
            tries[name] = question
    return tries


def _sheet(section: Section, language: str, margin: Margin) -> Sheet:
    heading = heading_of(section.rest, section.line, margin)
    return sheet_of(heading, section.lines, section.line, language, margin)


def _keep(sheet: Sheet, found: dict[str, Sheet]) -> None:
    first = found.setdefault(sheet.language, sheet)
    if first is not sheet:
        sheet.margin.fatal(
            "question.duplicate-name", sheet.line, name=sheet.name, first=first.line
        )


def _passages(
    sections: Sequence[Section], tries: Mapping[str, Question], margin: Margin
) -> Iterable[Passage]:
    memos = [section for section in sections if section.word == "memo"]
    for section in memos[1:]:
        margin.fatal("lesson.second-memo", section.line, first=memos[0].line)
    for section in sections:
        block = _block(section, tries, margin)
        if block:
            yield Passage(block, section.trades, section.positions)


def _block(
    section: Section, tries: Mapping[str, Question], margin: Margin
) -> Block | None:
    text = joined(section.lines)
    if section.blank:
        margin.fatal("lesson.empty-section", section.line, mark=section.word)
    if section.word in ("story", "memo") and not section.rest:
        margin.fatal("lesson.no-title", section.line, mark=section.word)
    match section.word:
        case "trade":
            return ForTrade(text)
        case "story":
            return Story(section.rest, text)
        case "memo":
            return Memo(section.rest, _items(section.lines, margin))
        case "try":
            name = section.rest.partition("{")[0].strip()
            return Try(name, tries[name]) if name in tries else None
        case _:
            return Prose(text)


def _items(lines: Iterable[Line], margin: Margin) -> tuple[str, ...]:
    """The items of a memo card; an indented line goes on with the one above."""
    items: list[str] = []
    for line in lines:
        found = ITEM.fullmatch(line.text)
        if found:
            items.append(found["text"])
        elif line.text.startswith(" ") and items:
            items[-1] = f"{items[-1]} {line.text.strip()}"
        elif not line.blank:
            margin.fatal("lesson.memo-line", line.number, text=line.text.strip())
    return tuple(items)


def _check_length(
    book: Book, language: str, sections: Iterable[Section], minutes: int
) -> None:
    """The longest way through the lesson fits in its minutes."""
    everybody, tries = 0, 0
    trades = dict.fromkeys(Trade, 0)
    positions = dict.fromkeys(Position, 0)
    for section in sections:
        count = length(section.lines, language, book.trade_words)
        if section.word == "try":
            tries += 1
        elif section.word == "trade":
            trades |= {each: trades[each] + count for each in section.trades}
        elif section.word == "for":
            positions |= {each: positions[each] + count for each in section.positions}
        else:
            everybody += count
    words = everybody + max(trades.values()) + max(positions.values())
    needed = ceil((words + tries * WORDS_A_TRY) / WORDS_A_MINUTE)
    header = book.manuscripts[language].header
    if minutes and words + tries * WORDS_A_TRY > minutes * WORDS_A_MINUTE:
        header.margin.fatal(
            "lesson.too-long",
            header.line("minutes"),
            minutes=minutes,
            needed=needed,
            words=words,
            tries=tries,
        )
