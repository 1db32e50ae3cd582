# pyright: standard
"""Rows written as a spreadsheet: no text of theirs ever becomes a formula.

A view sends them so, in the reader's language and at the local hour:

    columns = [Column(_("Name"), 28), Column(_("Read"), 10), Column(_("Seen"), 18)]
    rows = [("Marie Dupont", Share(0.8), clock.now())]
    data = write_csv(columns, rows, language=language(), zone=get_timezone())
    data = write_xlsx(_("Progress"), columns, rows, language=…, zone=…)
    return download(data, "groupe.csv")
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from io import BytesIO, StringIO
from math import isfinite
from typing import Any

from flask import Response, make_response

from course.base import clock

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SEPARATORS, DECIMALS = {"fr": ";"}, {"fr": ","}
DAYS = {"fr": "dd/mm/yyyy"}
# What spreadsheets take for the beginning of a formula, full-width signs included.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# Signs that XML cannot hold, and halves of a sign.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT, LONGEST_TITLE = 32_767, 31
# A number of more digits would lose the last ones: it is written as a text.
EXACT = 10**15


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, from 0 to 1: shown as a percentage."""

    value: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """A length of time."""

    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above a column, and how many signs wide it is shown."""

    label: str
    width: int = 16


# None is an empty cell; an instant must be aware.
Cell = str | int | float | date | datetime | Share | Minutes | None
Rows = Iterable[Sequence[Cell]]


def write_csv(
    columns: Sequence[Column], rows: Rows, *, language: str, zone: tzinfo
) -> bytes:
    """A CSV that the spreadsheets of this language open by a double click.

    In French: semicolons and decimal commas. Days and hours are written 2026-11-23
    10:42, which all of them understand; a text that looks like a formula is held back
    by an apostrophe, a negative number is a number.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=SEPARATORS.get(language, ","))
    writer.writerow([_safe(column.label) for column in columns])
    decimal = DECIMALS.get(language, ".")
    writer.writerows([_written(cell, decimal, zone) for cell in row] for row in rows)
    # Without the mark in front, accents would be read as another encoding's.
    return file.getvalue().encode("utf-8-sig")


def _written(cell: Cell, decimal: str, zone: tzinfo) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _safe(cell)
    if isinstance(cell, datetime):
        return f"{_local(cell, zone):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Minutes):
        return str(cell.count)
    percent = isinstance(cell, Share)
    number = cell.value * 100 if percent else cell
    return _digits(number).replace(".", decimal) + ("%" if percent else "")


def _digits(number: float) -> str:
    if not isfinite(number):
        return ""
    whole = round(float(number), 6)
    return str(int(whole)) if whole.is_integer() else f"{whole:f}".rstrip("0")


def _safe(text: str) -> str:
    """A text that no spreadsheet computes."""
    text = _writable(text)
    return f"'{text}" if FORMULA.match(text) else text


def _writable(text: str) -> str:
    return UNWRITABLE.sub("", text.replace("\r", "\n"))[:LONGEST_TEXT]


def _local(instant: datetime, zone: tzinfo) -> datetime:
    """The hour that people saw on the wall; spreadsheets know no zones."""
    return instant.astimezone(zone).replace(tzinfo=None)


def write_xlsx(
    title: str, columns: Sequence[Column], rows: Rows, *, language: str, zone: tzinfo
) -> bytes:
    """A workbook of one sheet: typed cells, a first line that stays, a filter."""
    import xlsxwriter

    file = BytesIO()
    # In memory, row after row: nothing is left on the disk.
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": clock.now().replace(tzinfo=None)})
    sheet = book.add_worksheet(_sheet_name(title))
    day = DAYS.get(language, "yyyy-mm-dd")
    formats = {
        name: book.add_format(given)
        for name, given in (
            ("head", {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            ("day", {"num_format": day, "align": "left"}),
            ("instant", {"num_format": f"{day} hh:mm", "align": "left"}),
            ("share", {"num_format": "0%"}),
            ("minutes", {"num_format": '0 "min"'}),
        )
    }
    last = 0
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, _writable(column.label), formats["head"])
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _put(sheet, (last, place), cell, zone, formats)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return file.getvalue()


def _put(
    sheet: Any, at: tuple[int, int], cell: Cell, zone: tzinfo, formats: dict[str, Any]
) -> None:
    """One cell as what it is: never guessed from how it looks."""
    if isinstance(cell, str):
        sheet.write_string(*at, _writable(cell))
    elif isinstance(cell, datetime):
        sheet.write_datetime(*at, _local(cell, zone), formats["instant"])
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, formats["day"])
    elif isinstance(cell, Share):
        sheet.write_number(*at, cell.value, formats["share"])
    elif isinstance(cell, Minutes):
        sheet.write_number(*at, cell.count, formats["minutes"])
    elif cell is not None:
        _put_number(sheet, at, cell)


def _put_number(sheet: Any, at: tuple[int, int], number: float) -> None:
    if not isfinite(number):
        return
    if abs(number) < EXACT:
        sheet.write_number(*at, number)
    else:
        sheet.write_string(*at, _digits(number))


def _sheet_name(title: str) -> str:
    """The title without what spreadsheets refuse in the name of a sheet."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", _writable(title))
    plain = re.sub(r"\s+", " ", plain)[:LONGEST_TITLE].strip(" '")
    # Excel keeps this name for itself.
    return f"{plain}." if plain.casefold() in {"", "history"} else plain


def download(data: bytes, name: str) -> Response:
    """An answer that the browser keeps as a file; its ending says what it is."""
    response = make_response(data)
    response.headers["Content-Type"] = TYPES[name.rpartition(".")[2]]
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
