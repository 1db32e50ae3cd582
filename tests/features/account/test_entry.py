"""Sessions that end by themselves, and what was being written meanwhile."""

from datetime import timedelta

import pytest

from course.base import clock, security
from course.features.quiz import queries as quizzes
from tests.conftest import MORNING
from tests.make.account import PASSWORD, again, make_user
from tests.make.quiz import SCRIPT, address, line_of, start
from tests.page import parse, said

AWAY = timedelta(minutes=32)


@pytest.fixture
def browser(app, ada):
    """Ada has just signed in on a shared PC, by the page."""
    browser = app.test_client().speak("fr")
    signs_in(browser, ada)
    assert browser.get("account.profile").status_code == 200
    return browser


def signs_in(browser, user, **more):
    data = {"login": user.login, "password": PASSWORD, **more}
    return browser.post("account.sign_in_submit", data=data)


def goes_away(browser, length=AWAY):
    clock.set_to(clock.now() + length)
    return browser


def hidden(page, name):
    return parse(page.text).find(f".//input[@name='{name}']").get("value")


def test_a_session_without_a_sign_for_half_an_hour_ends(browser):
    answer = goes_away(browser).get("account.profile")

    assert answer.location == "/sign-in?next=/profile"
    page = said(parse(browser.get(answer.location).text))
    assert "déconnecté après 30 minutes sans activité" in page
    assert "Ce que vous aviez écrit est gardé." in page


def test_each_page_is_a_sign(browser):
    for _page in range(4):
        answer = goes_away(browser, timedelta(minutes=20)).get("account.profile")

        assert answer.status_code == 200


def test_the_cookie_is_written_once_a_minute_at_most(browser):
    seconds = timedelta(seconds=20)
    written = [
        "Set-Cookie" in goes_away(browser, seconds).get("account.profile").headers
        for _page in range(6)
    ]

    assert written == [False, False, True, False, False, True]


def test_who_stays_signed_in_is_never_idle(app, ada):
    browser = app.test_client().speak("fr")
    signs_in(browser, ada, stay="y")

    assert goes_away(browser).get("account.profile").status_code == 200


def test_a_guest_who_has_no_way_back_is_never_idle(client):
    client.post("account.guest")

    assert goes_away(client).get("account.profile").status_code == 200


def test_an_idle_session_leaves_no_message_to_the_next_one(browser):
    with browser.session_transaction() as session:
        session["_flashes"] = [("message", "Pour Ada seulement")]

    page = goes_away(browser).get("account.sign_in")

    assert "Pour Ada" not in page.text


def test_coming_back_leads_where_one_was(browser, ada):
    goes_away(browser).get("account.profile")

    answer = browser.post(
        "account.sign_in_submit",
        next="/profile",
        data={"login": ada.login, "password": PASSWORD},
    )

    assert answer.location == "/profile"
    with browser.session_transaction() as session:
        assert security.GONE not in session


def test_a_script_is_told_why_in_the_words_of_the_person(app, small_library, ada):
    user = make_user("Hedy Lamarr", language="en")
    browser = app.test_client().speak("fr")
    signs_in(browser, user)
    attempt = start(user)

    reply = goes_away(browser).post(
        "quiz.answer",
        **address(attempt, "delai"),
        data={"answer": "72"},
        headers=SCRIPT | {"Referer": "http://localhost/attempts/1?all=1"},
    )

    assert reply.status_code == 401
    assert reply.json == {
        "message": "You were signed out after 30 minutes without activity. "
        "Your answer is kept here.",
        "url": "/sign-in?next=/attempts/1?all%3D1",
        "label": "Sign in",
    }
    assert line_of(attempt, "delai").last is None


@pytest.fixture
def late(small_library, browser, ada):
    """The sign-in page that met Ada's answer, sent too late."""
    attempt = start(ada)
    page = goes_away(browser).post(
        "quiz.answer",
        **address(attempt, "delai"),
        data={"answer": "72 heures", "client": "f00", "base": ""},
    )
    assert page.status_code == 401
    return page


