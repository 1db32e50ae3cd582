"""Backups of other times, backups that were meddled with, machines that stop."""

import errno
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from course.base import migrations
from course.base.backup import archive
from tests.make.backup import counted, held, part_of, rewritten, said_otherwise
from tests.make.migration import (
    BREAKS,
    NEXT,
    WAITS,
    begin,
    folder_with,
    kill_in_the_middle,
)


def test_a_restore_killed_in_the_middle_changes_nothing(
    network, backup, tmp_path, monkeypatch
):
    network("account", "create", "Somebody New")
    (network.instance / "secret").write_text("another secret")
    before, mark = held(network.database), tmp_path / "mark"
    folder = folder_with(tmp_path / "migrations", WAITS)
    words = ("backup", "restore", "--overwrite", str(backup))

    kill_in_the_middle(begin(folder, *words, COURSE_TEST_MARK=str(mark)), mark)

    left = held(network.database)
    again = network(*words)
    assert left == before
    assert again.code == 0, again.err
    assert (network.instance / "secret").read_text() == "the first secret"


def test_a_backup_of_an_older_version_is_brought_to_this_one(
    backup, new, tmp_path, monkeypatch
):
    last = migrations.known()[-1]
    folder = folder_with(tmp_path / "migrations")
    monkeypatch.setattr(migrations, "FOLDER", folder)
    other = new()

    verified = other("backup", "verify", str(backup))
    restored = other("backup", "restore", str(backup))

    assert verified.code == restored.code == 0, restored.err
    assert f"The database was upgraded from {last} to {NEXT}." in restored.out
    assert held(other.database)["parcel"] == [b"[1]\n"]


def test_a_backup_that_no_migration_can_bring_here_changes_nothing(
    backup, network, new, tmp_path, monkeypatch
):
    folder = folder_with(tmp_path / "migrations", BREAKS)
    monkeypatch.setattr(migrations, "FOLDER", folder)
    before = held(network.database)

    said = network("backup", "restore", "--overwrite", str(backup))

    assert said.code == 1
    assert "cannot be brought to this version: a wrong sum." in said.err
    assert held(network.database) == before


def test_a_backup_of_a_later_version_is_refused(network, backup):
    def change(parts):
        said_otherwise(parts, lambda given: given.update(migration="29990101_0000"))

    said = network("backup", "restore", "--overwrite", str(rewritten(backup, change)))

    assert said.code == 1
    assert "was made by a later version" in said.err
    assert "29990101_0000" in said.err


@pytest.mark.parametrize(
    "name",
    [
        "instance/templates/x.cache",
        "instance/course.sqlite",
        "instance/secret",
        "instance",
        "content/lessons",
        "content/other/x.md",
        "elsewhere/x",
    ],
)
def test_a_file_that_no_backup_holds_is_refused(network, backup, name):
    def add(parts):
        parts[name] = b"x"
        said_otherwise(
            parts, lambda given: given["files"].update({name: part_of(b"x")})
        )

    said = network("backup", "verify", str(rewritten(backup, add)))

    assert said.code == 1
    assert f"the name “{name}”" in said.err


@pytest.mark.parametrize("verb", ["verify", "restore"])
def test_a_part_that_was_changed_is_named(backup, new, verb):
    def change(parts):
        name = "tables/user.jsonl"
        parts[name] = parts[name].replace(b"Ada", b"Eve")

    said = new()("backup", verb, str(rewritten(backup, change)))

    assert said.code == 1
    assert "tables/user.jsonl is not what it was" in said.err


def test_rows_that_no_database_takes_are_refused(backup, new):
    def change(parts):
        name = "tables/failure.jsonl"
        others = parts[name].splitlines(keepends=True)[1:]
        parts[name] = b"[null,null,null]\n" + b"".join(others)
        counted(parts, "failure")

    said = new()("backup", "restore", str(rewritten(backup, change)))

    assert said.code == 1
    assert "holds rows that no database takes" in said.err
    assert said.err.count("\n") == 1


def test_a_table_with_other_columns_is_refused(network, backup):
    def change(parts):
        said_otherwise(
            parts, lambda given: given["tables"]["centre"].update(columns=["id"])
        )

    said = network("backup", "verify", str(rewritten(backup, change)))

    assert said.code == 1
    assert "the list of its columns" in said.err


def test_a_table_that_comes_back_other_is_named(network, backup):
    """Two words for one number: the second is not what a database keeps."""

    def change(parts):
        name = "tables/failure.jsonl"
        parts[name] = parts[name].replace(b"+00:00", b"+0000")
        counted(parts, "failure")

    broken = rewritten(backup, change)

    verified = network("backup", "verify", str(broken))
    restored = network("backup", "restore", "--overwrite", str(broken))

    assert verified.code == restored.code == 1
    assert "DIFFERS" in verified.out
    assert "failure does not come back as it was" in verified.err
    assert "failure could not be put back as it was" in restored.err


def test_a_disk_without_room_is_said_before_anything_is_written(
    backup, new, monkeypatch
):
    other = new()

    def add(parts):
        said_otherwise(
            parts,
            lambda given: given["files"].update(
                secret={**part_of(b""), "size": 10**18}
            ),
        )

    monkeypatch.setattr(archive.Archive, "differing", lambda _self: iter(()))
    said = other("backup", "restore", str(rewritten(backup, add)))

    assert said.code == 1
    assert "The disk is too full" in said.err


def test_a_file_that_may_not_be_read_is_one_sentence(network, backup, monkeypatch):
    def refuse(self, *_given):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)

    said = network("backup", "verify", str(backup))

    assert said.code == 1
    assert "This account may neither read nor write" in said.err


@pytest.mark.only("postgresql")
def test_an_account_that_may_not_make_a_schema_tries_in_a_file(network, backup):
    engine = create_engine(network.database)
    with engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS reader"))
        connection.execute(text("CREATE ROLE reader LOGIN"))
    engine.dispose()
    network.set(DATABASE=network.database.replace("//course@", "//reader@"))

    said = network("backup", "verify", str(backup))

    assert said.code == 0, said.err
    assert "a SQLite file; this account may not create a schema" in said.out
