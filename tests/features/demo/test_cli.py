"""passeport demo: makes the network once, prints how to enter, spares real people."""

import re

import pytest
from sqlalchemy import create_engine, text

from course.base import clock
from tests.make.demo import TODAY, rows

SMALL = ("--learners", "6")
DAY = ("--today", TODAY.isoformat())


@pytest.fixture(autouse=True)
def _the_day_of_the_tests():
    from tests.conftest import MORNING  # noqa: PLC0415 - a constant

    clock.set_to(MORNING)
    yield
    clock.set_to(None)


@pytest.fixture
def in_two(command, database, tmp_path):
    """The same command in two new installations: what each database then holds."""

    def made(one, other):
        found = []
        for at, words in enumerate((one, other)):
            url = database.new_database()
            command.set(DATABASE=url, INSTANCE=tmp_path / f"instance-{at}")
            said = command("demo", *words)
            assert said.code == 0, said.err
            found.append(rows(url))
        return found

    return made


def execute(command, statement):
    engine = create_engine(command.database)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_it_makes_the_whole_network_in_an_empty_installation(command):
    said = command("demo")

    assert said.code == 0
    assert "3 centres, 6 cohorts, 120 learners" in said.out
    assert len(re.findall("^  (?:admin|trainer|learner) ", said.out, re.MULTILINE)) == 5
    assert "from this machine only" in said.out


def test_the_same_seed_gives_the_same_network(in_two):
    one, other = in_two((*DAY, *SMALL), (*DAY, *SMALL))

    assert one["event"]
    assert one == other


def test_another_seed_gives_another_network(in_two):
    one, other = in_two((*DAY, *SMALL), (*DAY, *SMALL, "--seed", "8"))

    assert one["user"] != other["user"]


def test_a_second_time_nothing_changes_and_the_accounts_are_said_again(command):
    first = command("demo", *SMALL)
    before = rows(command.database)

    second = command("demo", *SMALL)

    assert second.code == 0
    assert second.out.startswith("The network is here already: nothing was changed.")
    assert second.out.splitlines()[1:] == first.out.splitlines()[1:]
    assert rows(command.database) == before


def test_a_database_with_real_people_is_refused(command):
    command("db", "upgrade")
    command("account", "create", "Ada Lovelace")
    before = rows(command.database)

    said = command("demo")

    assert said.code == 1
    assert said.out == ""
    assert "people of its own" in said.err
    assert rows(command.database) == before


def test_people_who_came_to_the_demonstration_do_not_close_it(command):
    command("demo", *SMALL)
    command("account", "create", "Ada Lovelace")

    assert command("demo").code == 0


def test_a_database_of_a_former_version_has_to_be_upgraded_first(command):
    command("db", "upgrade")
    execute(command, "UPDATE alembic_version SET version_num = '20261123_0900'")

    said = command("demo")

    assert said.code == 1
    assert "passeport db upgrade" in said.err


def test_without_a_course_there_is_no_network(command, tmp_path):
    command.set(CONTENT=tmp_path / "nowhere")

    said = command("demo")

    assert said.code == 1
    assert "passeport content check" in said.err
    assert rows(command.database)["user"] == []


def test_a_course_that_is_published_is_left_as_it_is(command):
    command("db", "upgrade")
    command("content", "sync")
    before = rows(command.database)["edition"]

    command("demo", *SMALL)

    assert rows(command.database)["edition"] == before


def test_it_says_how_to_open_the_accounts_to_other_machines(command):
    said = command("demo", *SMALL, "--anywhere")

    assert "COURSE_DEMO=1 COURSE_HOST=0.0.0.0" in said.out
    assert "this machine only" not in said.out


def test_it_says_when_they_are_open_to_other_machines(command):
    command.set(DEMO=1)

    assert "from any machine" in command("demo", *SMALL).out


def test_after_a_change_of_the_secret_the_old_password_is_not_made_up(command):
    command("demo", *SMALL)
    command.set(SECRET="another secret, which signs something else")

    assert "the one printed when it was made" in command("demo").out


@pytest.mark.parametrize(
    "words",
    [
        ("--today", "demain"),
        ("--today", "2026-11-24"),
        ("--learners", "5"),
        ("--learners", "many"),
        ("--seed", "x"),
    ],
)
def test_what_makes_no_sense_is_said_at_once(command, words):
    said = command("demo", *words)

    assert said.code == 2
    assert "usage: passeport demo" in said.err
