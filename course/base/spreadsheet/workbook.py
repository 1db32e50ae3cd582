# pyright: standard
"""Workbooks (.xlsx): the first sheet that holds something, read without trusting it."""

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice, zip_longest
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from course.base.spreadsheet.table import (
    MOST_COLUMNS,
    Line,
    Note,
    Table,
    UnreadableSheetError,
    lines_of,
)

# Two thousand lines of twenty columns need two of these; parsing them all takes a
# second or two, which is what a forged file may cost.
MOST_UNPACKED, MOST_PARTS = 4 * 1024 * 1024, 500
WAYS = {ZIP_STORED, ZIP_DEFLATED}
# Some programs write a line, the very last one, that holds nothing.
LAST_LINE, MOST_SHEETS = 100_000, 8
# Whatever a damaged or forged file makes of the library.
BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, BadZipFile, EOFError),
    *(LookupError, MemoryError, OSError, RuntimeError, SyntaxError, TypeError),
    *(ValueError, zlib.error),
)
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


def read_workbook(data: bytes) -> Table:
    """The table of a workbook; raises UnreadableSheetError and nothing else."""
    try:
        return _read(_unpacked(data))
    except BROKEN:
        raise UnreadableSheetError("sheet.broken") from None


def _unpacked(data: bytes) -> bytes:
    """The same workbook, each part as long as it says, and packed no more.

    The sizes may lie. The library asks for whole parts, and a part that is asked for
    whole is unpacked whole, before it is cut to what it said.
    """
    stored = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(stored, "w") as unpacked:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
            raise UnreadableSheetError("sheet.too-heavy")
        # No spreadsheet packs otherwise, and nothing else can be unpacked by pieces.
        if any(part.compress_type not in WAYS for part in parts):
            raise UnreadableSheetError("sheet.broken")
        for name, part in {part.filename: part for part in parts}.items():
            with archive.open(part) as stream:
                unpacked.writestr(ZipInfo(name), stream.read(part.file_size))
    return stored.getvalue()


def _read(data: bytes) -> Table:
    book = _opened(data, data_only=True)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = iter(visible[:MOST_SHEETS])
    for sheet in sheets:
        lines = tuple(lines_of(_rows(sheet)))
        if lines:
            break
    else:
        raise UnreadableSheetError("sheet.empty")
    notes = []
    if any(next(_rows(other), None) for other in sheets):
        notes.append(Note("sheet.several", {"name": sheet.title}))
    raw = _raw(book, sheet)
    if MERGED.search(raw):
        notes.append(Note("sheet.merged"))
    if not FORMULA.search(raw):
        return Table(lines, tuple(notes))
    formulas = _formulas(data, book.worksheets.index(sheet))
    if set(formulas) - {line.number for line in lines}:
        notes.append(Note("sheet.formulas"))
    return Table(tuple(lines_of(_filled(lines, formulas))), tuple(notes))


def _opened(data: bytes, *, data_only: bool) -> Any:
    import openpyxl

    # It tells the log of every ornament that it leaves aside.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    return openpyxl.load_workbook(
        BytesIO(data), read_only=True, data_only=data_only, keep_links=False
    )


def _raw(book: Any, sheet: Any) -> bytes:
    # Reading line by line, the library forgets merged cells.
    return book._archive.read(sheet._worksheet_path)  # noqa: SLF001


def _rows(sheet: Any) -> Iterator[tuple[int, Iterable[str]]]:
    # What a sheet says of its size may be wrong.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    for number, row in enumerate(islice(rows, LAST_LINE), start=1):
        if row.count(None) < len(row):
            yield number, map(_text, row)


def _formulas(data: bytes, place: int) -> dict[int, list[str]]:
    """Each line that has formulas: their texts, nothing in the other cells."""
    sheet = _opened(data, data_only=False).worksheets[place]
    found = {}
    for number, row in _rows(sheet):
        written = [text if text.startswith("=") else "" for text in row]
        if any(written):
            found[number] = written
    return found


def _filled(
    lines: tuple[Line, ...], formulas: dict[int, list[str]]
) -> Iterator[tuple[int, Iterable[str]]]:
    """The same lines; a formula that was never computed stands as it is written."""
    for number, cells in ((line.number, line.cells) for line in lines):
        written = formulas.get(number, [])
        pairs = zip_longest(cells, written, fillvalue="")
        yield number, [computed or formula for computed, formula in pairs]


def _text(value: Any) -> str:
    """A value as one would type it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time):
        return value.isoformat()
    # An array's formula carries its text beside its extent.
    return str(getattr(value, "text", value))
