"""The database: models' base, aware instants, and the one place that commits."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, FromClause, Insert, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import JSON, TypeDecorator

P = ParamSpec("P")
R = TypeVar("R")


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Refuse what has no zone; SQLite would keep it silently."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Give the zone back: SQLite forgets it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value


class Model(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own attribute
        datetime: Instant,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Database(SQLAlchemy):
    """Engines from the settings, and a session a request."""

    def init_app(self, app: Any) -> None:
        """Leave out the closing of asynchronous sessions, of which there are none.

        It starts a thread and an event loop in every request: as much time as a page.
        """
        super().init_app(app)
        app.teardown_appcontext_funcs = [
            close
            for close in app.teardown_appcontext_funcs
            if not iscoroutinefunction(close)
        ]


# Objects stay readable after a deed: the page that follows shows them.
db = Database(session_options={"expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if type(connection).__module__.split(".", maxsplit=1)[0] != "sqlite3":
        return
    # Python's driver would begin transactions by itself, too late and never IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    # What is erased is written over, not only forgotten: files get copied and lost.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


def give_up() -> None:
    """Let go of what was left half done.

    What was read before stays readable: the page that says why shows who asks.
    """
    db.session.expunge_all()
    db.session.rollback()


def empty_the_journal() -> None:
    """Let SQLite's journal of writes go, which still holds what was just erased.

    After a deed, never inside one. While others read, it goes a moment later, by the
    next writes. PostgreSQL writes over its own as it goes.
    """
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def transaction() -> Generator[None, None, None]:
    """One deed: it happens whole or not at all; inside another, it joins it.

    As a decorator of services or in a `with`. On SQLite it begins IMMEDIATE: reading
    the signed-in user has opened a deferred transaction, which cannot be upgraded
    under load, so that one is ended first. PostgreSQL goes on in the one that is open.
    """
    session = db.session
    if session.info.get("in_deed"):
        yield
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("Something was changed outside a service.")
    session.info["in_deed"] = True
    try:
        if db.engine.dialect.name == "sqlite":
            session.commit()
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        yield
        session.commit()
    except BaseException:
        give_up()
        raise
    finally:
        session.info["in_deed"] = False


def deed(service: Callable[P, R]) -> Callable[P, R]:
    """Make a function one transaction."""

    @wraps(service)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return service(*args, **kwargs)

    return whole


def insert(into: type[Model] | FromClause) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of this installation.

    Into a model's `__table__` it costs half as much as into the model.
    """
    if db.engine.dialect.name == "sqlite":
        return sqlite.insert(into)  # type: ignore[arg-type]
    return postgresql.insert(into)  # type: ignore[arg-type]


def inserted(statement: Insert, row: Mapping[str, Any] | None = None) -> bool:
    """Run an INSERT … ON CONFLICT DO NOTHING; whether it added its row."""
    # PostgreSQL's own way to give the new id back would forget the count.
    counted = statement.execution_options(preserve_rowcount=True)
    result: Any = db.session.execute(counted, row)
    return result.rowcount > 0


def built_once(build: Callable[[], R]) -> Callable[[], R]:
    """Keep a statement for each dialect: building it costs more than running it."""
    kept: dict[str, R] = {}

    @wraps(build)
    def statement() -> R:
        dialect = db.engine.dialect.name
        if dialect not in kept:
            kept[dialect] = build()
        return kept[dialect]

    return statement