def test_an_answer_sent_too_late_is_kept_and_not_shown(late):
    assert "Ce que vous aviez écrit est gardé" in said(parse(late.text))
    assert "72 heures" not in late.text
    assert hidden(late, "kept")


def sends_again(browser, page):
    """Press the button of a page: its address, with its fields."""
    form = parse(page.text).find(".//main//form")
    data = {
        one.get("name"): one.get("value")
        for one in form.iter("input")
        if one.get("name") != "csrf_token"
    }
    return browser.post(form.get("action"), data=data)


def test_who_comes_back_sees_it_and_sends_it(late, browser, ada):
    page = signs_in(browser, ada, kept=hidden(late, "kept"))

    assert page.status_code == 200
    assert "72 heures" in said(parse(page.text))
    assert "f00" not in said(parse(page.text))
    [attempt] = quizzes.attempts_of(ada.id)
    assert line_of(attempt, "delai").last is None
    assert sends_again(browser, page).status_code == 302
    assert line_of(attempt, "delai").last.client_id == "f00"


def test_somebody_else_sees_nothing_of_it(late, browser):
    answer = signs_in(browser, make_user("Zoé Durand"), kept=hidden(late, "kept"))

    assert answer.location == "/path"


def test_a_wrong_password_does_not_lose_it(late, browser, ada):
    word = hidden(late, "kept")

    page = signs_in(browser, ada, kept=word, password="wrong")

    assert page.status_code == 422
    assert hidden(page, "kept") == word


def test_what_was_forged_is_dropped(browser, ada):
    goes_away(browser)

    assert signs_in(browser, ada, kept="forged.word").location == "/path"


def test_a_tick_is_kept_though_it_has_no_words(browser, ada):
    form = {"trade": "1", "password": "hush"}
    late = goes_away(browser).post(
        "account.profile_submit",
        data=form,
        headers={"Referer": "http://localhost/profile"},
    )

    page = signs_in(browser, ada, kept=hidden(late, "kept"))

    assert "Ce que vous aviez coché ou choisi." in said(parse(page.text))
    assert 'href="/profile"' in page.text
    assert "hush" not in page.text
    assert hidden(page, "trade") == "1"


def test_what_is_too_long_is_said_not_to_be_kept(browser):
    late = goes_away(browser).post(
        "account.profile_submit", data={"trade": "é" * 40_000}
    )

    assert late.status_code == 401
    assert "trop long pour être gardé" in said(parse(late.text))
    assert not hidden(late, "kept")


def test_a_page_elsewhere_is_not_gone_back_to(browser, ada):
    late = goes_away(browser).post(
        "account.profile_submit",
        data={"trade": "1"},
        headers={"Referer": "http://elsewhere.example/x"},
    )

    page = signs_in(browser, ada, kept=hidden(late, "kept"))

    assert 'href="/">' in page.text.partition("<form")[2]


def test_who_left_without_network_is_signed_out_all_the_same(app, browser, ada):
    with app.test_request_context():
        key = security.person_key(ada.id)
    browser.set_cookie(security.LEFT, key)

    assert browser.get("account.profile").location == "/sign-in?next=/profile"
    back = signs_in(browser, ada)
    assert any(one.startswith("left=;") for one in back.headers.getlist("Set-Cookie"))
    assert browser.get("account.profile").status_code == 200


def test_the_leaving_of_one_signs_out_nobody_else(app, browser, ada):
    browser.set_cookie(security.LEFT, "é another's")

    assert browser.get("account.profile").status_code == 200
    assert again(ada).login
    assert clock.now() == MORNING


def test_a_page_names_nobody_but_tells_people_apart(app, browser):
    other = app.test_client().speak("fr")
    signs_in(other, make_user("Zoé Durand"))

    def key(one):
        return parse(one.get("path.home").text).find(".//body").get("data-person")

    assert key(browser) == key(browser) != key(other)
    assert len(key(browser)) == 16
    assert key(app.test_client()) is None
