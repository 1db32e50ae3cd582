"""Whoever ran a released version keeps everything: rows, path, attempts."""

import json

import pytest
from sqlalchemy import create_engine, select

from course.app import create_app
from course.base import migrations
from course.base.backup import rows
from course.base.db import db
from course.features.account.models import User
from course.features.quiz.models import Attempt
from tests.make import state
from tests.make.backup import RELEASED
from tests.make.client import Client
from tests.make.settings import make_settings


@pytest.fixture
def url(database):
    """A database that has no table yet."""
    return database.new_database()


@pytest.fixture
def engine(url):
    engine = create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def upgraded(url, engine, tmp_path):
    """`upgraded(name)`: the application of today on a network of that time."""
    made = []

    def upgrade(name):
        state.load(engine, state.read(name))
        migrations.upgrade(engine)
        app = create_app(make_settings(tmp_path, database=url), TESTING=True)
        app.test_client_class = Client
        made.append(app)
        return app

    yield upgrade
    for app in made:
        with app.app_context():
            db.session.close()
            db.engine.dispose()


def test_every_released_migration_has_its_state():
    assert migrations.known()[:-1] == [
        n for n in RELEASED if n in migrations.known()[:-1]
    ]
    assert set(RELEASED) <= set(migrations.known())


@pytest.mark.parametrize("name", RELEASED)
def test_a_state_has_a_row_in_each_table(engine, name):
    kept = state.read(name)

    state.load(engine, kept)

    assert [table for table, held in kept["tables"].items() if not held["rows"]] == []
    assert json.loads(state.dump(engine)) == kept


@pytest.mark.parametrize("name", RELEASED)
def test_an_upgrade_keeps_every_row_as_it_was(engine, name):
    kept = state.read(name)
    state.load(engine, kept)

    migrations.upgrade(engine)

    assert migrations.is_ready(engine)
    with engine.connect() as connection:
        now = {table.name: table for table in rows.tables(connection)}
        for table, held in kept["tables"].items():
            found = rows.lines(connection, now[table], held["columns"])
            before = [json.dumps(row) for row in held["rows"]]
            assert sorted(json.dumps(json.loads(line)) for line in found) == sorted(
                before
            )


@pytest.mark.parametrize("name", RELEASED)
def test_a_learner_finds_the_path_and_the_attempts_after_an_upgrade(upgraded, name):
    app = upgraded(name)
    with app.app_context():
        ada = db.session.scalars(select(User).where(User.name == state.LEARNER)).one()
        attempts = db.session.scalars(select(Attempt).where(Attempt.user_id == ada.id))
        ended = [attempt.id for attempt in attempts if attempt.ended_at]
        browser = app.test_client().sign_in(ada)

        home = browser.get("path.home")
        reviews = [browser.get("quiz.review", attempt_id=one) for one in ended]

    assert home.status_code == 200
    assert [review.status_code for review in reviews] == [200, 200]
    assert "Qui prévenez-vous d" in reviews[0].text


@pytest.mark.parametrize("name", RELEASED)
def test_an_author_finds_the_draft_after_an_upgrade(upgraded, name):
    app = upgraded(name)
    with app.app_context():
        linus = db.session.scalars(select(User).where(User.name == state.AUTHOR)).one()
        browser = app.test_client().sign_in(linus)

        page = browser.get("author.edit", kind="quiz", key="essai")

    assert page.status_code == 200
    assert "Qui faut-il prévenir" in page.text
