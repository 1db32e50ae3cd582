"""The rows of a table as lines of JSON, the same on every kind of database."""

import base64
import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Cast,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    cast,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.schema import AddConstraint, DropConstraint
from sqlalchemy.types import TypeEngine, UserDefinedType

from course.base.db import Instant

MARK = "alembic_version"  # not a row of ours: the migration is said by the manifest
BATCH = 1000  # rows in memory at a time, whatever the size of the table
PLAIN = (Boolean, Integer, Float, String)  # the same in JSON as in Python
ROOM = 2**256  # of the sum of the digests
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class NotPortableError(TypeError):
    """A column of a type that no line of a backup can hold."""


class JsonText(UserDefinedType[str]):
    """A JSON column as the text that is kept: nothing is read into it, nothing lost."""

    cache_ok = True

    def column_expression(self, colexpr: ColumnElement[Any]) -> Cast[str]:
        """Ask for the text, not for what it means."""
        return cast(colexpr, Text)


@dataclass(slots=True)
class Tally:
    """So many rows, and a digest that does not depend on their order."""

    rows: int = 0
    size: int = 0  # bytes of all the lines
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count one line."""
        self.rows += 1
        self.size += len(line)
        self.total += int.from_bytes(sha256(line).digest(), "big")

    @property
    def digest(self) -> str:
        """Databases sort words each in their own way: a sum has no order."""
        return f"{self.total % ROOM:064x}"


def tables(connection: Connection) -> list[Table]:
    """The tables that the database holds now, those that others point to first."""
    metadata = MetaData()
    event.listen(metadata, "column_reflect", _portable)
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != MARK]


def _portable(_inspector: Any, table: Table, info: Any) -> None:
    kind: TypeEngine[Any] = info["type"]
    if isinstance(kind, JSON):
        info["type"] = JsonText()
    elif isinstance(kind, DateTime):
        info["type"] = Instant()
    elif isinstance(kind, Float):
        info["type"] = Float(53)
    elif not isinstance(kind, (*PLAIN, Date, LargeBinary)):
        raise NotPortableError(f"{table.name}.{info['name']} is a {kind!r}.")


def columns(table: Table) -> list[str]:
    """The names of its columns in an order that no database decides."""
    return sorted(column.name for column in table.columns)


def lines(
    connection: Connection, table: Table, names: Sequence[str]
) -> Iterator[bytes]:
    """Each row as a line, in the order of the primary key, a few at a time."""
    ways = [_out(table.c[name].type) for name in names]
    asked = select(*(table.c[name] for name in names)).order_by(*table.primary_key)
    for row in connection.execute(asked.execution_options(yield_per=BATCH)):
        values = [
            value if value is None or way is None else way(value)
            for way, value in zip(ways, row, strict=True)
        ]
        yield f"{_encode(values)}\n".encode()


def tally(connection: Connection, table: Table, names: Sequence[str]) -> Tally:
    """What the table holds now, counted as a backup counts it."""
    counted = Tally()
    for line in lines(connection, table, names):
        counted.add(line)
    return counted


def _out(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    if isinstance(kind, Instant):
        return lambda value: value.astimezone(UTC).isoformat()
    if isinstance(kind, Date):
        return date.isoformat
    if isinstance(kind, LargeBinary):
        return lambda value: base64.b64encode(value).decode("ascii")
    return _whole_text if isinstance(kind, JsonText) else None


def _whole_text(text: str) -> str:
    """A bare number is said in one way: SQLite keeps 48.0 as 48."""
    if text[:1] not in "-0123456789":
        return text
    number = json.loads(text)
    return str(int(number)) if number == int(number) else repr(number)


def _into(kind: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    if isinstance(kind, Instant):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    return base64.b64decode if isinstance(kind, LargeBinary) else None


def fill(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    found: Iterator[bytes],
) -> Tally:
    """Insert the rows that lines say; the table holds nothing else afterwards."""
    connection.execute(table.delete())
    counted = Tally()
    ways = {name: _into(table.c[name].type) for name in names}
    batch: list[Mapping[str, Any]] = []
    for line in found:
        counted.add(line)
        batch.append(_row(ways, json.loads(line)))
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    return counted


def _row(
    ways: Mapping[str, Callable[[Any], Any] | None], values: Sequence[Any]
) -> dict[str, Any]:
    return {
        name: value if value is None or way is None else way(value)
        for (name, way), value in zip(ways.items(), values, strict=True)
    }


@contextmanager
def without_links(
    connection: Connection, found: Sequence[Table]
) -> Generator[None, None, None]:
    """Rows may come in any order: what points to what is checked at the end.

    A person may point to a later one. SQLite does this for the whole connection.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    links = [link for table in found for link in table.foreign_key_constraints]
    for link in links:
        connection.execute(DropConstraint(link))
    yield
    for link in links:
        connection.execute(AddConstraint(link))


def count_on(connection: Connection, found: Sequence[Table]) -> None:
    """Let numbers go on after the highest one, where the database counts them apart."""
    if connection.dialect.name != "postgresql":
        return
    for table in found:
        for column in table.primary_key:
            name = connection.dialect.identifier_preparer.format_table(table)
            counter = connection.scalar(
                select(func.pg_get_serial_sequence(name, column.name))
            )
            if counter:
                last = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                connection.execute(select(func.setval(counter, last, False)))  # noqa: FBT003 - SQL's
