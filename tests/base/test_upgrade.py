"""An upgrade is whole or it is nothing, whatever happens in the middle."""

import os
import signal

import pytest
from sqlalchemy import create_engine

from course.base import migrations
from tests.make.backup import filled, held
from tests.make.migration import (
    BREAKS,
    NEXT,
    REFUSED,
    WAITS,
    begin,
    folder_with,
    kill_in_the_middle,
)
from tests.make.server import free_port


@pytest.fixture
def network(command):
    """A small network at the last migration."""
    return filled(command)


@pytest.fixture
def coming(monkeypatch, tmp_path):
    """`coming(BREAKS)`: the code now has one more migration."""

    def add(then="pass"):
        folder = folder_with(tmp_path / "migrations", then)
        monkeypatch.setattr(migrations, "FOLDER", folder)
        return folder

    return add


def state_of(network):
    engine = create_engine(network.database)
    try:
        with engine.connect() as connection:
            return migrations.state(connection)
    finally:
        engine.dispose()


def test_an_upgrade_says_what_it_does_and_what_to_do_before(network, coming):
    last = migrations.known()[-1]
    coming()

    said = network("db", "upgrade")

    assert said.code == 0, said.err
    assert f"The database is at {last}. To do: {NEXT}." in said.out
    assert "Make a backup first: passeport backup make FILE" in said.out
    assert "start the former version again" in said.out
    assert said.out.endswith(f"The database is at {NEXT}.\n")
    assert "parcel" in held(network.database)


def test_a_plan_changes_nothing(network, coming):
    before = held(network.database)
    coming()

    said = network("db", "upgrade", "--plan")

    assert said.code == 0
    assert f"To do: {NEXT}." in said.out
    assert held(network.database) == before
    assert list(network.instance.glob("before-*")) == []


@pytest.mark.parametrize(
    ("then", "why"), [(BREAKS, "a wrong sum."), (REFUSED, "parcel")]
)
def test_a_migration_that_fails_changes_nothing_and_says_what_to_do(
    network, coming, then, why
):
    last, before = migrations.known()[-1], held(network.database)
    coming(then)

    said = network("db", "upgrade")

    assert said.code == 1
    assert said.err.startswith("passeport: The upgrade failed:")
    assert why in said.err
    assert f"Nothing was changed: the database is still at {last}." in said.err
    assert "Start the former version again" in said.err
    assert "passeport db upgrade" in said.err
    assert said.err.count("\n") == 1
    assert held(network.database) == before
    assert state_of(network) == last


def test_the_former_version_goes_on_after_a_failure(network, coming, monkeypatch):
    former = migrations.FOLDER
    coming(BREAKS)
    network("db", "upgrade")

    monkeypatch.setattr(migrations, "FOLDER", former)

    assert network("db", "upgrade").out == "The database is up to date.\n"
    assert network("account", "create", "Barbara Liskov").code == 0


def test_the_first_migration_that_fails_leaves_an_empty_database(command, coming):
    coming(BREAKS)

    said = command("db", "upgrade")

    assert "the database is still empty" in said.err
    assert held(command.database) == {}


def test_an_upgrade_killed_in_the_middle_changes_nothing_and_can_be_run_again(
    network, coming, tmp_path
):
    last, before, mark = (
        migrations.known()[-1],
        held(network.database),
        tmp_path / "mark",
    )
    folder = coming(WAITS)

    kill_in_the_middle(begin(folder, "db", "upgrade", COURSE_TEST_MARK=str(mark)), mark)

    left, at = held(network.database), state_of(network)
    again = network("db", "upgrade")

    assert left == before
    assert at == last
    assert again.code == 0, again.err
    assert state_of(network) == NEXT
    assert held(network.database)["parcel"] == [b"[1]\n"]


# PostgreSQL checks each row by itself.
@pytest.mark.only("sqlite")
def test_a_row_that_points_to_nothing_stops_an_upgrade(network, coming):
    coming('op.execute("UPDATE cohort SET centre_id = 999")')
    before = held(network.database)

    said = network("db", "upgrade")

    assert said.code == 1
    assert "a row of cohort points to no row of centre" in said.err
    assert held(network.database) == before


def test_a_table_that_others_point_to_can_be_made_again(network, coming):
    """SQLite's way to change a column would take with it all that points to it."""
    coming(
        'with op.batch_alter_table("user", recreate="auto") as table:\n'
        '        table.alter_column("language", type_=sa.String(20))'
    )
    before = held(network.database)

    said = network("db", "upgrade")

    assert said.code == 0, said.err
    after = held(network.database)
    assert after["user"] == before["user"]
    assert after["submission"] == before["submission"]


# ── the copy of one machine


@pytest.mark.only("sqlite")
def test_a_copy_is_kept_before_an_upgrade_and_said(network, coming):
    before = held(network.database)
    coming()

    said = network("db", "upgrade")

    copy = network.instance / f"before-{NEXT}.sqlite"
    assert f"A copy of the database as it was: {copy}" in said.out
    assert held(f"sqlite:///{copy}") == before
    assert copy.stat().st_mode & 0o777 == 0o600
    assert list(network.instance.glob("*.tmp")) == []


@pytest.mark.only("sqlite")
def test_a_start_on_one_machine_copies_upgrades_and_serves(network, coming):
    folder = coming()
    network.set(PORT=free_port())
    process = begin(folder, "serve")

    first, second = process.stdout.readline(), process.stdout.readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    assert first.startswith("A copy of the database as it was:")
    assert second.startswith("Passeport numérique:")
    assert state_of(network) == NEXT


@pytest.mark.only("sqlite")
def test_the_last_two_copies_stay(network, coming):
    for year in (2024, 2025, 2026):
        (network.instance / f"before-{year}0101_0000.sqlite").touch()
    coming()

    network("db", "upgrade")

    kept = sorted(path.name for path in network.instance.glob("before-*"))
    assert kept == ["before-20260101_0000.sqlite", f"before-{NEXT}.sqlite"]


def test_an_empty_database_is_not_copied(command):
    command("db", "upgrade")

    assert list(command.instance.glob("before-*")) == []


@pytest.mark.only("postgresql")
def test_a_database_server_is_not_copied(network, coming):
    coming()

    said = network("db", "upgrade")

    assert "A copy" not in said.out


def test_words_of_a_failure_without_words():
    error = migrations.UpgradeError(None, KeyError())

    assert error.why == "KeyError()"


@pytest.mark.only("sqlite")
def test_a_copy_that_cannot_be_made_stops_the_upgrade(network, coming, tmp_path):
    coming()
    network.set(INSTANCE=tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / f"before-{NEXT}.sqlite" / "x").mkdir(parents=True)

    said = network("db", "upgrade")

    assert said.code == 1
    assert list((tmp_path / "elsewhere").glob("*.tmp")) == []
    assert state_of(network) != NEXT
