"""The passport as people see it."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.passport import number_of
from course.features.account import services as accounts
from course.features.catalogue.queries import shelf
from course.features.lesson.services import read
from tests.conftest import MORNING
from tests.make.account import make_guest
from tests.make.library import publish
from tests.make.passport import make_stamp
from tests.make.quiz import answer_all, end, start
from tests.make.tracking import many_modules
from tests.page import parse, said

SVG = "{http://www.w3.org/2000/svg}"


def text_of(answer):
    return " ".join(said(parse(answer.text).find(".//main")).split())


def seals(answer):
    """The stamps and the empty places, by what they say."""
    return [
        " ".join((svg.get("aria-label") or said(svg.find(f".//{SVG}title"))).split())
        for svg in parse(answer.text).iter(f"{SVG}svg")
        if "stamp" in (svg.get("class") or "").split()
    ]


def fact(answer, name):
    """What the holder's page says under a name."""
    for pair in parse(answer.text).iter("div"):
        if pair.find("dt") is not None and said(pair.find("dt")) == name:
            return said(pair.find("dd"))
    raise LookupError(name)


def primary(answer):
    for link in parse(answer.text).iter("a"):
        if "primary" in (link.get("class") or ""):
            return link.get("href"), said(link)
    return None


def test_an_empty_passport_waits_for_its_first_stamp(small_library, as_learner):
    page = as_learner.get("passport.show")

    assert "Ses pages attendent votre premier tampon : « Essai », 15 min." in text_of(
        page
    )
    assert seals(page) == ["Place du tampon : Essai"]
    assert primary(page) == ("/lessons/premiere", "Commencer : Essai, 15 min")


def test_a_passport_says_whose_it_is_and_what_is_left(small_library, as_learner, ada):
    read(ada, shelf(), "premiere")

    page = as_learner.get("passport.show")

    words = text_of(page)
    assert "Ada Lovelace" in words
    assert fact(page, "Ouvert le") == "23/11/2026"
    assert fact(page, "Tampons") == "0 sur 1"
    assert fact(page, "Document n°") == number_of(ada.id, ada.created_at)
    assert "ensuite : Porter plainte · 10 min" in words
    assert "ADA<LOVELACE<<<<<<<<<<<<<<<<<<" in words
    assert primary(page) == ("/lessons/seconde", "Continuer : Essai, 10 min")


def test_the_minutes_spent_are_the_measured_ones(small_library, as_learner, ada):
    read(ada, shelf(), "premiere")
    clock.set_to(MORNING + timedelta(minutes=4))
    read(ada, shelf(), "seconde")

    assert fact(as_learner.get("passport.show"), "Temps passé") == "5 min"


def test_a_stamp_bears_its_module_and_its_day(tmp_path, as_learner, ada):
    publish(tmp_path, many_modules(3))
    make_stamp(ada, "essai2")

    page = as_learner.get("passport.show")

    assert "1 tampon sur 3. Le prochain, « Essai »" in text_of(page)
    assert seals(page) == [
        "Place du tampon : Essai",
        "Tampon : Essai, 23 nov. 2026",
        "Place du tampon : Essai",
    ]
    assert parse(page.text).find(".//*[@id='stamp-essai2']") is not None


def test_a_full_passport_asks_for_nothing_more(small_library, as_learner, ada):
    for key in ("premiere", "seconde"):
        read(ada, shelf(), key)
    attempt = start(ada)
    answer_all(attempt)
    end(attempt)

    page = as_learner.get("passport.show")

    assert "votre passeport est complet" in text_of(page)
    assert "Il ne reste rien à faire" in text_of(page)
    assert primary(page) is None


def test_a_passport_speaks_english(small_library, as_learner, ada):
    make_stamp(ada)
    accounts.set_language(ada, "en")

    page = as_learner.get("passport.show")

    assert seals(page) == ["Stamp: Trial, 23 Nov 2026"]
    assert "Every stamp is there" in text_of(page)


def test_a_stamp_comes_down_while_it_is_new_and_lies_still_afterwards(
    small_library, as_learner, ada
):
    make_stamp(ada)

    at_once = as_learner.get("passport.show")
    clock.set_to(MORNING + timedelta(hours=1))
    later = as_learner.get("passport.show")

    assert " fresh" in at_once.text
    assert " fresh" not in later.text


def test_a_stamp_whose_module_is_no_longer_published_is_still_shown(
    small_library, as_learner, ada
):
    make_stamp(ada, "disparu")

    page = as_learner.get("passport.show")

    assert seals(page) == ["Place du tampon : Essai", "Tampon : disparu, 23 nov. 2026"]


def test_a_guest_is_told_how_to_keep_the_passport(app, small_library):
    browser = app.test_client().sign_in(make_guest())

    page = browser.get("passport.show")

    assert "Sans nom pour l’instant" in text_of(page)
    assert "Garder mon passeport : créer un compte" in text_of(page)
    assert 'href="/sign-up"' in page.text


def test_an_account_is_not_told_so(small_library, as_learner):
    assert "/sign-up" not in as_learner.get("passport.show").text


def test_the_menu_leads_to_the_passport(small_library, as_learner):
    page = as_learner.get("path.home")

    (link,) = [a for a in parse(page.text).iter("a") if a.get("href") == "/passport"]
    assert said(link) == "Mon passeport"
    assert link.get("aria-current") is None


def test_who_has_just_passed_is_led_to_the_stamp(small_library, as_learner, ada):
    attempt = start(ada)
    answer_all(attempt)
    end(attempt)

    page = as_learner.get("quiz.review", attempt_id=attempt.id)

    assert "Votre passeport est tamponné." in text_of(page)
    assert 'href="/passport#stamp-essai"' in page.text


@pytest.mark.parametrize("mode", ["check", "practice"])
def test_who_has_not_passed_is_not(small_library, as_learner, ada, mode):
    attempt = start(ada, mode)
    end(attempt)

    page = as_learner.get("quiz.review", attempt_id=attempt.id)

    assert "tamponné" not in text_of(page)


def test_a_passed_module_shows_its_stamp_on_the_path(small_library, as_learner, ada):
    make_stamp(ada)

    home, module = as_learner.get("path.home"), as_learner.get("/modules/essai")

    assert seals(home) == seals(module) == ["Tampon : Essai, 23 nov. 2026"]


def test_the_passport_costs_three_statements_whatever_was_passed(
    tmp_path, as_learner, ada, count_queries
):
    publish(tmp_path, many_modules(3))
    costs = []

    for module in ("essai", "essai2"):
        make_stamp(ada, module)
        as_learner.get("passport.show")
        with count_queries() as sent:
            as_learner.get("passport.show")
        costs.append(len(sent))

    assert costs == [3, 3], sent
