"""Headers, cookies, links and doors."""

from datetime import timedelta

import pytest

from course.base import clock, security
from course.base.db import db, transaction
from course.features.account.models import User
from tests.conftest import MORNING
from tests.make.account import PASSWORD


def test_a_page_runs_only_its_own_scripts(client):
    first, second = client.get("site.help"), client.get("site.help")

    policies = [one.headers["Content-Security-Policy"] for one in (first, second)]
    assert "default-src 'none'" in policies[0]
    assert "unsafe" not in policies[0]
    assert policies[0] != policies[1]  # the word is new each time


def test_a_page_is_neither_kept_nor_framed(client):
    headers = client.get("site.help").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_what_a_script_gets_about_somebody_is_not_kept_either(client, as_learner):
    script = {"Accept": "application/json"}

    mine = as_learner.get("/nothing", headers=script)
    anybodys = client.get("/nothing", headers=script)

    assert mine.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in anybodys.headers


@pytest.mark.parametrize(("idle", "away"), [(0, 1441), (5, 4), (5, 7)])
def test_a_session_ends_after_as_many_minutes_as_the_settings_say(
    new_app, app, real_commits, ada, idle, away
):
    browser = new_app(IDLE=idle).test_client().sign_in(ada)
    with browser.session_transaction() as session:
        session.permanent = False
    browser.get("path.home")

    clock.set_to(MORNING + timedelta(minutes=away))

    ended = browser.get("path.home").location == "/sign-in?next=/path"
    assert ended is (0 < idle < away)


def test_the_demonstration_may_be_opened_to_all(new_app, app, real_commits, ada):
    with transaction():
        db.session.get_one(User, ada.id).demo = True
    far = {"environ_base": {"REMOTE_ADDR": "192.0.2.1"}}
    data = {"login": ada.login, "password": PASSWORD}

    for setting, status in ((0, 403), (1, 302)):
        browser = new_app(DEMO=setting).test_client()
        answer = browser.post("account.sign_in_submit", data=data, **far, check=False)
        assert answer.status_code == status


def test_behind_a_known_proxy_the_visitor_says_where_they_are(
    new_app, app, real_commits, ada
):
    with transaction():
        db.session.get_one(User, ada.id).demo = True
    data = {"login": ada.login, "password": PASSWORD}
    browser = new_app(PROXIES=1).test_client()

    for address, status in (("192.0.2.1", 403), ("127.0.0.1", 302)):
        answer = browser.post(
            "account.sign_in_submit",
            data=data,
            headers={"X-Forwarded-For": address},
            check=False,
        )
        assert answer.status_code == status


def test_an_answer_that_is_not_a_page_needs_no_policy(client):
    headers = client.get("site.icon").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in client.get("site.health").headers


def test_cookies_are_secure_exactly_when_the_page_is(app, ada):
    def cookie(address):
        answer = app.test_client().post(
            "site.language", data={"language": "en"}, base_url=address
        )
        return answer.headers.getlist("Set-Cookie")

    assert all("Secure" in one for one in cookie("https://localhost"))
    assert not any("Secure" in one for one in cookie("http://localhost"))


def test_https_is_asked_for_again(client):
    answer = client.get("site.help", base_url="https://localhost")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_behind_a_proxy_the_visitor_s_address_and_scheme_are_believed(app, new_app):
    client = new_app(PROXIES=1).test_client()
    proxy = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}

    answer = client.get("site.help", headers=proxy)

    assert "Strict-Transport-Security" in answer.headers


def test_without_a_proxy_nobody_is_believed(client):
    answer = client.get("site.help", headers={"X-Forwarded-Proto": "https"})

    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("token", [False, True])
def test_a_form_without_its_token_changes_nothing(client, token):
    headers = {} if not token else {"X-CSRFToken": "forged"}

    answer = client.post("account.guest", csrf=False, headers=headers)

    assert answer.status_code == 400
    assert "trop longtemps" in answer.text or "too long" in answer.text


@pytest.mark.parametrize(
    "target",
    [
        "",
        None,
        "path",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/a\\b",
        "https://elsewhere.example",
        "/\tpath",
        "javascript:alert(1)",
    ],
)
def test_a_link_that_leads_away_is_not_followed(target):
    assert security.own_address(target) is None


def test_a_link_of_this_site_is_followed():
    assert security.own_address("/cohorts/1?page=2#ada") == "/cohorts/1?page=2#ada"


@pytest.fixture
def door(app):
    """In a request: a door asks for the visitor's address."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        yield


def fail(times, name=None):
    for _ in range(times):
        security.count_failure("sign-in", name)


def test_a_name_is_closed_after_ten_failures(door):
    fail(security.PER_NAME - 1, "ada")
    assert not security.is_closed("sign-in", "ada")

    fail(1, "Ada")

    assert security.is_closed("sign-in", "ADA")
    assert not security.is_closed("sign-in", "grace")
    assert not security.is_closed("guest", "ada")


def test_an_address_is_closed_after_a_hundred_failures(door):
    fail(security.PER_ADDRESS)

    assert security.is_closed("sign-in")
    assert security.is_closed("sign-in", "grace")


def test_a_door_opens_again_after_a_quarter_of_an_hour(door):
    fail(security.PER_NAME, "ada")

    clock.set_to(MORNING + security.WINDOW + timedelta(seconds=1))

    assert not security.is_closed("sign-in", "ada")
    fail(1, "ada")
    assert not security.is_closed("sign-in", "ada")


def test_a_very_long_name_is_counted_too(door):
    fail(security.PER_NAME, "a" * 1000)

    assert security.is_closed("sign-in", "a" * 1000)
