"""The body of a lesson, cut at its marks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from course.domain.issue import Margin
from course.domain.manuscript import Line, fenced
from course.domain.profile import Position, Trade

MARK = re.compile(r"\s*:{3,}\s*(?P<word>[^\s:]*)\s*(?P<rest>.*)")
WORDS = ("trade", "for", "story", "memo", "try")
FEW = re.compile(rf"\s*::?\s*(?P<word>{'|'.join(WORDS)})\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """Some lines of a lesson and the mark that they stand under, if any."""

    line: int
    word: str = ""
    rest: str = ""
    lines: tuple[Line, ...] = ()
    trades: frozenset[Trade] = frozenset()
    positions: frozenset[Position] = frozenset()

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return all(line.blank for line in self.lines)


class _Body:
    """Reads the lines of a lesson one after the other."""

    def __init__(self, margin: Margin) -> None:
        self.margin = margin
        self.done: list[Section] = []
        self.opened: Section | None = None
        self.held: list[Line] = []

    def close(self) -> None:
        """End the section that is being read."""
        lines = tuple(self.held)
        start = lines[0].number if lines else 0
        section = replace(self.opened or Section(start), lines=lines)
        if section.word or not section.blank:
            self.done.append(section)
        self.opened, self.held = None, []

    def turn(self, line: int, word: str, rest: str) -> None:
        """Deal with a line that is a mark."""
        was = self.opened
        self.close()
        if not word and not was:
            self.margin.fatal("lesson.closes-nothing", line)
        if word and was:
            self.margin.fatal("lesson.nested", line, mark=word, first=was.line)
        if word and word not in WORDS:
            known = ", ".join(WORDS)
            self.margin.fatal("lesson.unknown-mark", line, mark=word, known=known)
        if word:
            self.opened = self._open(Section(line, word, rest))

    def _open(self, section: Section) -> Section:
        names = [name for name in re.split(r"[\s,;]+", section.rest.casefold()) if name]
        if section.word == "trade":
            found = self._known(section.line, names, [trade.value for trade in Trade])
            return replace(section, trades=frozenset(map(Trade, found)))
        if section.word == "for":
            known = [position.value for position in Position]
            found = self._known(section.line, names, known)
            return replace(section, positions=frozenset(map(Position, found)))
        return section

    def _known(self, line: int, names: list[str], known: list[str]) -> list[str]:
        """The names that mean somebody; the others are noted."""
        strange = [name for name in names if name not in known] or (
            [] if names else [""]
        )
        for name in strange:
            self.margin.fatal(
                "lesson.unknown-readers", line, name=name, known=", ".join(known)
            )
        return [name for name in names if name in known]


def sections_of(lines: tuple[Line, ...], margin: Margin) -> list[Section]:
    """Cut a lesson at its marks, noting those never closed or opened twice."""
    hidden = fenced(lines, margin)
    body = _Body(margin)
    for line in lines:
        found = None if line.number in hidden else MARK.fullmatch(line.text)
        if found:
            body.turn(line.number, found["word"].casefold(), found["rest"].strip())
        else:
            body.held.append(line)
            few = FEW.fullmatch(line.text)
            if few:
                margin.fatal("lesson.few-colons", line.number, mark=few["word"])
    if body.opened:
        margin.fatal("lesson.unclosed", body.opened.line, mark=body.opened.word)
    body.close()
    _check_trades(body.done, margin)
    return body.done


def _check_trades(sections: Iterable[Section], margin: Margin) -> None:
    """Trades go together, one section after the other, and each has its own."""
    run: list[Section] = []
    for section in (*sections, Section(0)):
        if section.word == "trade":
            run.append(section)
        elif run:
            _check_run(run, margin)
            run = []


def _check_run(run: list[Section], margin: Margin) -> None:
    seen: set[Trade] = set()
    for section in run:
        for trade in sorted(section.trades & seen):
            margin.warn("lesson.trade-twice", section.line, trade=trade)
        seen |= section.trades
    missing = [trade.value for trade in Trade if trade not in seen]
    if missing:
        margin.warn("lesson.trades-missing", run[0].line, trades=", ".join(missing))
