"""The network goes, the answers stay: they leave by themselves once it is back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE, Person
from tests.journeys.site import Account, Site

WAITING = "One answer waits for the network. It will leave by itself."
MANY = "{count} answers wait for the network. They will leave by themselves."
NONE_WAITS = """() => Object.keys(localStorage).every(
    key => !key.startsWith("answers:"))"""


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
    answers_in_vain_too(second, small, 2)
    learner.page.close()
    second.page.close()
    network.set_offline(False)

    later = device.tab(network, learner.language)
    later.go("/path")
    later.page.wait_for_function(NONE_WAITS)

    assert [place for place, _answer in small.submissions(ada)] == [1, 2]


@pytest.fixture
def reader(small, device, ada) -> Person:
    """Ada reads a lesson, on her phone."""
    person = device(small, ada, size=PHONE)
    person.go("/lessons/premiere")
    expect(person.page.locator("#try-placard")).to_be_visible()
    return person


def tries(person: Person, site: Site) -> None:
    place = person.page.locator("#try-placard")
    person.answer(site.tries("premiere", person.language)["placard"], place)
    place.get_by_role("button", name=person.says("See why")).click()


def deeds(site: Site, account: Account) -> list[str]:
    rows = site.server.rows(
        "SELECT verb FROM event WHERE user_id = ? ORDER BY id", account.id
    )
    return [verb for (verb,) in rows]


def test_a_lesson_tried_and_read_without_network_leaves_in_order_once(
    reader, device, small, ada
):
    check = device.tab(reader.page.context, reader.language)
    check.go("/quizzes/essai")
    check.press("Begin the check")
    expect(check.question).to_be_visible()
    reader.page.context.set_offline(True)
    live = reader.page.locator("#live")

    tries(reader, small)
    expect(live).to_have_text(reader.says(WAITING))
    tries(reader, small)
    answers_in_vain_too(check, small, 2)
    reader.press("I have read it: next lesson")
    expect(live).to_have_text(reader.says(MANY).format(count=3))
    assert deeds(small, ada) == ["started"]
    reader.page.context.set_offline(False)

    expect(reader.page).to_have_url(f"{small.server.url}/lessons/seconde")
    reader.page.wait_for_function(NONE_WAITS)
    assert deeds(small, ada) == ["started", "tried", "read"]
    assert [place for place, _answer in small.submissions(ada)] == [1]


def answers_in_vain_too(person: Person, site: Site, count: int) -> None:
    person.answer(site.library.quiz("essai").question(person.asked))
    person.press("Keep my answer")
    expect(person.page.locator("#live")).to_have_text(
        person.says(MANY).format(count=count)
    )


@pytest.mark.parametrize("status", [200, 302, 502, 503])
def test_a_page_that_is_not_ours_counts_as_no_network(learner, small, ada, status):
    page = "<!doctype html><title>Wifi</title><p>Bienvenue au café"
    learner.page.route(
        "**/questions/*",
        lambda route: route.fulfill(status=status, content_type="text/html", body=page),
        times=1,
    )
    answers_in_vain(learner, small)

    learner.reads("question %(place)s of %(count)s", place=2, count=10)
    assert [place for place, _answer in small.submissions(ada)] == [1]


def test_an_answer_whose_reply_was_lost_may_be_changed_before_it_leaves_again(
    learner, small, ada
):
    def lose(route):
        route.fetch()
        route.abort()

    learner.page.route("**/questions/*", lose, times=1)
    answers_in_vain(learner, small)
    learner.press("I do not know")

    learner.reads("question %(place)s of %(count)s", place=2, count=10)
    assert [place for place, _answer in small.submissions(ada)] == [1, 1]
