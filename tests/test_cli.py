"""The command says what is wrong in one sentence, and never a traceback."""

import errno

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from course import cli


def test_without_words_it_says_how_to_use_it(command):
    said = command()

    assert said.code == 2
    assert said.err.startswith("usage: passeport")


def test_settings_are_printed_one_a_line(command):
    command.set(PORT=8123)

    said = command("settings")

    lines = dict(line.split("=", 1) for line in said.out.splitlines())
    assert said.code == 0
    assert lines["COURSE_PORT"] == "8123"
    assert lines["COURSE_SECRET"] == "(made at first start)"


def test_a_setting_of_the_wrong_kind_is_one_sentence(command):
    command.set(PORT="http")

    said = command("db", "upgrade")

    assert said.code == 1
    assert said.err.startswith("passeport: COURSE_PORT must be a whole number")
    assert said.err.count("\n") == 1


def test_a_database_is_brought_up_to_date_once(command):
    first, second = command("db", "upgrade"), command("db", "upgrade")

    assert first.out.startswith("The database is at 2")
    assert second.out == "The database is up to date.\n"


def test_a_database_of_a_later_version_is_left_alone(command):
    command("db", "upgrade")
    engine = create_engine(command.database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2999'"))
    engine.dispose()

    said = command("db", "upgrade")

    assert said.code == 1
    assert "a later version" in said.err
    assert "2999" in said.err
    assert "nothing was changed" in said.err


def test_a_database_without_tables_is_one_sentence(command):
    said = command("account", "create", "Ada")

    assert said.code == 1
    assert said.err.startswith("passeport: The database")
    assert said.err.count("\n") == 1


def test_a_server_that_does_not_answer_is_one_sentence(command, tmp_path):
    command.set(DATABASE=f"postgresql://course@/course?host={tmp_path}")

    said = command("db", "upgrade")

    assert said.code == 1
    assert said.err.startswith("passeport: The database cannot be used")
    assert "Traceback" not in said.err


def test_a_folder_that_cannot_be_made_is_one_sentence(command, tmp_path):
    (tmp_path / "file").write_text("in the way")
    command.set(INSTANCE=tmp_path / "file" / "instance")

    said = command("db", "upgrade")

    assert said.code == 1
    assert "Traceback" not in said.err


def test_a_file_that_is_no_database_is_one_sentence(command, tmp_path):
    (tmp_path / "x.sqlite").write_text("not a database, but long enough to be read" * 9)
    command.set(DATABASE=f"sqlite:///{tmp_path / 'x.sqlite'}")

    said = command("db", "upgrade")

    assert said.code == 1
    assert said.err.startswith("passeport: The database cannot be used")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "cannot be written to"),
        (errno.EROFS, "COURSE_INSTANCE"),
        (errno.EADDRINUSE, "The port is busy"),
        (errno.EHOSTUNREACH, "No route"),
    ],
)
def test_what_the_system_refuses_is_a_sentence(number, said):
    assert said in cli.trouble(OSError(number, "No route", "/instance"))


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "cannot be written to"),
        ("unable to open database file", "COURSE_INSTANCE"),
        ("connection refused\nIs it running?", "cannot be used: connection refused"),
    ],
)
def test_what_a_database_refuses_is_a_sentence(answered, said):
    error = OperationalError("SELECT 1", {}, Exception(answered))

    sentence = cli.operational(error)

    assert said in sentence
    assert "SELECT" not in sentence


def test_an_error_without_a_cause_is_its_own_first_line():
    assert cli.first_line(OperationalError("", {}, None)) != ""
