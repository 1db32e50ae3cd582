"""What the server refuses is said beside the answer, and the answer stays."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.site import Account, Site
from tests.make.account import PASSWORD


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


@pytest.fixture
def learner(small, device, ada) -> Person:
    person = device(small, ada)
    person.go("/quizzes/essai")
    person.press("Begin the check")
    expect(person.question).to_be_visible()
    return person


TYPED = """place => [...place.querySelectorAll("input, select")].map(
    field => [field.name, field.checked ?? null, field.value])"""


def answer(person: Person, site: Site) -> list:
    person.answer(site.library.quiz("essai").question(person.asked))
    return person.question.evaluate(TYPED)


def refuse_once(person: Person, status: int) -> None:
    """The next answer gets a refusal instead of the server's reply."""
    person.page.route(
        "**/questions/*",
        lambda route: route.fulfill(status=status, json={"message": ""}),
        times=1,
    )


def goes_to_the_second(person: Person) -> None:
    person.reads("question %(place)s of %(count)s", place=2, count=10)


def test_nothing_chosen_is_said_beside_the_question(learner, small, ada):
    while learner.asked == "ordre":  # its steps always have a place
        learner.turns(lambda: learner.press("I do not know"))
    before = len(small.submissions(ada))

    learner.press("Keep my answer")

    expect(learner.page.get_by_role("alert")).to_be_visible()
    expect(learner.question).to_be_visible()
    assert len(small.submissions(ada)) == before
    answer(learner, small)
    learner.keep()
    assert len(small.submissions(ada)) == before + 1


def test_a_fault_of_the_server_keeps_the_answer_which_leaves_by_itself(
    learner, small, ada
):
    refuse_once(learner, 500)
    typed = answer(learner, small)

    learner.press("Keep my answer")

    trouble = learner.says(
        "This did not work. Your answer is kept here: try again in a moment."
    )
    expect(learner.page.locator("#live")).to_have_text(trouble)
    assert learner.question.evaluate(TYPED) == typed
    goes_to_the_second(learner)
    assert [place for place, _answer in small.submissions(ada)] == [1]


def test_a_session_that_has_ended_is_said_and_the_answer_stays(
    learner, device, small, ada
):
    typed = answer(learner, small)
    learner.page.context.clear_cookies()

    learner.press("Keep my answer")

    expect(learner.page.get_by_role("alert")).to_be_visible()
    assert learner.question.evaluate(TYPED) == typed

    other = device.tab(learner.page.context, learner.language)
    other.go("/sign-in")
    other.write("Sign-in name", ada.login)
    other.write("Password", PASSWORD)
    other.press("Sign in")
    other.at("My path")
    learner.page.reload()

    goes_to_the_second(learner)
    assert [place for place, _answer in small.submissions(ada)] == [1]


def test_too_many_requests_at_once_only_make_the_answer_wait(learner, small, ada):
    refuse_once(learner, 429)
    answer(learner, small)

    learner.press("Keep my answer")

    goes_to_the_second(learner)
    assert [place for place, _answer in small.submissions(ada)] == [1]
