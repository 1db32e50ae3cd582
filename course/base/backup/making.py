"""Make a backup: one picture of everything, while the application serves."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine

from course.base import clock, migrations
from course.base.backup import archive, files, rows
from course.base.backup.archive import BackupError, FilePart, Manifest, TablePart
from course.base.settings import Settings

PICTURE = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def make(engine: Engine, settings: Settings, path: Path, *, force: bool) -> Manifest:
    """Write a backup and return what it holds; nothing is left when it fails."""
    if not is_there(engine):
        raise BackupError("There is no database yet: there is nothing to keep.")
    with _picture(engine) as connection:
        migration = migrations.state(connection)
        if migration is None:
            raise BackupError("The database is empty: there is nothing to keep.")
        with _new_file(path, force=force) as stream:
            now = clock.now()
            with archive.Writer(stream, now.timetuple()[:6]) as writer:
                manifest = Manifest(
                    format=archive.FORMAT,
                    application=version(),
                    migration=migration,
                    made_at=now.isoformat(timespec="seconds"),
                    tables=_write_tables(writer, connection),
                    files=_write_files(writer, settings, database_file(engine)),
                )
                writer.close(manifest)
            archive.seal(stream)
    return manifest


def version() -> str:
    """The version of this application."""
    try:
        return metadata.version("passeport-numerique")
    except metadata.PackageNotFoundError:
        return "not installed"


def database_file(engine: Engine) -> Path | None:
    """The file of a SQLite database."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None


def is_there(engine: Engine) -> bool:
    """Whether the database exists: SQLite would make it by looking."""
    file = database_file(engine)
    return file is None or file.exists()


@contextmanager
def _picture(engine: Engine) -> Generator[Connection, None, None]:
    """Read everything as it is at one moment, whatever is written meanwhile."""
    with engine.connect() as plain:
        apart = engine.dialect.name == "postgresql"
        connection = plain.execution_options(**PICTURE) if apart else plain
        with connection.begin():
            yield connection


def _write_tables(
    writer: archive.Writer, connection: Connection
) -> dict[str, TablePart]:
    written: dict[str, TablePart] = {}
    for table in rows.tables(connection):
        names, counted = rows.columns(table), rows.Tally()
        with writer.part(archive.table_name(table.name)) as part:
            for line in rows.lines(connection, table, names):
                part.write(line)
                counted.add(line)
        written[table.name] = TablePart(
            names, counted.rows, counted.size, counted.digest
        )
    return written


def _write_files(
    writer: archive.Writer, settings: Settings, database: Path | None
) -> dict[str, FilePart]:
    written: dict[str, FilePart] = {}
    secret = files.secret_of(settings)
    if secret:
        written[files.SECRET] = writer.file(files.SECRET, [secret.encode()])
    for name, path in files.kept(settings, database):
        with path.open("rb") as file:
            written[name] = writer.file(name, archive.pieces(file))
    return written


@contextmanager
def _new_file(path: Path, *, force: bool) -> Generator[IO[bytes], None, None]:
    """A file written beside, safe on the disk, then named: whole or not at all."""
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}. Make it first.")
    if path.is_dir():
        raise BackupError(f"{path} is a folder. Say the name of a file in it.")
    _refuse_taken(path, force=force)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # Only its owner reads it: it holds secrets.
        descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _refuse_taken(path, force=force)
        draft.replace(path)
        _sync_folder(path.parent)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _refuse_taken(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise BackupError(
            f"{path} exists already. Choose another name, or add --force."
        )


def _sync_folder(folder: Path) -> None:
    """Let the name be as safe as what it names, where the system can."""
    with suppress(PermissionError):  # Windows does not open folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
