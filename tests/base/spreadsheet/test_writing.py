"""Writing what people take away: typed cells, no formula made of a text."""

import subprocess
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.base.spreadsheet.reading import read
from course.base.spreadsheet.table import LONGEST_CELL, tidy
from course.base.spreadsheet.writing import (
    Column,
    Minutes,
    Share,
    download,
    write_csv,
    write_xlsx,
)

PARIS = ZoneInfo("Europe/Paris")
SEEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
COLUMNS = [Column("Nom", 30), Column("Part")]
ROW = [
    *("Zoé", None, -3.5, 12, 10**20, float("nan")),
    *(Share(0.07), Share(0.425), Minutes(12), SEEN, date(2026, 1, 2)),
]
FORMULAS = ["=1+1", "+33 6", "-x", "@a", "\tx", "\rx", "\nx", "＝1"]


def csv_of(rows, language="fr", columns=()):
    data = write_csv(columns, rows, language=language, zone=PARIS)
    return data.decode("utf-8-sig").split("\r\n")[1:-1]


def sheet_of(rows, title="Suivi", columns=(), language="fr"):
    data = write_xlsx(title, columns, rows, language=language, zone=PARIS)
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def test_a_french_csv_has_semicolons_and_decimal_commas():
    [line] = csv_of([ROW])

    begins = "Zoé;;-3,5;12;100000000000000000000;"
    assert line == begins + ";7%;42,5%;12;2026-11-23 10:30;2026-01-02"


def test_an_english_csv_has_commas_and_decimal_points():
    [line] = csv_of([ROW], "en")

    begins = "Zoé,,-3.5,12,100000000000000000000,"
    assert line == begins + ",7%,42.5%,12,2026-11-23 10:30,2026-01-02"


def test_a_csv_begins_with_the_mark_of_its_encoding():
    data = write_csv(COLUMNS, [], language="fr", zone=PARIS)

    assert data == b"\xef\xbb\xbfNom;Part\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_csv_is_a_formula(text):
    assert csv_of([[text, -1]])[0].lstrip('"').startswith("'")
    header = write_csv([Column(text)], [], language="fr", zone=PARIS)
    assert header.decode("utf-8-sig").lstrip('"').startswith("'")


@pytest.mark.parametrize("text", [*FORMULAS, "https://a.b", "12", "{=A1}"])
def test_a_text_of_a_workbook_stays_a_text(text):
    cell = sheet_of([[text]])["A2"]

    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert cell.hyperlink is None


def test_a_workbook_holds_typed_cells():
    sheet = sheet_of([ROW], columns=COLUMNS)

    found = [(cell.value, cell.number_format) for cell in sheet[2]]
    assert found == [
        ("Zoé", "General"),
        (None, "General"),
        (-3.5, "General"),
        (12, "General"),
        ("100000000000000000000", "General"),
        (None, "General"),
        (0.07, "0%"),
        (0.425, "0%"),
        (12, '0 "min"'),
        (datetime.fromisoformat("2026-11-23T10:30"), "dd/mm/yyyy hh:mm"),
        (datetime.fromisoformat("2026-01-02"), "dd/mm/yyyy"),
    ]


def test_days_are_written_so_that_no_english_reader_takes_months_for_days():
    sheet = sheet_of([[date(2026, 1, 2)]], language="en")

    assert sheet["A2"].number_format == "yyyy-mm-dd"


def test_the_header_stays_and_filters():
    sheet = sheet_of([["a", 1], ["b", 2]], columns=COLUMNS)

    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Boulangers [nov.] : a/b", "Boulangers nov. a b"),
        ("'" + "x" * 40, "x" * 30),
        ("", "."),
        ("History", "History."),
    ],
)
def test_any_title_names_the_sheet(title, name):
    assert sheet_of([], title).title == name


def test_signs_that_no_spreadsheet_holds_are_left_out():
    text = "a\x00\x0b\ud800b" + "c" * 40_000

    assert csv_of([[text]])[0][:3] == "abc"
    assert sheet_of([[text]])["A2"].value[:3] == "abc"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("été.csv", "text/csv; charset=utf-8"), ("a.xlsx", "application/vnd.openxml")],
)
def test_a_download_is_kept_as_a_file(app, name, kind):
    with app.test_request_context():
        answer = download(b"x", name)

    assert answer.headers["Content-Type"].startswith(kind)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")


def test_a_server_that_starts_loads_no_library_of_spreadsheets():
    heavy = {"openpyxl", "xlsxwriter", "defusedxml"}
    code = f"import sys, course.app; print({heavy} & sys.modules.keys())"

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert done.stdout == "set()\n"


# ---- Properties

TEXTS = st.text(max_size=40).map(tidy)
CELLS = TEXTS | st.integers(-(10**9), 10**9)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=8)


def as_read(row, *, safe):
    """What reading gives of a row: its cells as typed, without the last empty ones."""
    texts = [safe(cell) if isinstance(cell, str) else str(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def held_back(text):
    return f"'{text}" if text[:1] in tuple("=+-@＝＋－＠") and text else text


def shape(data):
    lines = read(data).lines
    return [line.cells[0] for line in lines[:1]], [list(one.cells) for one in lines[1:]]


@settings(max_examples=80, deadline=None)
@given(ROWS, st.sampled_from(["fr", "en"]))
def test_a_csv_that_was_written_reads_the_same(rows, language):
    columns = [Column(f"c{place}") for place in range(7)]
    whole = [[*row, *[None] * (7 - len(row))] for row in rows]

    data = write_csv(columns, whole, language=language, zone=UTC)

    expected = [as_read(row, safe=held_back) for row in rows]
    assert shape(data) == (["c0"], [row for row in expected if row])


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_a_workbook_that_was_written_reads_the_same(rows):
    data = write_xlsx("x", [Column("c0")], rows, language="fr", zone=UTC)

    expected = [as_read(row, safe=lambda text: text[:LONGEST_CELL]) for row in rows]
    assert shape(data) == (["c0"], [row for row in expected if row])
