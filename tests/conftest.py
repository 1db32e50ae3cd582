"""What every test may ask for: an application, people who are signed in, a database."""
# ruff: noqa: PLC0415 - the domain's tests pay neither for Flask nor for a database

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="where the tests keep their rows",
    )


def pytest_collection_modifyitems(config, items):
    kind = config.getoption("--database")
    only = {item: item.get_closest_marker("only") for item in items}
    others = [item for item, mark in only.items() if mark and kind not in mark.args]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside():
    for name in [name for name in os.environ if name.startswith("COURSE_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def database(request, tmp_path_factory):
    """The kind of database that was asked for, and empty ones: `.new_database()`."""
    from tests.make.database import Postgresql, Sqlite

    if request.config.getoption("--database") == "postgresql":
        kind = Postgresql()
    else:
        kind = Sqlite(tmp_path_factory.mktemp("database"))
    yield kind
    kind.stop()


@pytest.fixture(scope="session")
def _application(database, tmp_path_factory):
    from course.app import create_app
    from course.base.db import db
    from tests.make.client import Client
    from tests.make.settings import make_settings

    folder = tmp_path_factory.mktemp("instance")
    app = create_app(make_settings(folder, database=database.url), TESTING=True)
    app.test_client_class = Client
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(_application, database, request):
    """The application with an empty database, at nine in the morning, in a context."""
    from course.base import clock

    at_first = dict(_application.extensions)
    real_commits = "real_commits" in request.fixturenames
    clock.set_to(MORNING)
    with (
        _application.app_context(),
        database.emptied(_application, real_commits=real_commits),
    ):
        yield _application
    clock.set_to(None)
    # What a process keeps in memory about a database that is no more.
    _application.extensions.clear()
    _application.extensions.update(at_first)


@pytest.fixture
def real_commits():
    """For tests with threads: what is committed is seen by others, PostgreSQL too."""


@pytest.fixture
def client(app):
    """A browser that nobody has signed in with, in French."""
    return app.test_client().speak("fr")


@pytest.fixture
def visitor(client):
    """Who looks without an account."""
    return client


@pytest.fixture
def ada(app):
    """She learns."""
    from tests.make.account import make_user

    return make_user("Ada Lovelace")


@pytest.fixture
def grace(app):
    """She trains."""
    from course.domain.rights import Role
    from tests.make.account import make_user

    return make_user("Grace Hopper", role=Role.TRAINER)


@pytest.fixture
def linus(app):
    """He administrates."""
    from course.domain.rights import Role
    from tests.make.account import make_user

    return make_user("Linus Torvalds", role=Role.ADMIN)


@pytest.fixture
def as_learner(app, ada):
    """Ada's browser."""
    return app.test_client().sign_in(ada)


@pytest.fixture
def as_trainer(app, grace):
    """Grace's browser."""
    return app.test_client().sign_in(grace)


@pytest.fixture
def as_admin(app, linus):
    """Linus's browser."""
    return app.test_client().sign_in(linus)


@pytest.fixture
def small_library(app, tmp_path):
    """A module `essai`, two lessons, a quiz with every kind of question: published."""
    from tests.make.library import publish

    return publish(tmp_path)


@pytest.fixture
def library(app):
    """The real lessons/ and quizzes/, published."""
    from course.features.catalogue import queries, services

    services.sync_folder(ROOT)
    return queries.shelf().library


@pytest.fixture
def command(database, tmp_path, monkeypatch, capfd):
    """`command("account", "create", "Ada")` in a new installation: code, out, err."""
    from tests.make.installation import Installation

    return Installation(tmp_path, database.new_database(), monkeypatch, capfd)


@pytest.fixture
def count_queries(app):
    """`with count_queries() as queries:` then `len(queries)`: each statement sent."""
    from sqlalchemy import event

    from course.base.db import db

    @contextmanager
    def counting() -> Iterator[list[str]]:
        sent: list[str] = []

        def note(_connection, _cursor, statement, *_more):
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
                sent.append(statement)

        engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
