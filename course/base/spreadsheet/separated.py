"""Texts whose cells are separated: CSV files, and cells pasted from a spreadsheet."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from course.base.spreadsheet.table import (
    MOST_LINES,
    Line,
    Note,
    Table,
    UnreadableSheetError,
    lines_of,
)

SEPARATORS = ";\t,"
# How many lines tell which separator it is.
SAMPLE = 30
MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# A first line that some spreadsheets write and none shows.
ANNOUNCED = {f"sep={sign}": sign for sign in SEPARATORS}


def read_bytes(data: bytes) -> Table:
    """The table of a CSV file, whatever its encoding and its separator."""
    text, notes = _decoded(data)
    return Table(_lines(text), notes)


def read_text(text: str) -> Table:
    """The table of what was pasted."""
    return Table(_lines(text))


def as_text(lines: tuple[Line, ...]) -> str:
    """Lines as they are pasted, each in its place unless the last is too far."""
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    near = not lines or lines[-1].number <= 2 * MOST_LINES
    written = 0
    for line in lines:
        if near:
            file.write("\n" * (line.number - written - 1))
        writer.writerow(line.cells)
        written = line.number
    return file.getvalue()


def _decoded(data: bytes) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in MARKED.items():
        if data.startswith(mark):
            return _as(data, encoding), ()
    # UTF-16 without its mark: every other byte of plain letters is a zero.
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if data[first::2].count(0) > len(data) / 4:
            return _as(data, encoding), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _as(data, "windows-1252"), (Note("sheet.old-encoding"),)


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSheetError("sheet.unknown") from None


def _lines(text: str) -> tuple[Line, ...]:
    if "\0" in text:
        raise UnreadableSheetError("sheet.unknown")
    first, _end, rest = text.partition("\n")
    announced = ANNOUNCED.get(first.strip().casefold())
    if announced:
        text = rest
    separator = announced or _separator(text)
    _check_quotes(text, separator)
    lines = tuple(lines_of(enumerate(_rows(text, separator), start=1)))
    if not lines:
        raise UnreadableSheetError("sheet.empty")
    return lines


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        yield from rows
    except csv.Error:  # a cell longer than any cell
        raise UnreadableSheetError("sheet.unknown") from None


def _separator(text: str) -> str:
    """The sign that cuts most lines into as many cells as the first line."""
    return max(SEPARATORS, key=lambda sign: _agreement(text, sign))


def _agreement(text: str, separator: str) -> tuple[int, int]:
    rows = (row for row in _rows(text, separator) if any(row))
    sizes = [len(row) for row in islice(rows, SAMPLE)]
    if not sizes or max(sizes) == 1:
        return (0, 0)
    usual = max(set(sizes) - {1}, key=sizes.count)
    return (sizes.count(usual), usual)


def _check_quotes(text: str, separator: str) -> None:
    """Refuse a quote that is never closed: all that follows would be one cell."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for _row in rows:
            number += 1
    except csv.Error as error:
        if "end of data" in str(error):
            raise UnreadableSheetError("sheet.open-quote", line=number + 1) from None
