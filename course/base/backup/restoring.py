"""Put a backup back, whole or not at all; and try it in a scratch database."""

import secrets
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, inspect, text
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from course.base import migrations
from course.base.backup import files, rows
from course.base.backup.archive import Archive, BackupError
from course.base.backup.making import database_file, is_there
from course.base.backup.placing import Placement, plan_files
from course.base.settings import Settings

PATIENCE = "SET LOCAL lock_timeout = '10s'"  # for a server that is still running


def restore(
    engine: Engine, settings: Settings, archive: Archive, *, overwrite: bool
) -> list[str]:
    """Put everything back and say what was done; nothing is changed when it fails."""
    check(archive)
    _check_room(settings, archive)
    with _nothing_left(engine), Placement() as placement:
        said = plan_files(placement, settings, archive, overwrite=overwrite)
        with migrations.rebuilding(engine) as connection:
            _lock(connection)
            _make_empty(connection, overwrite=overwrite)
            differing = load(connection, archive)
            if differing:
                raise BackupError(
                    f"{archive.path}: {differing[0]} could not be put back as it was. "
                    "Nothing was changed."
                )
            _upgrade(connection, archive)
            placement.place()
    return [*_about(archive), *said]


def check(archive: Archive) -> None:
    """Raise BackupError unless this version can use each part of it."""
    manifest = archive.manifest
    if manifest.migration not in migrations.known():
        raise BackupError(
            f"{archive.path} was made by a later version (it is at "
            f"{manifest.migration}). Install that version; nothing was changed."
        )
    for name in manifest.files:
        if not files.may_be_restored(name):
            raise archive.changed(f"the name “{name}”")
    for name in archive.differing():
        raise archive.changed(name)


def _about(archive: Archive) -> list[str]:
    manifest, last = archive.manifest, migrations.known()[-1]
    count = sum(part.rows for part in manifest.tables.values())
    said = [f"{len(manifest.tables)} tables, {count} rows: each counted and compared."]
    if manifest.migration != last:
        said.append(f"The database was upgraded from {manifest.migration} to {last}.")
    return said


def _check_room(settings: Settings, archive: Archive) -> None:
    """Refuse before anything is written what the disk cannot hold."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    needed = sum(part.size for part in archive.manifest.files.values())
    if needed > shutil.disk_usage(settings.instance).free:
        raise BackupError("The disk is too full for this backup. Nothing was changed.")


@contextmanager
def _nothing_left(engine: Engine) -> Generator[None, None, None]:
    """Take away the SQLite file that a failure would leave empty."""
    file = None if is_there(engine) else database_file(engine)
    try:
        yield
    except BaseException:
        engine.dispose()
        if file:
            for end in ("", "-wal", "-shm"):
                Path(f"{file}{end}").unlink(missing_ok=True)
        raise


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(PATIENCE))
        with migrations.alone(connection):
            pass  # until the end of the transaction


def _make_empty(connection: Connection, *, overwrite: bool) -> None:
    """Drop the tables; raises BackupError when something would be lost unasked."""
    found = inspect(connection).get_table_names()
    if found and rows.MARK not in found:
        raise BackupError(
            "The database holds tables that are not of this application. "
            "Choose another with COURSE_DATABASE; nothing was changed."
        )
    metadata = MetaData()
    metadata.reflect(connection)
    if not overwrite and any(
        connection.execute(table.select().limit(1)).first()
        for table in metadata.sorted_tables
        if table.name != rows.MARK
    ):
        raise BackupError(
            "The database is not empty. To replace everything that it holds, "
            "add --overwrite; nothing was changed."
        )
    metadata.drop_all(connection)


def load(connection: Connection, archive: Archive) -> list[str]:
    """Make the tables of the backup and fill them; the tables that came out other."""
    manifest = archive.manifest
    migrations.migrate(connection, manifest.migration)
    found = rows.tables(connection)
    if {t.name: rows.columns(t) for t in found} != {
        name: part.columns for name, part in manifest.tables.items()
    }:
        raise archive.changed("the list of its columns")
    try:
        with rows.without_links(connection, found):
            for table in found:
                names = manifest.tables[table.name].columns
                rows.fill(connection, table, names, archive.lines(table.name))
    except (DataError, IntegrityError, ValueError, TypeError) as error:
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise BackupError(
            f"{archive.path} holds rows that no database takes ({why}). "
            "Nothing was changed."
        ) from error
    rows.count_on(connection, found)
    return [table.name for table in found if not _is_same(connection, table, archive)]


def _upgrade(connection: Connection, archive: Archive) -> None:
    try:
        migrations.migrate(connection)
    except migrations.UpgradeError as error:
        raise BackupError(
            f"{archive.path} cannot be brought to this version: {error.why}. "
            "Nothing was changed: restore it with the version that made it."
        ) from error


def _is_same(connection: Connection, table: rows.Table, archive: Archive) -> bool:
    part = archive.manifest.tables[table.name]
    counted = rows.tally(connection, table, part.columns)
    return (counted.rows, counted.digest) == (part.rows, part.digest)


@contextmanager
def scratch(engine: Engine) -> Generator[tuple[Connection, str], None, None]:
    """A database thrown away at the end, and where it is.

    On PostgreSQL it is a schema of a transaction that never ends: nothing is left of
    it, even by a power cut. Where that is not allowed, it is a SQLite file.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            if _make_schema(connection):
                yield connection, "a schema of the same PostgreSQL"
                return
    refused = engine.dialect.name == "postgresql"
    with tempfile.TemporaryDirectory(prefix="passeport-") as folder:
        other = create_engine(
            f"sqlite:///{(Path(folder) / 'scratch.sqlite').as_posix()}"
        )
        try:
            with migrations.rebuilding(other) as connection:
                why = "; this account may not create a schema" if refused else ""
                yield connection, f"a SQLite file{why}"
        finally:
            other.dispose()


def _make_schema(connection: Connection) -> bool:
    name = f"passeport_{secrets.token_hex(8)}"
    try:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    except ProgrammingError:
        return False
    connection.execute(text(f"SET LOCAL search_path TO {name}"))
    return True


def verify(engine: Engine, archive: Archive) -> Iterator[str]:
    """Restore in a scratch database and say what is found, line by line.

    Raises BackupError when a table does not come back as it was.
    """
    check(archive)
    manifest = archive.manifest
    with scratch(engine) as (connection, where):
        differing = load(connection, archive)
        yield f"Restored in {where}:"
        for name, part in manifest.tables.items():
            mark = "DIFFERS" if name in differing else "same"
            yield f"  {name:24} {part.rows:>10} rows  {mark}"
        _upgrade(connection, archive)
    yield f"  {'files':24} {len(manifest.files):>10}       same"
    if differing:
        raise BackupError(
            f"{archive.path}: {differing[0]} does not come back as it was."
        )
