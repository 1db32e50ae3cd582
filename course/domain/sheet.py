"""Sheet: one question as it is written, cut into ask, answers and explanation."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from course.domain.issue import Margin
from course.domain.manuscript import Line, fenced, joined
from course.domain.table import cells_of
from course.domain.text import Text


class Shape(StrEnum):
    """What a line of an answer looks like."""

    BOX = "box"
    EQUALS = "equals"
    GROUP = "group"
    BULLET = "bullet"
    ROW = "row"
    STEP = "step"


TICKS = frozenset("xX×✓✔☑хХ")
DIFFERENT = frozenset(("≠", "!=", "=/="))
LOOKS = {
    Shape.BOX: re.compile(
        r"\s*(?:[-*+–—•]\s*\[\s*(?P<mark>[^\]\s]{0,3})\s*\]"
        r"|\[\s*(?P<bare>[xX×✓✔☑хХ]?)\s*\])(?!\()\s*(?P<text>.*)"
    ),
    Shape.EQUALS: re.compile(r"\s*(?P<mark>≠|!=|=/=|=(?![=>]))\s*(?P<text>.*)"),
    Shape.GROUP: re.compile(r"\s*#{3}(?!#)\s*(?P<text>.*?)[\s#]*"),
    Shape.BULLET: re.compile(r"\s*(?:[-–—•*+]\s+|[-–—•](?=[^\s\d–—-]))(?P<text>.*)"),
    Shape.ROW: re.compile(r"\s*(?P<text>\|.*)"),
    Shape.STEP: re.compile(r"\s*[0-9]{1,3}[.)](?:\s+|(?=[^\s\d]))(?P<text>.*)"),
}
# A list or a table may belong to the ask when a stronger shape follows.
STRONG = (Shape.BOX, Shape.EQUALS, Shape.GROUP)
REASON = re.compile(r"\s+>\s?(?P<text>.*)")
WHY = re.compile(r">\s?(?P<text>.*)")
HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s.*|)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an answer: a choice, a value, a row, with its reason."""

    shape: Shape
    line: int
    mark: str
    text: str
    reason: str = ""

    @property
    def ticked(self) -> bool:
        """Whether its box is ticked."""
        return self.mark in TICKS

    @property
    def different(self) -> bool:
        """Whether it is an expected wrong answer."""
        return self.mark in DIFFERENT

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row."""
        return cells_of(self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question in one language, as its author wrote it."""

    margin: Margin
    language: str
    line: int
    name: str
    ask: str
    entries: tuple[Entry, ...] = ()
    why: str = ""
    why_line: int = 0
    points: float = 1
    marks: Mapping[str, str] = field(default_factory=dict[str, str])
    lines: tuple[Line, ...] = ()

    def text(self, words: str) -> Text:
        """Words in the language of the sheet."""
        return Text({self.language: words})

    def reason(self, entry: Entry) -> Text | None:
        """Why an answer is right or wrong, if the author says so."""
        return self.text(entry.reason) if entry.reason else None

    def of(self, shape: Shape) -> tuple[Entry, ...]:
        """The lines of the answer that look so."""
        return tuple(entry for entry in self.entries if entry.shape is shape)


def look(line: str, shapes: Iterable[Shape]) -> tuple[Shape, re.Match[str]] | None:
    """The first of these shapes that the line has."""
    for shape in shapes:
        found = LOOKS[shape].fullmatch(line)
        if found:
            return shape, found
    return None


def _shapes(lines: Iterable[Line], hidden: frozenset[int]) -> tuple[Shape, ...]:
    """The shapes of the answer: the strong ones, else a table, else steps."""
    seen: set[Shape] = set()
    for line in lines:
        if line.number not in hidden:
            found = look(line.text, (*STRONG, Shape.ROW, Shape.STEP))
            seen |= {found[0]} if found else set()
    strong = tuple(shape for shape in STRONG if shape in seen)
    if Shape.GROUP in strong:
        return (*strong, Shape.BULLET)
    weak = tuple(shape for shape in (Shape.ROW, Shape.STEP) if shape in seen)
    return strong or weak[:1]


class _Cutter:
    """Reads the lines of an answer one after the other."""

    def __init__(self, shapes: tuple[Shape, ...], margin: Margin) -> None:
        self.shapes = shapes
        self.margin = margin
        self.entries: list[Entry] = []
        self.why: list[Line] = []
        self.after_blank = True

    def read(self, line: Line) -> None:
        """Give a line its place, or note that it has none."""
        if line.blank:
            self.after_blank = True
            if self.why:
                self.why.append(line)
            return
        if not (self._entry(line) or self._quote(line) or self._more(line)):
            self.margin.fatal(
                "question.stray-line", line.number, text=line.text.strip()
            )
        self.after_blank = False

    def _entry(self, line: Line) -> bool:
        found = look(line.text, self.shapes)
        if not found:
            return False
        if self.why:
            first = self.why[0].number
            self.margin.fatal("question.reason-not-indented", first)
            self.why = []
        shape, match = found
        parts = match.groupdict()
        mark = parts.get("mark") or parts.get("bare") or ""
        self.entries.append(Entry(shape, line.number, mark, parts["text"].strip()))
        return True

    def _quote(self, line: Line) -> bool:
        reason = REASON.fullmatch(line.text)
        if reason and not self.why:
            return self._extend(reason=reason["text"])
        why = WHY.fullmatch(line.text.lstrip())
        if why:
            self.why.append(Line(line.number, why["text"]))
        return bool(why)

    def _more(self, line: Line) -> bool:
        """A line that goes on with what was being said just before."""
        if self.after_blank:
            return False
        if self.why:
            self.why.append(Line(line.number, line.text.strip()))
            return True
        indented = line.text.startswith(" ")
        if not indented or not self.entries:
            return False
        if self.entries[-1].reason:
            return self._extend(reason=line.text)
        return self._extend(text=line.text)

    def _extend(self, *, text: str = "", reason: str = "") -> bool:
        last = self.entries[-1]
        self.entries[-1] = replace(
            last,
            text=f"{last.text} {text.strip()}".strip(),
            reason=f"{last.reason} {reason.strip()}".strip(),
        )
        return last.shape is not Shape.GROUP


def cut(
    lines: tuple[Line, ...], *, name: str, line: int, language: str, margin: Margin
) -> Sheet:
    """Cut the lines of a question, noting those that have no place in it."""
    hidden = fenced(lines, margin)
    shapes = _shapes(lines, hidden)
    # A plain list before the first group belongs to the ask.
    first = tuple(shape for shape in shapes if shape is not Shape.BULLET)
    starts = [
        at
        for at, each in enumerate(lines)
        if each.number not in hidden and look(each.text, first)
    ]
    start = starts[0] if starts else len(lines)
    for each in lines[:start]:
        if each.number not in hidden and HEADING.fullmatch(each.text):
            margin.fatal("question.heading", each.number, text=each.text.strip())
    cutter = _Cutter(shapes, margin)
    for each in lines[start:]:
        cutter.read(each)
    ask = joined(lines[:start])
    if not ask:
        margin.fatal("question.no-ask", line, name=name)
    return Sheet(
        margin=margin,
        language=language,
        line=line,
        name=name,
        ask=ask,
        entries=tuple(cutter.entries),
        why=joined(cutter.why),
        why_line=cutter.why[0].number if cutter.why else 0,
        lines=lines,
    )
