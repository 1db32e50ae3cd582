"""The path as people see it."""

import pytest

from course.features.catalogue.queries import shelf
from course.features.lesson.services import keep_place, read
from tests.make.account import make_guest, make_user
from tests.make.lab import passed, publish_beside
from tests.make.quiz import answer_all, end, start
from tests.page import parse, said


def text_of(answer):
    return said(parse(answer.text))


def primary(answer):
    """Where the page's first button leads."""
    for link in parse(answer.text).iter("a"):
        if "primary" in (link.get("class") or ""):
            return link.get("href"), said(link)
    return None


def test_the_path_begins_with_the_first_lesson(small_library, as_learner):
    page = as_learner.get("path.home")

    assert primary(page) == ("/lessons/premiere", "Commencer")
    assert "15 min" in text_of(page)


def test_the_path_goes_on_where_one_was(small_library, as_learner, ada):
    read(ada, shelf(), "premiere")

    home, module = as_learner.get("path.home"), as_learner.get("/modules/essai")

    for page in (home, module):
        assert primary(page) == ("/lessons/seconde", "Continuer")
        assert "10 min" in text_of(page)


def test_the_path_says_when_all_is_done(small_library, as_learner, ada):
    for key in ("premiere", "seconde"):
        read(ada, shelf(), key)
    attempt = start(ada)
    answer_all(attempt)
    end(attempt)

    home, module = as_learner.get("path.home"), as_learner.get("/modules/essai")

    assert "Vous avez fait tout ce qui est publié" in text_of(home)
    assert primary(home) is primary(module) is None


def test_a_module_says_what_one_will_be_able_to_do(small_library, as_learner):
    page = as_learner.get("path.module", key="essai")

    assert "Vous nommez le délai de plainte" in text_of(page)
    assert 'href="/quizzes/essai"' in page.text
    assert as_learner.get("path.module", key="autre").status_code == 404


def test_what_goes_further_is_offered_apart_from_the_steps(
    app, tmp_path, as_learner, ada
):
    publish_beside(tmp_path)

    before = as_learner.get("path.module", key="essai")
    passed(ada)
    after = as_learner.get("path.module", key="essai")

    for page in (before, after):
        assert "Pour aller plus loin" in text_of(page)
        assert page.text.count('href="/labs/console"') == 1
        assert "encore 15 min" in text_of(page)
    assert "atelier, 5 min · Fait" in text_of(after)
    assert "· Fait" not in text_of(before)


def test_a_module_without_more_does_not_speak_of_it(small_library, as_learner):
    page = as_learner.get("path.module", key="essai")

    assert "Pour aller plus loin" not in text_of(page)


def test_an_account_reads_the_privacy_notice_first(app, small_library):
    browser = app.test_client().sign_in(make_user("Zoé Durand", informed=False))

    assert browser.get("path.home").location == "/welcome"
    browser.post("account.welcome_submit")
    assert browser.get("path.home").status_code == 200


def test_a_guest_is_told_that_this_device_alone_remembers(app, small_library):
    browser = app.test_client().sign_in(make_guest())

    page = browser.get("path.home")

    assert "Vous essayez sans compte" in text_of(page)
    assert 'href="/sign-up"' in page.text


def test_an_account_is_not_told_so(small_library, as_learner):
    assert "/sign-up" not in as_learner.get("path.home").text


@pytest.mark.parametrize("address", ["/path", "/modules/essai"])
def test_before_anything_is_published_the_path_says_so(app, as_learner, address):
    page = as_learner.get(address)

    assert page.status_code == 503
    assert "Rien n’est encore publié" in text_of(page)


@pytest.mark.parametrize(("address", "most"), [("/path", 5), ("/modules/essai", 3)])
def test_the_path_costs_as_many_statements_whatever_was_done(
    small_library, as_learner, ada, count_queries, address, most
):
    costs = []

    for key in ("premiere", "seconde"):
        as_learner.get(address)
        with count_queries() as sent:
            as_learner.get(address)
        costs.append(len(sent))
        keep_place(ada.id, key, "cable")
        start(ada)

    assert costs == [most, most], sent
