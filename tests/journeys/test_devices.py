"""A phone and a PC answer the same question: both are shown, and one is chosen."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE, Person
from tests.journeys.site import Account, Site

TITLE = "Two answers to one question: which one counts?"
UNKNOWN = '{"unknown": true}'


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


@pytest.fixture
def phone(small, device, ada) -> Person:
    """Ada's phone, at the first question of a check."""
    person = device(small, ada, size=PHONE)
    person.go("/quizzes/essai")
    person.press("Begin the check")
    expect(person.question).to_be_visible()
    return person


@pytest.fixture
def pc(phone, small, device, ada) -> Person:
    """Her PC, at the same question; on the phone she says that she does not know."""
    person = device(small, ada)
    person.go(phone.page.url)
    expect(person.question).to_be_visible()
    phone.press("I do not know")
    phone.reads("question %(place)s of %(count)s", place=2, count=10)
    return person


def answers(person: Person, site: Site) -> None:
    person.answer(site.library.quiz("essai").question(person.asked))
    person.press("Keep my answer")


def goes_on(person: Person) -> None:
    person.reads("question %(place)s of %(count)s", place=2, count=10)


def test_the_answer_given_here_is_kept_when_it_is_chosen(pc, small, ada):
    answers(pc, small)
    pc.at(TITLE)
    expect(pc.page.locator("#main")).to_contain_text(pc.says("I do not know"))
    assert len(small.submissions(ada)) == 1

    pc.press("Keep the answer given here")

    goes_on(pc)
    [_first, (place, said)] = small.submissions(ada)
    assert place == 1
    assert said != UNKNOWN


def test_the_other_one_is_kept_when_it_is_chosen(pc, small, ada):
    answers(pc, small)
    pc.at(TITLE)

    pc.press("Keep the other device's answer")

    goes_on(pc)
    assert len(small.submissions(ada)) == 1
    pc.page.reload()
    goes_on(pc)
    assert len(small.submissions(ada)) == 1


def test_an_answer_that_comes_late_is_asked_about_wherever_one_is(
    pc, device, small, ada
):
    pc.page.context.set_offline(True)
    answers(pc, small)
    pc.reads("One answer waits for the network. It will leave by itself.")
    pc.page.close()
    pc.page.context.set_offline(False)

    later = device.tab(pc.page.context, pc.language)
    later.go("/path")
    later.at(TITLE)
    later.page.reload()
    later.at(TITLE)
    later.press("Keep the answer given here")

    goes_on(later)
    assert len(small.submissions(ada)) == 2


def test_without_script_both_are_on_a_page(phone, device, small, ada):
    pc = device(small, ada, java_script_enabled=False)
    pc.go(phone.page.url)
    phone.press("I do not know")
    phone.reads("question %(place)s of %(count)s", place=2, count=10)

    answers(pc, small)
    pc.at(TITLE)
    pc.press("Keep the answer given here")

    goes_on(pc)
    assert len(small.submissions(ada)) == 2


def test_in_practice_nothing_is_asked(small, device, ada):
    phone, pc = device(small, ada, size=PHONE), device(small, ada)
    phone.go("/quizzes/essai")
    phone.press("Practise")
    expect(phone.question).to_be_visible()
    pc.go(phone.page.url)
    phone.press("I do not know")
    expect(phone.page.locator("#main .saved")).to_be_visible()

    answers(pc, small)

    pc.reads("Yes, that is it.")
