"""Migrations: which one the database is at, and the way to the last."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

FOLDER = Path(__file__).parents[1] / "migrations"
LOCK = 0x50415353  # "PASS": one node migrates or publishes at a time


class NewerDatabaseError(RuntimeError):
    """The database was migrated by a later version of the code."""


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
    """Bring the database to a migration, whole or not at all."""
    # Alembic costs a tenth of a second to import: only when there is work for it.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER)])

    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs(to, revision)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage, reportUnknownMemberType, reportUnknownVariableType]

    with engine.connect() as plain:
        # A second command waits here, then finds nothing left to do.
        connection = plain.execution_options(sqlite_begin="IMMEDIATE")
        with (
            connection.begin(),
            alone(connection),
            EnvironmentContext(config, script, fn=steps) as environment,
        ):
            environment.configure(
                connection=connection, render_as_batch=True, transactional_ddl=True
            )
            environment.run_migrations()


def is_full(error: OperationalError) -> bool:
    """Whether the trouble is a disk without room."""
    return "full" in str(error.orig)
