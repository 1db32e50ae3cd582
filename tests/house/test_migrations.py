"""Migrations lead from nothing to the models, and back."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from course.base import migrations
from course.base.db import Model


@pytest.fixture
def engine(app, database):
    """A database without a table; `app` has declared every model."""
    engine = create_engine(database.new_database())
    yield engine
    engine.dispose()


def differences(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Model.metadata)


def downgrade(engine, to="base"):
    script = ScriptDirectory(
        str(migrations.FOLDER), version_locations=[str(migrations.FOLDER)]
    )

    def steps(revision, _context):
        return script._downgrade_revs(to, revision)

    with (
        engine.begin() as connection,
        EnvironmentContext(Config(), script, fn=steps) as environment,
    ):
        environment.configure(connection=connection, render_as_batch=True)
        environment.run_migrations()


def tables(engine):
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_they_lead_to_the_models(engine):
    migrations.upgrade(engine)

    assert differences(engine) == []
    assert tables(engine) == set(Model.metadata.tables)


def test_they_lead_back(engine):
    migrations.upgrade(engine)

    downgrade(engine)

    assert tables(engine) == set()


def test_they_can_be_run_one_by_one_and_again(engine):
    for name in migrations.known():
        migrations.upgrade(engine, name)
    downgrade(engine)
    migrations.upgrade(engine)

    assert migrations.is_ready(engine)
    assert differences(engine) == []


def test_a_file_begins_with_the_name_of_its_revision():
    script = ScriptDirectory(
        str(migrations.FOLDER), version_locations=[str(migrations.FOLDER)]
    )

    revisions = sorted(script.walk_revisions(), key=lambda one: one.revision)

    assert [one.revision for one in revisions] == migrations.known()
    assert [one.down_revision for one in revisions] == [None, *migrations.known()[:-1]]
