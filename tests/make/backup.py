"""Installations with something to lose, and backups that were meddled with."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from course.base import migrations
from course.base.backup import archive, making, rows
from tests.make import state

RELEASED = sorted(path.stem for path in state.FOLDER.glob("*.json"))


_files: dict[str, bytes] = {}  # SQLite's, by the last migration: made once a run


def filled(installation, name: str = RELEASED[0]):
    """Put a small network into an installation, and a secret."""
    file = making.database_file(create_engine(installation.database))
    key = f"{name} {migrations.known()[-1]}"
    if file and key in _files:
        file.write_bytes(_files[key])
    else:
        _fill(installation.database, name)
        if file:
            _files[key] = file.read_bytes()
    installation.instance.mkdir(parents=True, exist_ok=True)
    (installation.instance / "secret").write_text("the first secret", "ascii")
    return installation


def _fill(url: str, name: str) -> None:
    engine = create_engine(url)
    state.load(engine, state.read(name))
    migrations.upgrade(engine)
    engine.dispose()


def held(url: str) -> dict[str, list[bytes]]:
    """Every row of every table, sorted: equal on every kind of database."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(rows.lines(connection, table, rows.columns(table)))
                for table in rows.tables(connection)
            }
    finally:
        engine.dispose()


def manifest(path: Path) -> dict:
    """What a backup says of itself."""
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read(archive.MANIFEST))


def rewritten(path: Path, change, *, sealed: bool = True) -> Path:
    """The same backup with other parts, as somebody with a program would make it.

    `change` receives the parts, name → bytes, and changes them in place.
    """
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    change(parts)
    other = path.with_name("rewritten.zip")
    with other.open("w+b") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            file.comment = archive.SEAL + b"0" * archive.DIGITS if sealed else b""
            for name, value in parts.items():
                file.writestr(name, value)
        if sealed:
            archive.seal(stream)
    return other


def part_of(value: bytes) -> dict[str, Any]:
    """What a manifest says of a file."""
    return {"size": len(value), "digest": sha256(value).hexdigest()}


def counted(parts: dict[str, bytes], table: str) -> None:
    """Let the manifest say what the lines of a table now are."""
    tally = rows.Tally()
    for line in parts[archive.table_name(table)].splitlines(keepends=True):
        tally.add(line)
    said = {"rows": tally.rows, "size": tally.size, "digest": tally.digest}
    said_otherwise(parts, lambda given: given["tables"][table].update(said))


def said_otherwise(parts: dict[str, bytes], change) -> None:
    """Change the manifest: `change` receives it as a dictionary."""
    given = json.loads(parts[archive.MANIFEST])
    change(given)
    parts[archive.MANIFEST] = json.dumps(given).encode()
