"""Databases for tests: a file copied for each on SQLite, a savepoint on PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from course.base import migrations
from course.base.db import Model, db
from tests.make.postgresql import Cluster


class Sqlite:
    """A real file and real commits: each test begins with a copy of an empty one."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.template = folder / "template.sqlite"
        self.file = folder / "course.sqlite"
        self.url = f"sqlite:///{self.file}"
        engine = create_engine(f"sqlite:///{self.template}")
        migrations.upgrade(engine)
        engine.dispose()

    @contextmanager
    def emptied(self, app: Flask, *, real_commits: bool) -> Iterator[None]:
        """The application's database, without a row."""
        del app, real_commits  # commits are always real here
        for left in self.folder.glob("course.sqlite*"):
            left.unlink()
        shutil.copy(self.template, self.file)
        yield
        db.engine.dispose()

    def new_database(self) -> str:
        """The URL of a database that has no table yet."""
        self.count += 1
        return f"sqlite:///{self.folder / f'new-{self.count}.sqlite'}"

    def stop(self) -> None:
        """Nothing runs."""


class Postgresql:
    """One cluster for a run; each test is a savepoint that is given up at its end."""

    name = "postgresql"

    def __init__(self) -> None:
        self.cluster = Cluster()
        self.url = self.new_database()
        engine = create_engine(self.url)
        migrations.upgrade(engine)
        engine.dispose()

    @contextmanager
    def emptied(self, app: Flask, *, real_commits: bool) -> Iterator[None]:
        """The application's database, without a row."""
        del app
        if real_commits:
            db.sessionmaker.configure(bind=db.engine, binds={})
            yield
            db.session.close()
            self._truncate()
            return
        with db.engine.connect() as connection:
            test = connection.begin()
            db.sessionmaker.configure(
                bind=connection, binds={}, join_transaction_mode="create_savepoint"
            )
            yield
            db.session.close()
            test.rollback()

    def _truncate(self) -> None:
        names = ", ".join(f'"{name}"' for name in Model.metadata.tables)
        with db.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))

    def new_database(self) -> str:
        """The URL of a database that has no table yet."""
        return self.cluster.new_database()

    def stop(self) -> None:
        """End the server."""
        self.cluster.stop()
