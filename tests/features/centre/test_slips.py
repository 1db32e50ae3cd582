"""Slips: chosen, printed, used once."""

import re

import pytest

from course.domain.rights import Role
from course.features.account import services as accounts
from course.features.account.queries import usable_link, user_by_login
from course.features.centre import queries, services
from course.features.privacy.services import erase
from tests.make.account import again, make_user
from tests.make.centre import make_cohort, make_learners
from tests.page import parse, said

FORM = "0123456789abcdef"


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


@pytest.fixture
def ada(cohort):
    """She learns in it, and has a password."""
    user = make_user("Ada Lovelace")
    services.join_cohort(user, cohort)
    return again(user)


def verbs(cohort):
    """What was done, the newest first."""
    return [line.verb for line in queries.journal_of(cohort.id, 1)]


def words(answer):
    """The words of a sheet of slips."""
    found = [said(one) for one in parse(answer.text).iter("dd")]
    return [
        one for one in found if re.fullmatch(r"(?:[A-Z2-9]{4} ){2}[A-Z2-9]{4}", one)
    ]


def ticked(answer):
    """Whose boxes are ticked."""
    return {
        int(box.get("value"))
        for box in parse(answer.text).iter("input")
        if box.get("name") == "who" and box.get("checked") is not None
    }


def print_slips(browser, cohort, *who, form=FORM):
    """Ask for the slips of these people."""
    data = {"who": [user.id for user in who], "made": form}
    return browser.post("centre.slips", cohort_id=cohort.id, data=data)


def test_those_who_have_no_password_are_ticked(as_trainer, grace, cohort, ada):
    [ines] = services.add_learners(grace, cohort, ["Inès Martin"])

    page = as_trainer.get("centre.slips_choose", cohort_id=cohort.id)
    asked = as_trainer.get("centre.slips_choose", cohort_id=cohort.id, who=ada.id)

    assert ticked(page) == {ines.id}
    assert ticked(asked) == {ada.id}


def test_an_empty_cohort_says_what_to_do_first(as_trainer, cohort):
    page = as_trainer.get("centre.slips_choose", cohort_id=cohort.id)

    assert f"/cohorts/{cohort.id}/learners/new" in page.text
    assert print_slips(as_trainer, cohort).status_code == 422


def test_a_slip_opens_the_account_by_its_word(app, as_trainer, grace, cohort):
    services.add_learners(grace, cohort, ["Inès Martin", "Zoé Durand"])
    users = [user_by_login(login) for login in ("ines.martin", "zoe.durand")]

    answer = print_slips(as_trainer, cohort, *users)

    assert "no-store" in answer.headers["Cache-Control"]
    first, second = words(answer)
    assert first != second
    assert "23/12/2026" in answer.text
    browser = app.test_client().speak("fr")
    token = first.replace(" ", "")
    assert browser.get("account.link", token=token).status_code == 200
    new = {"password": "une phrase longue"}
    opened = browser.post("account.link_submit", token=token, data=new)
    assert opened.location == "/welcome"
    assert user_by_login("ines.martin").password is not None
    assert browser.get("account.link", token=token).status_code == 410


def test_the_word_may_be_typed_where_one_joins(client, as_trainer, cohort, ada):
    [word] = words(print_slips(as_trainer, cohort, ada))

    answer = client.post("centre.join_submit", data={"code": word.lower()})

    assert answer.location == f"/links/{word.replace(' ', '')}"


def test_the_password_stays_until_the_slip_is_used(as_trainer, cohort, ada):
    password, seal = ada.password, ada.seal

    print_slips(as_trainer, cohort, ada)

    assert (again(ada).password, again(ada).seal) == (password, seal)


def test_a_second_click_shows_the_same_slips(as_trainer, cohort, ada):
    first = words(print_slips(as_trainer, cohort, ada))

    second = words(print_slips(as_trainer, cohort, ada))

    assert second == first
    assert usable_link(first[0].replace(" ", "")) is not None
    assert verbs(cohort) == ["slip"]


