"""passeport privacy clean and erase, as somebody types them."""

from pathlib import Path

import pytest


def test_clean_says_how_many_of_each(command):
    command("db", "upgrade")
    said = command("privacy", "clean")

    assert (said.code, said.err) == (0, "")
    assert "accounts: 0" in said.out.splitlines()
    assert "journal: 0" in said.out.splitlines()


def test_erase_says_who_stands_there_now(command):
    command("db", "upgrade")
    command("account", "create", "Ada Lovelace")

    said = command("privacy", "erase", "ada.lovelace")

    assert said.code == 0
    assert "Anonyme" in said.out
    assert command("privacy", "erase", "ada.lovelace").code == 1


def test_the_last_administrator_stays(command):
    command("db", "upgrade")
    command("account", "create", "Linus Torvalds", "--role", "admin")

    said = command("privacy", "erase", "linus.torvalds")

    assert said.code == 1
    assert "administrator" in said.err


@pytest.mark.only("sqlite")
def test_nothing_of_the_name_is_left_in_any_file(command):
    command("db", "upgrade")
    command("account", "create", "Linus Torvalds", "--role", "admin")
    command("account", "create", "Zénobie Quatrefages")
    database = Path(command.database.removeprefix("sqlite:///"))

    before = holding(database, b"quatrefages")
    command("privacy", "erase", "zenobie.quatrefages")

    assert before
    assert holding(database, b"quatrefages") == []


def holding(database, word):
    """The database's files that hold a word, capitals or not."""
    files = database.parent.glob(f"{database.name}*")
    return [path.name for path in files if word in path.read_bytes().lower()]
