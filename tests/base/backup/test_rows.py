"""Rows as lines: whatever a column holds comes back as it was."""

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    null,
    text,
)

from course.base import migrations
from course.base.backup import rows
from course.base.backup.rows import NotPortableError, Tally
from course.base.db import Instant

MOMENT = datetime(2026, 11, 23, 9, 0, 0, 123, tzinfo=UTC)
METADATA = MetaData()
THING = Table(
    "thing",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("next_id", ForeignKey("thing.id", name="fk_thing_next_id")),
    Column("order", String(20)),
    Column("share", Double),
    Column("done", Boolean),
    Column("day", Date),
    Column("at", Instant),
    Column("said", JSON),
    Column("picture", LargeBinary),
)
VALUES = [
    {"id": 1, "next_id": 2, "order": "été", "share": 1.0, "done": True},
    {"id": 2, "day": date(2026, 11, 23), "at": MOMENT, "picture": b"\0\xff"},
    {"id": 3, "said": {"b": ["é", None], "a": "\u2028"}, "share": 0.1},
    {"id": 4, "said": 48.0},
    {"id": 5, "said": "48"},
    {"id": 6, "said": -0.5},
    {"id": 7, "said": JSON.NULL},
    {"id": 8, "said": null()},
    {"id": 9, "said": 10**17},
]
NAMES = sorted(THING.columns.keys())


@pytest.fixture
def engine(database):
    engine = create_engine(database.new_database())
    yield engine
    engine.dispose()


@contextmanager
def filling(engine):
    """Rows may come in any order."""
    with migrations.rebuilding(engine) as connection:
        found = rows.tables(connection)
        with rows.without_links(connection, found):
            yield connection


@pytest.fixture
def full(engine):
    """A table with something of everything."""
    METADATA.create_all(engine)
    with filling(engine) as connection:
        for values in VALUES:
            connection.execute(insert(THING).values(values))
    return engine


def lines_of(engine):
    with engine.connect() as connection:
        (table,) = rows.tables(connection)
        return list(rows.lines(connection, table, NAMES))


def test_a_line_is_the_same_on_every_kind_of_database(full):
    values = [
        dict(zip(NAMES, json.loads(line), strict=True)) for line in lines_of(full)
    ]

    assert values[0]["order"] == "été"
    assert (values[0]["share"], values[0]["done"]) == (1.0, True)
    assert values[1]["day"] == "2026-11-23"
    assert values[1]["at"] == "2026-11-23T09:00:00.000123+00:00"
    assert values[1]["picture"] == "AP8="
    said = [row["said"] for row in values]
    assert said[:2] == [None, None]
    assert json.loads(said[2]) == {"b": ["é", None], "a": "\u2028"}
    assert said[3:] == ["48", '"48"', "-0.5", "null", None, "100000000000000000"]


def test_lines_fill_a_table_with_the_same_rows(full):
    lines = lines_of(full)

    with filling(full) as connection:
        found = rows.tables(connection)
        counted = rows.fill(connection, found[0], NAMES, iter(lines))
        again = rows.tally(connection, found[0], NAMES)
        rows.count_on(connection, found)
        number = connection.scalar(
            text("INSERT INTO thing (done) VALUES (true) RETURNING id")
        )

    assert counted == again
    assert lines_of(full)[:-1] == lines
    assert number == 10


def test_links_are_there_again_afterwards(full):
    with filling(full):
        pass

    with full.connect() as connection:
        (table,) = rows.tables(connection)
        assert [link.name for link in table.foreign_key_constraints] == [
            "fk_thing_next_id"
        ]


def test_many_rows_come_in_several_batches(full, monkeypatch):
    lines = lines_of(full)
    monkeypatch.setattr(rows, "BATCH", 3)

    with filling(full) as connection:
        (table,) = rows.tables(connection)
        rows.fill(connection, table, NAMES, iter(lines))

    assert lines_of(full) == lines


def test_a_digest_does_not_depend_on_the_order_and_depends_on_each_row():
    def digest(*lines):
        tally = Tally()
        for line in lines:
            tally.add(line)
        return tally.digest

    assert digest(b"1", b"2", b"3") == digest(b"3", b"1", b"2")
    assert digest(b"1", b"2") != digest(b"1", b"3")
    assert digest(b"1", b"1") != digest(b"1") != digest()
    assert len(digest()) == len(digest(b"1")) == 64


def test_a_column_of_an_unknown_type_is_refused_rather_than_lost(engine):
    # SQLite makes a NUMERIC of what it does not know.
    kind = "NUMERIC" if engine.dialect.name == "sqlite" else "INTERVAL"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE odd (id INTEGER PRIMARY KEY, x {kind})"))

    with (
        engine.connect() as connection,
        pytest.raises(NotPortableError, match=r"odd\.x"),
    ):
        rows.tables(connection)
