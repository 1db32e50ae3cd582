"""Signing in, out and up, in a browser."""

from tests.make.account import PASSWORD


def test_who_signs_in_lands_on_the_path(client, ada):
    answer = client.post(
        "account.sign_in", data={"login": ada.login, "password": PASSWORD}
    )

    assert answer.status_code == 302
    assert answer.location == "/path"


def test_pages(client):
    client.get("account.sign_in")
    client.get("site.style")
