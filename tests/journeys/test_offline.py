"""The network goes, the answers stay: they leave by themselves once it is back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE, Person
from tests.journeys.site import Account, Site

WAITING = "No network: your answer is kept here and will leave by itself."


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


@pytest.fixture
def learner(small, device, ada) -> Person:
    """Ada reads the first question of a check, on her phone."""
    person = device(small, ada, size=PHONE)
    person.go("/quizzes/essai")
    person.press("Begin the check")
    expect(person.question).to_be_visible()
    return person


def answers_in_vain(person: Person, site: Site) -> None:
    person.answer(site.library.quiz("essai").question(person.asked))
    person.press("Keep my answer")
    expect(person.page.locator("#live")).to_have_text(person.says(WAITING))


def test_an_answer_without_network_waits_and_leaves_by_itself(learner, small, ada):
    network = learner.page.context
    network.set_offline(True)
    answers_in_vain(learner, small)
    assert small.submissions(ada) == []

    network.set_offline(False)

    learner.reads("question %(place)s of %(count)s", place=2, count=10)
    expect(learner.page.locator("#live")).to_contain_text(
        learner.says("Saved at {time}").split("{")[0].strip()
    )
    assert [place for place, _answer in small.submissions(ada)] == [1]


def test_a_change_of_mind_without_network_leaves_alone(learner, small, ada):
    network = learner.page.context
    network.set_offline(True)
    learner.press("I do not know")
    expect(learner.page.locator("#live")).to_have_text(learner.says(WAITING))
    answers_in_vain(learner, small)
    answers_in_vain(learner, small)

    network.set_offline(False)

    learner.reads("question %(place)s of %(count)s", place=2, count=10)
    [(place, answer)] = small.submissions(ada)
    assert place == 1
    assert answer != {"unknown": True}


def test_answers_of_tabs_closed_without_network_leave_once_in_order(
    learner, device, small, ada
):
    network = learner.page.context
    second = device.tab(network, learner.language)
    second.go(f"{learner.page.url.partition('/questions')[0]}/questions/2")
    network.set_offline(True)
    answers_in_vain(learner, small)
    answers_in_vain(second, small)
    learner.page.close()
    second.page.close()
    network.set_offline(False)

    later = device.tab(network, learner.language)
    later.go("/path")
    later.page.wait_for_function("() => localStorage.getItem('answers') === null")

    assert [place for place, _answer in small.submissions(ada)] == [1, 2]
