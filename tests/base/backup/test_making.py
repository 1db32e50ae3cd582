"""What a backup is made of, beside rows."""

import os
from importlib import metadata

import pytest
from sqlalchemy import create_engine

from course.base.backup import making
from course.base.backup.archive import BackupError


def test_the_version_is_said_even_where_nothing_is_installed(monkeypatch):
    def missing(_name):
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", lambda _name: "1.2.3")
    installed = making.version()
    monkeypatch.setattr(metadata, "version", missing)

    assert installed == "1.2.3"
    assert making.version() == "not installed"


def test_a_database_in_memory_has_no_file():
    engine = create_engine("sqlite://")

    assert making.database_file(engine) is None
    assert making.is_there(engine)


def test_a_file_is_named_only_when_it_is_whole(tmp_path):
    path = tmp_path / "b.zip"

    with (
        pytest.raises(OSError, match="No space"),
        making._new_file(path, force=False) as stream,
    ):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_appeared_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "b.zip"

    with (
        pytest.raises(BackupError, match="exists already"),
        making._new_file(path, force=False) as stream,
    ):
        stream.write(b"mine")
        path.write_bytes(b"of somebody else")

    assert path.read_bytes() == b"of somebody else"
    assert list(tmp_path.iterdir()) == [path]


def test_a_system_that_does_not_open_folders_is_no_trouble(tmp_path, monkeypatch):
    def refuse(*_given):
        raise PermissionError

    with making._new_file(tmp_path / "b.zip", force=False) as stream:
        stream.write(b"whole")
        stream.flush()
        monkeypatch.setattr(making, "_sync_folder", making._sync_folder)
    monkeypatch.setattr(os, "open", refuse)

    making._sync_folder(tmp_path)

    assert (tmp_path / "b.zip").read_bytes() == b"whole"
