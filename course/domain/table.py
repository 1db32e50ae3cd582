"""Tables: the rows of a Markdown table, under the names of its columns."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from course.domain.issue import Margin
from course.domain.manuscript import Line, fenced, is_name, name_like

RULE = re.compile(r":?-+:?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the file and its cells by column."""

    line: int
    cells: Mapping[str, str]


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of one line; a bar meant as a bar is written with a backslash."""
    inner = text.strip().removeprefix("|")
    inner = re.sub(r"(?<!\\)\|\s*$", "", inner)
    parts = re.split(r"(?<!\\)\|", inner)
    return tuple(part.replace(r"\|", "|").strip() for part in parts)


def is_rule(cells: Sequence[str]) -> bool:
    """Whether these cells are the line under the head of a table."""
    return bool(cells) and all(RULE.fullmatch(cell) for cell in cells)


def _tables(lines: Iterable[Line], hidden: frozenset[int]) -> Iterator[list[Line]]:
    table: list[Line] = []
    for line in lines:
        if line.text.lstrip().startswith("|") and line.number not in hidden:
            table.append(line)
        elif table:
            yield table
            table = []
    if table:
        yield table


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns that a table may have, and those that it may leave empty."""

    known: Sequence[str]
    optional: Collection[str]

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(column for column in self.known if column not in self.optional)


def _head(line: Line, columns: _Columns, margin: Margin) -> tuple[str, ...]:
    head = tuple(cell.casefold() for cell in cells_of(line.text))
    for column in columns.needed:
        if column not in head:
            margin.fatal("table.missing-column", line.number, column=column)
    for column in head:
        if column not in columns.known:
            known = ", ".join(columns.known)
            margin.fatal(
                "table.unknown-column", line.number, column=column, known=known
            )
    return head


def _rows(table: list[Line], columns: _Columns, margin: Margin) -> Iterator[Row]:
    first, *rest = table
    head = _head(first, columns, margin)
    if rest and is_rule(cells_of(rest[0].text)):
        rest = rest[1:]
    else:
        margin.fatal("table.no-rule", first.number)
    for line in rest:
        cells = cells_of(line.text)
        if len(cells) == len(head):
            yield Row(line.number, dict(zip(head, cells, strict=True)))
        else:
            margin.fatal("table.cells", line.number, found=len(cells), wanted=len(head))


def rows_of(
    lines: tuple[Line, ...],
    columns: Sequence[str],
    margin: Margin,
    *,
    optional: Collection[str] = (),
) -> list[Row]:
    """The rows of all the tables of a file, each named once by its first cell.

    A column may be left out, and its cells may be empty, when it is `optional`.
    """
    rows: dict[str, Row] = {}
    allowed = _Columns(columns, optional)
    tables = list(_tables(lines, fenced(lines, margin)))
    if not tables:
        margin.fatal("table.missing", 1)
    for table in tables:
        for row in _rows(table, allowed, margin):
            if _full(row, allowed, margin) and _named(row, columns[0], rows, margin):
                rows[row.cells[columns[0]]] = row
    return list(rows.values())


def _full(row: Row, columns: _Columns, margin: Margin) -> bool:
    empty = [column for column in columns.needed if not row.cells.get(column)]
    for column in empty:
        if column in row.cells:  # the whole column is noted at its head
            margin.fatal("table.empty-cell", row.line, column=column)
    return not empty


def _named(row: Row, column: str, rows: Mapping[str, Row], margin: Margin) -> bool:
    name = row.cells[column]
    if not is_name(name):
        margin.fatal("table.bad-name", row.line, name=name, nearest=name_like(name))
    elif name in rows:
        margin.fatal("table.duplicate-name", row.line, name=name, first=rows[name].line)
    return is_name(name) and name not in rows
