"""The way to the last migration, and who may go."""

from threading import Thread

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from course.base import migrations


@pytest.fixture
def engine(database):
    engine = create_engine(database.new_database())
    yield engine
    engine.dispose()


def test_an_empty_database_is_not_ready(engine):
    assert not migrations.is_ready(engine)
    with engine.connect() as connection:
        assert migrations.state(connection) is None


def test_an_upgrade_makes_it_ready_and_a_second_one_changes_nothing(engine):
    migrations.upgrade(engine)
    migrations.upgrade(engine)

    assert migrations.is_ready(engine)
    with engine.connect() as connection:
        assert migrations.state(connection) == migrations.known()[-1]


def test_a_database_of_the_future_is_refused(engine):
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2999'"))

    with pytest.raises(migrations.NewerDatabaseError, match="2999"):
        migrations.is_ready(engine)


def test_two_upgrades_at_once_do_the_work_once(engine):
    failed = []

    def upgrade():
        try:
            migrations.upgrade(engine)
        except SQLAlchemyError as error:
            failed.append(error)

    threads = [Thread(target=upgrade) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert migrations.is_ready(engine)


@pytest.mark.parametrize(
    ("said", "full"),
    [("database or disk is full", True), ("unable to open database file", False)],
)
def test_a_full_disk_is_recognised(said, full):
    assert migrations.is_full(OperationalError("", {}, Exception(said))) is full