def test_a_newer_slip_ends_the_older_one(as_trainer, cohort, ada):
    [first] = words(print_slips(as_trainer, cohort, ada))

    [second] = words(print_slips(as_trainer, cohort, ada, form="another"))

    assert second != first
    assert usable_link(first.replace(" ", "")) is None
    assert usable_link(second.replace(" ", "")) is not None
    assert verbs(cohort) == ["slip", "slip"]


def test_a_page_printed_again_says_which_slips_were_used(as_trainer, cohort, ada):
    [word] = words(print_slips(as_trainer, cohort, ada))
    accounts.use_access_link(word.replace(" ", ""), "une phrase longue")

    again_printed = print_slips(as_trainer, cohort, ada)

    assert "a servi" in again_printed.text


def test_words_are_other_ones_in_another_installation(app, grace, cohort, ada):
    here = services.make_slips(grace, cohort, [ada], "form").all[0].word

    app.secret_key, kept = "another", app.secret_key
    there = services.make_slips(grace, cohort, [ada], "form").all[0].word
    app.secret_key = kept

    assert set(here) <= set(services.ALPHABET)
    assert (len(here), len(there)) == (12, 12)
    assert here != there


def test_forty_slips_take_as_many_statements_as_twelve(
    app, grace, cohort, as_trainer, count_queries
):
    users = make_learners(cohort, 40)
    with count_queries() as few:
        print_slips(as_trainer, cohort, *users[:12], form="a")

    with count_queries() as many:
        answer = print_slips(as_trainer, cohort, *users, form="b")

    assert len(words(answer)) == 40
    assert len(many) == len(few)


def test_who_trains_gets_no_slip_from_a_trainer(as_trainer, cohort, ada):
    accounts.grant(ada, Role.ADMIN)

    page = as_trainer.get("centre.slips_choose", cohort_id=cohort.id, who=ada.id)
    one = as_trainer.post("centre.slip", cohort_id=cohort.id, user_id=ada.id)

    assert ticked(page) == set()
    assert print_slips(as_trainer, cohort, ada).status_code == 422
    assert one.status_code == 422
    assert verbs(cohort) == []


def test_a_slip_for_one_person(as_trainer, cohort, ada):
    answer = as_trainer.post("centre.slip", cohort_id=cohort.id, user_id=ada.id)

    assert len(words(answer)) == 1
    [line] = queries.journal_of(cohort.id, 1)
    assert (line.verb, line.user_id) == ("slip", ada.id)


def test_a_stranger_who_is_ticked_gets_nothing(as_trainer, cohort, ada, linus):
    answer = print_slips(as_trainer, cohort, linus, ada)

    assert len(words(answer)) == 1


def test_a_long_list_comes_sheet_by_sheet(as_trainer, cohort, monkeypatch):
    make_learners(cohort, 3)
    monkeypatch.setattr(queries, "SHEET", 2)

    first = as_trainer.get("centre.slips_choose", cohort_id=cohort.id)
    second = as_trainer.get("centre.slips_choose", cohort_id=cohort.id, page=2)

    assert "page=2" in first.text
    assert "page=1" in second.text
    none = as_trainer.get("centre.slips_choose", cohort_id=cohort.id, page=9)
    assert none.status_code == 200


def test_nobody_prints_a_slip_for_a_pseudonym(as_trainer, cohort):
    gone = make_learners(cohort, 1)[0]
    erase(gone, by=None)

    page = as_trainer.get("centre.slips_choose", cohort_id=cohort.id)
    many = print_slips(as_trainer, cohort, gone)
    one = as_trainer.post("centre.slip", cohort_id=cohort.id, user_id=gone.id)

    assert "Anonyme" not in page.text
    assert (many.status_code, one.status_code) == (422, 404)


def test_pages_far_beyond_the_last_cohort_are_empty(as_trainer, cohort):
    assert as_trainer.get("centre.cohorts", page=10**20).status_code == 200
