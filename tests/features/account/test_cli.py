"""passeport account."""

import pytest


@pytest.fixture
def installed(command):
    command("db", "upgrade")
    return command


def test_an_account_and_its_link_are_printed(installed):
    said = installed("account", "create", "Zoé Durand", "--role", "trainer")

    login, link = said.out.splitlines()
    assert said.code == 0
    assert login == "zoe.durand"
    assert link.startswith("http://127.0.0.1:8000/links/")


def test_a_link_can_be_made_again(installed):
    installed.set(URL="https://passeport.example")
    first = installed("account", "create", "Zoé Durand").out.splitlines()

    second = installed("account", "link", "ZOÉ.Durand").out.splitlines()

    assert second[0] == first[0]
    assert second[1].startswith("https://passeport.example/links/")
    assert second[1] != first[1]


def test_nobody_has_no_link(installed):
    said = installed("account", "link", "nobody")

    assert (said.code, said.out) == (1, "")
    assert said.err == "passeport: nobody signs in as nobody.\n"


def test_a_role_nobody_knows_is_refused(installed):
    said = installed("account", "create", "Zoé", "--role", "king")

    assert said.code == 2
    assert "king" in said.err


def test_a_name_that_is_blank_is_refused(installed):
    said = installed("account", "create", "  ")

    assert said.code == 1
    assert "name" in said.err
