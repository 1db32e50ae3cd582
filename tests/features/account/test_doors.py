"""Who comes in, from where, for how long; and who does not any more."""

import pytest

from course.base import security
from course.base.db import db, transaction
from course.features.account import merging, queries, services
from course.features.account.models import User
from tests.conftest import MORNING
from tests.make.account import PASSWORD, again, make_user
from tests.page import parse, said

GOOD = {"name": "Zoé Durand", "password": "quatre mots bien ensemble"}


def sign_in(client, login, **values):
    data = {"login": login, "password": PASSWORD}
    return client.post("account.sign_in_submit", data=data, **values)


# ---- Links


@pytest.mark.parametrize("typed", ["abcefhjk2345", "ABCE-FHJK-2345", "abce fhjk 2345"])
def test_the_word_of_a_slip_opens_its_account(client, ada, monkeypatch, typed):
    monkeypatch.setattr(services, "new_token", lambda: "ABCEFHJK2345")
    services.make_access_link(ada)

    seen = client.get("account.link", token=typed)
    answer = client.post("account.link_submit", token=typed, data=GOOD)

    assert seen.status_code == 200
    assert answer.location == "/welcome"


def test_the_words_of_links_cannot_be_guessed_for_long(client, ada):
    token = services.make_access_link(ada)
    for _ in range(security.PER_ADDRESS):
        with client.application.test_request_context(
            environ_base={"REMOTE_ADDR": "127.0.0.1"}
        ):
            security.count_failure("link")

    assert client.get("account.link", token="ABCEFHJK2345").status_code == 429
    assert client.post("account.link_submit", token=token).status_code == 429


def test_a_wrong_word_of_a_link_is_counted(client, monkeypatch):
    monkeypatch.setattr(security, "PER_ADDRESS", 1)

    assert client.get("account.link", token="ABCEFHJK2345").status_code == 410
    assert client.get("account.link", token="ABCEFHJK2345").status_code == 429


# ---- Sessions


@pytest.mark.parametrize(("stay", "lasts"), [({}, False), ({"stay": "y"}, True)])
def test_a_session_lasts_only_for_who_asked_to_stay(client, ada, stay, lasts):
    data = {"login": ada.login, "password": PASSWORD, **stay}

    answer = client.post("account.sign_in_submit", data=data)

    [cookie] = [
        one for one in answer.headers.getlist("Set-Cookie") if one.startswith("session")
    ]
    assert ("Expires" in cookie) is lasts


def offered(client):
    field = parse(client.get("account.sign_in").text).find(".//input[@id='login']")
    return field.get("autocomplete")


@pytest.mark.parametrize(("stay", "offer"), [({}, "off"), ({"stay": "y"}, "username")])
def test_a_name_is_offered_again_only_where_one_stayed(client, ada, stay, offer):
    assert offered(client) == "off"
    data = {"login": ada.login, "password": PASSWORD, **stay}
    client.post("account.sign_in_submit", data=data)

    client.post("account.sign_out")

    assert offered(client) == offer


def test_a_guest_who_leaves_leaves_no_name(client):
    client.post("account.guest")

    client.post("account.sign_out")

    assert offered(client) == "off"


def test_answers_of_somebody_else_are_not_swept_away_by_who_leaves(as_learner):
    answer = as_learner.post("account.sign_out", data={"waiting": "1"})

    assert answer.headers["Clear-Site-Data"] == '"cache"'


def test_a_guest_who_clicks_twice_signs_up_once(app, client):
    client.post("account.guest")
    page = parse(client.get("account.sign_up").text)
    form = {"joining": page.find(".//input[@name='joining']").get("value")}
    late = app.test_client()

    client.post("account.sign_up_submit", data=GOOD | form)
    second = late.post("account.sign_up_submit", data=GOOD | form)
    other = late.post("account.sign_up_submit", data={"joining": form["joining"]})

    assert second.location == "/welcome"
    assert queries.people("", 1)[1] == 1
    assert other.location == "/path"  # signed in by now


def test_the_second_click_of_somebody_else_signs_nobody_up(app, client):
    client.post("account.guest")
    form = {"joining": "a" * 32}
    client.post("account.sign_up_submit", data=GOOD | form)
    stranger = {"name": "Zoé Durand", "password": "une tout autre phrase"}

    answer = app.test_client().post(
        "account.sign_up_submit", data=stranger | form, check=False
    )

    assert answer.status_code == 401


def test_the_form_of_another_guest_makes_an_account_of_its_own(app, client):
    for browser, name in ((client, "Zoé Durand"), (app.test_client(), "Inès Martin")):
        browser.post("account.guest")
        data = GOOD | {"name": name, "joining": "a" * 32}
        assert browser.post("account.sign_up_submit", data=data).location == "/welcome"

    assert queries.people("", 1)[1] == 2


# ---- Accounts that nobody opens any more


def change(user, **values):
    with transaction():
        for name, value in values.items():
            setattr(db.session.get_one(User, user.id), name, value)


def test_an_account_that_was_joined_to_another_names_it(client, ada, as_learner):
    kept = make_user("Ada King")
    middle = make_user("Ada Byron")
    change(middle, merged_into_id=kept.id)
    change(ada, merged_into_id=middle.id)

    answer = sign_in(client, ada.login)

    assert answer.status_code == 403
    assert "connectez-vous avec ada.king" in said(parse(answer.text))
    assert as_learner.get("account.profile").location.startswith("/sign-in")


def test_an_erased_account_opens_no_more(client, ada, as_learner):
    change(ada, erased_at=MORNING)

    assert sign_in(client, ada.login).status_code == 403
    assert as_learner.get("account.profile").location.startswith("/sign-in")


FAR = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.mark.parametrize(
    ("where", "headers", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.9"}, {}, 302),
        ({"REMOTE_ADDR": "::1"}, {}, 302),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, {}, 302),
        (FAR, {}, 403),
        ({"REMOTE_ADDR": "2001:db8::1"}, {}, 403),
        ({"REMOTE_ADDR": "somewhere"}, {}, 403),
        ({"REMOTE_ADDR": "127.0.0.1"}, {"X-Forwarded-For": "192.0.2.7"}, 403),
    ],
)
def test_the_demonstration_opens_on_the_machine_that_serves(
    client, ada, where, headers, status
):
    change(ada, demo=True)

    answer = sign_in(client, ada.login, environ_base=where, headers=headers)

    assert answer.status_code == status


def test_a_link_of_the_demonstration_opens_there_only(client, ada):
    change(ada, demo=True)
    token = services.make_access_link(ada)

    answer = client.post(
        "account.link_submit", token=token, data=GOOD, environ_base=FAR
    )

    assert answer.status_code == 403


def test_the_link_of_a_closed_account_changes_nothing_in_it(client, ada, grace):
    other = make_user("Ada Lovelasse")
    merging.merge(grace, ada, other, 1)
    token = services.make_access_link(other)

    answer = client.post("account.link_submit", token=token, data=GOOD)

    assert answer.status_code == 403
    assert again(other).password == other.password


def test_pages_far_beyond_the_last_account_are_empty(as_admin):
    assert as_admin.get("account.accounts", page=10**20).status_code == 200
