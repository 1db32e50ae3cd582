"""Reading what people bring: their CSV, their workbooks, and what is neither."""

import time
import tracemalloc
from contextlib import suppress
from datetime import date, datetime
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from course.base.spreadsheet.reading import MOST_BYTES, read
from course.base.spreadsheet.separated import as_text, read_text
from course.base.spreadsheet.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    Line,
    UnreadableSheetError,
    tidy,
)
from tests.make.spreadsheet import forged, lying, old, packed, saved, workbook

LIST = "Prénom{0}Nom\r\nZoé{0}Durand\r\n"
INSTANT = datetime.fromisoformat("2001-02-03T04:05")
READ = [(1, "Prénom", "Nom"), (2, "Zoé", "Durand")]


def cells(table):
    return [(line.number, *line.cells) for line in table.lines]


def codes(table):
    return [note.code for note in table.notes]


def refused(data):
    with pytest.raises(UnreadableSheetError) as error:
        read(data)
    return error.value.code


# ---- CSV


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_csv_is_read_whatever_wrote_it(separator, encoding):
    table = read(LIST.format(separator).encode(encoding))

    assert cells(table) == READ
    assert codes(table) == (["sheet.old-encoding"] if encoding == "cp1252" else [])


def test_utf_16_is_read_from_its_big_end():
    assert cells(read(b"\xfe\xff" + LIST.format(";").encode("utf-16-be"))) == READ


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nom;Note\nDupont, Marie;a\nMartin, Luc;b", 2),
        ("Nom,Note\nDupont;a,b", 2),
        ("Nom\nMarie Dupont", 1),
        ("SEP=,\nNom,a;b", 2),
        ("a;b\n;\n", 2),
    ],
)
def test_the_separator_is_found(text, found):
    assert len(read(text.encode()).lines[0].cells) == found


def test_lines_bear_the_numbers_that_a_spreadsheet_shows():
    text = 'Prénom;Nom\n\nMarie;"Le\nRoy";;;\n;;\n  \nLuc;Petit'

    assert cells(read(text.encode())) == [
        (1, "Prénom", "Nom"),
        (3, "Marie", "Le Roy"),
        (6, "Luc", "Petit"),
    ]


def test_a_quotation_mark_inside_a_cell_is_a_sign_like_others():
    assert cells(read(b'a;b\nJo "Le Grand";"x" y'))[1] == (2, 'Jo "Le Grand"', "x y")


def test_cells_pasted_from_a_spreadsheet_are_read():
    assert cells(read_text(LIST.format("\t"))) == READ


@pytest.mark.parametrize(
    ("last", "text"),
    [(4, 'Nom\tVille\n\n\n"Jo ""X"""\tPau\n'), (9999, 'Nom\tVille\n"Jo ""X"""\tPau\n')],
)
def test_lines_are_pasted_again_in_their_places(last, text):
    lines = (Line(1, ("Nom", "Ville")), Line(last, ('Jo "X"', "Pau")))

    assert as_text(lines) == text
    assert [line.cells for line in read_text(text).lines] == [
        one.cells for one in lines
    ]
    assert as_text(()) == ""


def test_invisible_signs_are_left_out_and_spaces_are_single():
    name = "  \u200bZo\u0065\u0301\u00a0\u202eLe \u00a0 Roy\ufeff "

    assert tidy(name) == "Zoé Le Roy"
    assert len(tidy("a" * 9999)) == LONGEST_CELL


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet.empty"),
        (b" \n\n;;\n", "sheet.empty"),
        (b'a;b\nc;"d\ne;f', "sheet.open-quote"),
        (b"x" * (MOST_BYTES + 1), "sheet.too-heavy"),
        (b"a\n" * (MOST_LINES + 2), "sheet.too-long"),
        (b";" * MOST_COLUMNS + b"a", "sheet.too-wide"),
        (b"a" * 200_000, "sheet.unknown"),
        (b"a\0b;c", "sheet.unknown"),
        (b"\xff\xfea", "sheet.unknown"),
        (b"a;\x81\x8d", "sheet.unknown"),
        (b"%PDF-1.7", "sheet.pdf"),
        (b"\x89PNG\r\n", "sheet.picture"),
        (b"\xff\xd8\xff\xe0", "sheet.picture"),
        (b"{\\rtf1", "sheet.document"),
        (b"Rar!\x1a", "sheet.archive"),
        (b"\r\n<HTML><table>", "sheet.page"),
        (b"<?xml version='1.0'?><Workbook>", "sheet.page"),
        (old("Workbook"), "sheet.old-workbook"),
        (old("EncryptionInfo", "EncryptedPackage"), "sheet.password"),
        (packed(**{"xl/workbook.bin": b""}), "sheet.binary-workbook"),
        (
            packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "sheet.opendocument",
        ),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), "sheet.document"),
        (packed(**{"word/document.xml": b""}), "sheet.document"),
        (packed(**{"Index/Document.iwa": b""}), "sheet.numbers"),
        (packed(photo=b"x"), "sheet.archive"),
        (packed(**{"xl/workbook.xml": b""}), "sheet.broken"),
        (packed(**{"xl/workbook.xml": b"x"})[:-9], "sheet.broken"),
    ],
)
def test_what_cannot_be_read_is_recognised_by_what_it_holds(data, code):
    assert refused(data) == code


def test_as_many_lines_as_are_promised_are_read():
    assert len(read(b"a\n" * (MOST_LINES + 1)).lines) == MOST_LINES + 1


