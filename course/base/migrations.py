"""Migrations: which one the database is at, and the way to the last."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

FOLDER = Path(__file__).parents[1] / "migrations"
COPIES = 2  # of the database, from before the last upgrades
LOCK = 0x50415353  # "PASS": one node migrates or publishes at a time


class NewerDatabaseError(RuntimeError):
    """The database was migrated by a later version of the code."""


class BrokenLinkError(ValueError):
    """A row points to another that is not there."""


class UpgradeError(RuntimeError):
    """A migration failed, and changed nothing; its text says what to do."""

    def __init__(self, at: str | None, cause: Exception) -> None:
        said = str(getattr(cause, "orig", None) or cause).strip() or repr(cause)
        self.why = said.splitlines()[0]
        super().__init__(
            f"The upgrade failed: {self.why}. Nothing was changed: the database is "
            f"still {f'at {at}' if at else 'empty'}. Start the former version again; "
            "to try once more: passeport db upgrade"
        )


def known() -> list[str]:
    """The names of all migrations, oldest first: the file's name begins with it."""
    return sorted(path.name[:13] for path in FOLDER.glob("2*_*.py"))


def state(connection: Connection) -> str | None:
    """The migration the database is at; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def is_ready(engine: Engine) -> bool:
    """Whether the database has the last migration; one of the future is refused."""
    with engine.connect() as connection:
        at = state(connection)
    names = known()
    if at is not None and at not in names:
        raise NewerDatabaseError(at)
    return at == names[-1]


@contextmanager
def alone(connection: Connection) -> Generator[None, None, None]:
    """Let one node at a time do this (SQLite has a single writer anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    yield


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database to a migration, whole or not at all; raises UpgradeError."""
    # A second command waits here: it finds nothing left to do.
    with rebuilding(engine) as connection, alone(connection):
        migrate(connection, to)


def missing(engine: Engine) -> tuple[str | None, list[str]]:
    """Where the database is, and the migrations that lead to this version."""
    with engine.connect() as connection:
        at = state(connection)
    return at, [name for name in known() if at is None or name > at]


def copy_before(engine: Engine, folder: Path) -> Path | None:
    """Keep a SQLite database as it is before an upgrade; only the last copies stay.

    Another kind of server has its own ways: then there is no copy.
    """
    if engine.dialect.name != "sqlite":
        return None
    copy = folder / f"before-{known()[-1]}.sqlite"
    draft = copy.with_suffix(".tmp")
    try:
        # Only its owner reads it; SQLite fills a file that is empty.
        os.close(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("VACUUM INTO ?", (str(draft),))
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)
    for old in sorted(folder.glob("before-*.sqlite"))[:-COPIES]:
        old.unlink()
    return copy


@contextmanager
def rebuilding(engine: Engine) -> Generator[Connection, None, None]:
    """A transaction in which tables may be made again, whole or not at all.

    SQLite makes a table again by dropping it, which takes with it what points to it:
    so links are left alone meanwhile: `migrate` checks them at its end.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(sqlite_begin="IMMEDIATE")
        with _links_apart(connection), connection.begin():
            yield connection


@contextmanager
def _links_apart(connection: Connection) -> Generator[None, None, None]:
    if connection.dialect.name != "sqlite":
        yield
        return
    # Only outside of a transaction, and SQLAlchemy would begin one.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _check_links(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise BrokenLinkError(f"a row of {broken[0]} points to no row of {broken[2]}")


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that are missing, inside the transaction of somebody else.

    Raises UpgradeError: then that transaction is good for nothing.
    """
    at = state(connection)
    try:
        _run_migrations(connection, to)
        _check_links(connection)
    except Exception as error:  # whatever a migration did, what to do is the same
        raise UpgradeError(at, error) from error


def _run_migrations(connection: Connection, to: str) -> None:
    # Alembic costs a tenth of a second to import: only when there is work for it.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs(to, revision)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage, reportUnknownMemberType, reportUnknownVariableType]

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(
            connection=connection, render_as_batch=True, transactional_ddl=True
        )
        environment.run_migrations()


def is_full(error: OperationalError) -> bool:
    """Whether the trouble is a disk without room."""
    said = str(error.orig)
    return "full" in said or "No space left" in said
