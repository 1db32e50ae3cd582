"""Which language a page speaks, and how it writes days and numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from course.base import i18n
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.page import parse


def spoken(client, **given):
    return parse(client.get("site.help", **given).text).get("lang")


def test_french_when_nothing_is_known(app):
    assert spoken(app.test_client()) == "fr"
    assert spoken(app.test_client(), headers={"Accept-Language": "de"}) == "fr"


def test_the_browser_s_language(app):
    asked = {"Accept-Language": "de, en;q=0.8, fr;q=0.2"}

    assert spoken(app.test_client(), headers=asked) == "en"


def test_a_choice_wins_over_the_browser(client):
    asked = {"Accept-Language": "fr"}
    client.post("site.language", data={"language": "en"})

    assert spoken(client, headers=asked) == "en"


def test_a_language_nobody_speaks_is_not_chosen(client):
    client.post("site.language", data={"language": "xx"})
    client.set_cookie("language", "xx")

    assert spoken(client) == "fr"


def test_an_account_keeps_its_language(app):
    user = make_user("Ada Lovelace", language="en")
    client = app.test_client().sign_in(user).speak("fr")

    assert spoken(client) == "en"


def test_a_command_speaks_french(app):
    assert i18n.choose_language() == "fr"
    assert i18n.language() == "fr"


@pytest.fixture(params=["fr", "en"])
def language(app, request):
    with app.test_request_context(headers={"Cookie": f"language={request.param}"}):
        yield request.param


def test_days_and_hours_are_written_as_each_language_does(language):
    instant = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Paris
    seen = (
        i18n.show_date(instant),
        i18n.show_time(instant),
        i18n.show_date(date(2026, 5, 1)),
    )

    assert (
        seen
        == {
            "fr": ("24/11/2026", "0\u202fh\u202f30", "01/05/2026"),
            "en": ("24 November 2026", "0:30", "1 May 2026"),
        }[language]
    )
    assert i18n.show_date(instant) in i18n.show_instant(instant)


def test_numbers_are_written_as_each_language_does(language):
    seen = i18n.show_number(1234.5), i18n.show_number(12.4, 2), i18n.show_share(0.75)

    assert (
        seen
        == {
            "fr": ("1\u202f234,5", "12,40", "75\xa0%"),
            "en": ("1,234.5", "12.40", "75%"),
        }[language]
    )


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        ("1236", "1\u202f236,00\xa0€", "€1,236.00"),
        ("7.34", "7,34\xa0€", "€7.34"),
        ("-360.00", "−360,00\xa0€", "−€360.00"),
    ],
)
def test_amounts_are_written_as_each_language_does(language, amount, french, english):
    seen = i18n.show_money(Decimal(amount))

    assert seen == {"fr": french, "en": english}[language]


def test_a_stamp_bears_its_day_as_each_language_does(language):
    instant = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Paris

    seen = i18n.show_day(instant)

    assert seen == {"fr": "24 nov. 2026", "en": "24 Nov 2026"}[language]


def test_minutes_become_hours_as_each_language_writes_them(language):
    seen = [i18n.show_duration(minutes) for minutes in (0, 59, 64)]

    assert [words.replace("\u202f", " ") for words in seen] == [
        "0 min",
        "59 min",
        {"fr": "1 h 04", "en": "1 h 4 min"}[language],
    ]


def test_how_long_ago_is_said_as_one_says_it(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        said = [
            i18n.show_ago(MORNING - timedelta(days=days)) for days in (-1, 0, 1, 2, 9)
        ]

    assert said == ["today", "today", "yesterday", "2 days ago", "9 days ago"]


def test_a_language_without_a_file_speaks_english(app):
    assert i18n.translations("xx").ugettext("Sign in") == "Sign in"
