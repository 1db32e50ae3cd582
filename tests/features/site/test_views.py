"""The house itself: first page, language, health, refusals said in words."""

import pytest
from sqlalchemy import create_engine, text
from structlog.testing import capture_logs

from course.app import create_app
from course.base import migrations
from course.base.db import db
from course.features.account.models import User
from course.features.catalogue import queries as catalogue
from tests.make.account import PASSWORD, again, make_guest
from tests.make.client import Client
from tests.make.settings import make_settings
from tests.page import parse, said

SCRIPT = {"Accept": "application/json"}
OPEN = (
    "account.sign_in",
    "catalogue.glossary",
    "centre.join",
    "site.accessibility",
    "site.help",
    "site.home",
    "site.privacy",
    "site.style",
)
AWAY = (
    "https://example.org",
    "//example.org",
    "/\\example.org",
    "\\/example.org",
    "javascript:alert(1)",
    "/\t/example.org",
    "example.org",
    "",
)


def text_of(answer):
    return said(parse(answer.text))


# ── home and its neighbours


def test_a_visitor_may_try_or_join(small_library, visitor):
    page = visitor.get("site.home")

    assert 'action="/guest"' in page.text
    assert 'value="/lessons/premiere"' in page.text
    assert 'href="/join"' in page.text
    assert "Essai : un petit module" in text_of(page).replace("\u202f", " ")


def test_the_first_page_stands_before_anything_is_published(visitor):
    page = visitor.get("site.home")

    assert page.status_code == 200
    assert "Rien n’est encore publié" in text_of(page)


def test_who_is_signed_in_goes_to_the_path(small_library, as_learner):
    assert as_learner.get("site.home").location == "/path"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("endpoint", OPEN)
def test_open_pages_speak_both_languages_and_load_nothing_from_outside(
    small_library, visitor, endpoint, language
):
    page = visitor.speak(language).get(endpoint)

    tree = parse(page.text)
    assert tree.get("lang") == language
    loaded = [e.get("src") for e in tree.iter() if e.get("src")]
    loaded += [e.get("href") for e in tree.iter("link")]
    loaded += [e.get("action") for e in tree.iter("form") if e.get("action")]
    assert all(one.startswith(("/", "#")) for one in loaded), loaded
    assert not any(one.startswith("//") for one in loaded)


def test_the_privacy_notice_has_ten_lines(visitor):
    tree = parse(visitor.get("site.privacy").text)

    assert len(tree.findall(".//ol/li")) == 10


def test_old_browsers_find_the_icon(visitor):
    icon = visitor.get("/favicon.ico", follow_redirects=True)

    assert icon.mimetype == "image/svg+xml"


# ── language


def test_a_visitor_changes_the_language_and_stays_on_the_page(app):
    browser = app.test_client().speak("fr")

    went = browser.post("site.language", data={"language": "en", "next": "/help?a=1"})

    assert went.location == "/help?a=1"
    assert parse(browser.get(went.location).text).get("lang") == "en"


def test_an_account_keeps_its_language_everywhere(app, as_learner, ada):
    as_learner.post("site.language", data={"language": "en"})

    other = app.test_client().sign_in(again(ada)).speak("fr")

    assert again(ada).language == "en"
    assert parse(other.get("site.help").text).get("lang") == "en"


def test_a_guest_keeps_the_language_too(app):
    guest = make_guest("fr")

    app.test_client().sign_in(guest).post("site.language", data={"language": "en"})

    assert again(guest).language == "en"


def test_a_language_nobody_speaks_changes_nothing(as_learner, ada):
    went = as_learner.post("site.language", data={"language": "xx"})

    assert went.location == "/"
    assert "language=" not in str(went.headers.getlist("Set-Cookie"))
    assert again(ada).language == "fr"


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_sent_away(app, client, target):
    went = [
        client.post("site.language", data={"language": "en", "next": target}),
        client.post("account.guest", data={"next": target}),
    ]

    assert [one.location for one in went] == ["/", "/path"]


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_sent_away_after_signing_in(client, ada, target):
    went = client.post(
        "account.sign_in_submit",
        query_string={"next": target},
        data={"login": ada.login, "password": PASSWORD},
    )

    assert went.location == "/path"


# ── cookies and headers


@pytest.mark.parametrize(
    ("address", "secure"), [("https://localhost", True), ("http://localhost", False)]
)
def test_every_cookie_is_as_closed_as_can_be(client, address, secure):
    answers = [
        client.post("site.language", data={"language": "en"}, base_url=address),
        client.post("account.guest", base_url=address),
    ]

    cookies = [one for a in answers for one in a.headers.getlist("Set-Cookie")]
    assert {one.partition("=")[0] for one in cookies} >= {"language", "session"}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is secure


@pytest.mark.parametrize("endpoint", OPEN)
def test_looking_at_the_head_costs_no_body(small_library, visitor, endpoint):
    head = visitor.open(endpoint, method="HEAD", check=False)

    assert head.status_code == 200
    assert head.data == b""
    assert "'nonce-" in head.headers["Content-Security-Policy"]


# ── health


