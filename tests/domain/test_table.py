import pytest

from course.domain.issue import Margin
from course.domain.manuscript import lines_of
from course.domain.table import cells_of, rows_of

HEAD = "| name | term |\n|---|:-:|\n"


def read(source: str) -> tuple[list[tuple[int, str]], list[tuple[str, int]]]:
    margin = Margin("a.md")
    rows = rows_of(lines_of(source), ("name", "term"), margin)
    found = [(row.line, row.cells["term"]) for row in rows]
    return found, [(issue.code, issue.line) for issue in margin.issues]


def test_a_bar_may_be_written_in_a_cell() -> None:
    assert cells_of(r"| a \| b | c \||") == ("a | b", "c |")
    assert cells_of("| a | |") == ("a", "")


def test_rows_of_all_tables_are_read_whatever_stands_around() -> None:
    rows, codes = read(
        f"# T\n\n{HEAD}| a | x |\n\nText\n\n{HEAD}| b | y |\n```\n| z\n```"
    )

    assert rows == [(5, "x"), (11, "y")]
    assert codes == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("Text", ("table.missing", 1)),
        ("| name | term |\n| a | x |", ("table.no-rule", 1)),
        ("| name | term |", ("table.no-rule", 1)),
        ("| name |\n|---|\n| a |", ("table.missing-column", 1)),
        ("| name | term | more |\n|-|-|-|\n", ("table.unknown-column", 1)),
        (f"{HEAD}| a |", ("table.cells", 3)),
        (f"{HEAD}| a | |", ("table.empty-cell", 3)),
        (f"{HEAD}| Été | x |", ("table.bad-name", 3)),
        (f"{HEAD}| a | x |\n| a | y |", ("table.duplicate-name", 4)),
    ],
)
def test_a_faulty_table_is_noted_at_its_line(
    source: str, code: tuple[str, int]
) -> None:
    assert code in read(source)[1]


def test_the_cells_of_a_column_that_lacks_are_not_noted_besides() -> None:
    assert read("| name |\n|---|\n| a |")[1] == [("table.missing-column", 1)]


def test_a_faulty_row_is_left_out() -> None:
    rows, _ = read(f"{HEAD}| a |\n| B | x |\n| c | y |\n| c | z |")

    assert rows == [(5, "y")]