# ---- Workbooks


def test_cells_are_texts_as_one_would_type_them():
    row = ["Zoé", 5.0, 3.5, 12, True, date(2001, 2, 3), INSTANT]

    table = read(workbook([row, [None, INSTANT.time()]]))

    typed = ("Zoé", "5", "3.5", "12", "True", "2001-02-03", "2001-02-03 04:05")
    assert cells(table) == [(1, *typed), (2, "", "04:05:00")]


@pytest.mark.parametrize(("written", "typed"), [("5.0", "5"), ("1e2", "100")])
def test_a_whole_number_is_typed_without_decimals(written, typed):
    rows = f"<row><c><v>{written}</v></c></row>".encode()

    assert cells(read(forged(rows))) == [(1, typed)]


def test_the_first_sheet_that_holds_something_is_read_and_others_are_mentioned():
    book = Workbook()
    hidden = book.create_sheet("Listes")
    hidden.append(["hidden"])
    hidden.sheet_state = "hidden"
    for name in ("Novembre", "Ancien"):
        book.create_sheet(name).append([name])

    table = read(saved(book))

    assert cells(table) == [(1, "Novembre")]
    assert [note.values for note in table.notes] == [{"name": "Novembre"}]


def test_merged_cells_are_mentioned():
    data = workbook([["Prénom", "Nom"], ["Zoé", "Durand"]], merged=["A2:A3"])

    assert codes(read(data)) == ["sheet.merged"]


def test_a_formula_gives_what_it_was_worth_and_itself_when_that_is_unknown():
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c>%b</row>'
        % (number, number, formula)
        for number, formula in enumerate(
            (
                b'<c r="B1" t="str"><f>A1</f><v>worth</v></c>',
                b'<c r="B2"><f>A2</f></c>',
                b'<c r="C3"><f t="array" ref="C3">A3</f></c>',
            ),
            start=1,
        )
    )
    rows += b'<row r="4"/><row r="5"><c r="A5"><f>A1</f></c></row>'

    table = read(forged(rows))

    assert cells(table) == [
        (1, "x", "worth"),
        (2, "x", "=A2"),
        (3, "x", "", "=A3"),
    ]
    assert codes(table) == ["sheet.formulas"]


def test_formulas_that_leave_no_line_without_a_value_are_not_mentioned():
    rows = b'<row><c t="str"><f>B1</f><v>a</v></c></row>'

    assert codes(read(forged(rows))) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (saved(Workbook()), "sheet.empty"),
        (workbook([["a"]] * (MOST_LINES + 2)), "sheet.too-long"),
        (workbook([["a"] * (MOST_COLUMNS + 1)]), "sheet.too-wide"),
        (forged(b"<row>"), "sheet.broken"),
        (forged(b'<row r="x"/>'), "sheet.broken"),
        (forged(b'<row><c t="s"><v>99</v></c></row>'), "sheet.broken"),
        (forged(b'<row r="9999999999999"><c><v>1</v></c></row>'), "sheet.empty"),
        (forged(b" " * 5_000_000), "sheet.too-heavy"),
        (forged(b"", **{f"part{n}": b"" for n in range(600)}), "sheet.too-heavy"),
        (
            forged(
                b"",
                whole=b'<!DOCTYPE a [<!ENTITY b "bb">]><worksheet>&b;</worksheet>',
            ),
            "sheet.broken",
        ),
    ],
)
def test_a_workbook_that_cannot_be_trusted_is_refused(data, code):
    assert refused(data) == code


def test_a_last_line_that_holds_nothing_does_not_make_a_list_too_long():
    rows = b'<row r="1"><c t="str"><v>a</v></c></row><row r="1048576"><c/></row>'

    assert cells(read(forged(rows))) == [(1, "a")]


@pytest.mark.parametrize(
    "data",
    [
        forged(b"<row>" + b"<c/>" * 90_000 + b"</row>"),
        b";" * MOST_BYTES,
        b'";' * (MOST_BYTES // 2),
        b"\n" * MOST_BYTES,
    ],
    ids=["cells", "columns", "quotes", "blank"],
)
def test_a_file_made_to_be_slow_is_refused_in_bounded_time(data):
    before = time.process_time()

    refused(data)

    assert time.process_time() - before < 10


# ---- Properties


def harmless(data):
    try:
        table = read(data)
    except UnreadableSheetError:
        return
    for line in table.lines:
        assert line.cells
        assert len(line.cells) <= MOST_COLUMNS
        assert all(tidy(cell) == cell for cell in line.cells)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_junk_is_read_or_refused(data):
    harmless(data)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_text_is_read_or_refused(text, encoding):
    harmless(text.encode(encoding, "surrogatepass"))


SAMPLE = workbook([["Prénom", "Nom"], ["Zoé", "=A1"], [3, date(2001, 2, 3)]])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(SAMPLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused(place, junk):
    harmless(SAMPLE[:place] + junk + SAMPLE[place + len(junk) :])


@settings(max_examples=30, deadline=None)
@given(st.text("<>/rcvftsi =\"'0A&;", max_size=60))
def test_any_lines_of_a_workbook_are_read_or_refused(rows):
    harmless(forged(rows.encode()))


@pytest.mark.parametrize("packing", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_file_that_lies_about_its_size_does_not_fill_the_memory(packing):
    data = lying(100 * 2**20, packing)
    assert len(data) < 200_000

    tracemalloc.start()
    with suppress(UnreadableSheetError):
        read(data)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < 20 * 2**20