def test_health_says_what_is_published(small_library, visitor):
    answer = visitor.get("site.health")

    published = {"revision": catalogue.edition_id()}
    assert answer.status_code == 200
    assert answer.json == {"database": True, "migrations": True} | published


def test_health_waits_for_something_to_be_published(visitor):
    answer = visitor.get("site.health")

    assert answer.status_code == 503
    assert answer.json == {"database": True, "migrations": True, "revision": None}


@pytest.fixture
def browser_of(tmp_path):
    """A browser of an application with another database, as it runs for people."""
    made = []

    def browser(url):
        app = create_app(make_settings(tmp_path / "instance", database=url))
        app.test_client_class = Client
        made.append(app)
        return app.test_client()

    yield browser
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def empty(database, browser_of):
    """The same with a database that has no table: nearly everything breaks."""
    return browser_of(database.new_database())


def test_health_waits_for_the_tables(empty):
    answer = empty.get("site.health")

    assert answer.status_code == 503
    assert answer.json == {"database": True, "migrations": False, "revision": None}


def test_health_says_that_the_database_is_away(browser_of, tmp_path):
    browser = browser_of(f"sqlite:///{tmp_path / 'nowhere' / 'course.sqlite'}")

    answer = browser.get("site.health")

    assert answer.status_code == 503
    assert answer.json == {"database": False, "migrations": False, "revision": None}


def test_health_refuses_a_database_of_the_future(browser_of, database):
    url = database.new_database()
    engine = create_engine(url)
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2999'"))
    engine.dispose()

    answer = browser_of(url).get("site.health")

    assert answer.status_code == 503
    assert answer.json["migrations"] is False


# ── refusals


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il n’y a rien à cette adresse."),
        ("en", "There is nothing at this address."),
    ],
)
def test_an_address_of_nothing_is_told_in_words(visitor, language, sentence):
    visitor.speak(language)

    page = visitor.get("/nowhere")
    reply = visitor.get("/nowhere", headers=SCRIPT)

    assert page.status_code == reply.status_code == 404
    assert sentence in text_of(page)
    assert reply.json == {"message": sentence}


def test_a_visitor_is_sent_to_sign_in_and_back(small_library, visitor, ada):
    went = visitor.get("/lessons/premiere?print=1")

    assert went.location == "/sign-in?next=/lessons/premiere?print%3D1"
    said = {"login": ada.login, "password": PASSWORD}
    back = visitor.post(went.location, data=said)
    assert back.location == "/lessons/premiere?print=1"


def test_the_head_of_a_closed_page_leads_to_sign_in_too(visitor):
    head = visitor.open("path.home", method="HEAD")

    assert head.location == "/sign-in?next=/path"


def test_a_script_or_a_form_without_account_is_told(visitor):
    reply = visitor.get("path.home", headers=SCRIPT)
    page = visitor.post("lesson.read", key="premiere")

    assert reply.status_code == page.status_code == 401
    assert reply.json == {"message": "Connectez-vous pour voir cette page."}
    assert 'href="/sign-in"' in page.text


def test_a_page_for_others_is_told_in_words(as_learner):
    page = as_learner.get("account.accounts")

    assert page.status_code == 403
    assert "Cette page n’est pas ouverte à votre compte" in text_of(page)
    assert 'href="/path"' in page.text


def test_a_deed_cannot_be_opened_as_a_page(as_learner):
    assert as_learner.get("site.language").status_code == 405


def test_what_is_too_big_is_told_in_words(as_learner):
    page = as_learner.post("site.language", data={"language": "x" * 3_000_000})

    assert page.status_code == 413
    assert said(parse(page.text).find(".//h1"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Cette page est restée ouverte trop longtemps."),
        ("en", "This page was open too long."),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"X-CSRFToken": "an-old-one"}])
def test_a_form_of_an_ended_session_is_told_so(visitor, language, sentence, headers):
    visitor.speak(language)

    page = visitor.post("account.guest", csrf=False, headers=headers)
    reply = visitor.post("account.guest", csrf=False, headers=headers | SCRIPT)

    assert page.status_code == reply.status_code == 400
    assert sentence in text_of(page)
    assert reply.json["message"].startswith(sentence)
    with visitor.session_transaction() as session:
        assert "_user_id" not in session


# ── crash


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Une panne est survenue chez nous."),
        ("en", "Something broke on our side."),
    ],
)
def test_a_crash_is_told_calmly(empty, language, sentence):
    empty.speak(language)

    with capture_logs() as logs:
        page = empty.get("/glossary")
        reply = empty.get("/glossary", headers=SCRIPT)

    assert [one["event"] for one in logs] == ["crash", "request"] * 2
    assert page.status_code == reply.status_code == 500
    assert said(parse(page.text).find(".//h1")).startswith(sentence)
    assert reply.json["message"].startswith(sentence)


def test_a_crash_is_told_to_who_is_signed_in_although_nobody_knows_who(empty):
    somebody = User(id=1, seal="seal", language="en")

    with capture_logs():
        page = empty.sign_in(somebody).speak("fr").get("/path")

    assert page.status_code == 500
    assert "Une panne est survenue chez nous" in text_of(page)


def test_an_address_of_nothing_stays_one_when_all_else_breaks(empty):
    assert empty.get("/static/0/nothing").status_code == 404
