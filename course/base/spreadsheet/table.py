"""What was read of a spreadsheet: lines of texts, as numbered by who wrote it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MOST_LINES, MOST_COLUMNS = 2_000, 50
# Nobody's name is as long; what is longer is cut, and still too long.
LONGEST_CELL = 500
# Control and direction marks, and marks of no width: seen by nobody.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)


class UnreadableSheetError(Exception):
    """Nothing can be read of it; the code names the sentence that says why."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, str | int] = values


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with the number that its writer's program shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What its reader had better know; the code names the sentence."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


@dataclass(frozen=True, slots=True)
class Table:
    """The lines that hold something; the first of them is usually the header."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...] = ()


def tidy(text: str) -> str:
    """The text as it looks: no invisible sign, single spaces, accents in one piece."""
    seen = INVISIBLE.sub("", text[:LONGEST_CELL])
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def lines_of(rows: Iterable[tuple[int, Iterable[str]]]) -> Iterator[Line]:
    """Lines that hold something, without the empty cells at their ends.

    Raises UnreadableSheetError as soon as there are too many lines or columns.
    """
    found = 0
    for number, row in rows:
        whole = list(row)
        if any(tidy(cell) for cell in whole[MOST_COLUMNS:]):
            raise UnreadableSheetError("sheet.too-wide", most=MOST_COLUMNS, line=number)
        cells = [tidy(cell) for cell in whole[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        found += 1
        # The header is no line of theirs.
        if found > MOST_LINES + 1:
            raise UnreadableSheetError("sheet.too-long", most=MOST_LINES)
        yield Line(number, tuple(cells))
