"""Whatever interrupts: what was acknowledged is kept, and one goes on where one was."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.site import Account, Site
from tests.make.account import PASSWORD

COUNT = 10


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


@pytest.fixture
def halfway(small, device, ada) -> Person:
    """Ada has answered the first question of a check, and reads the second."""
    person = device(small, ada)
    person.go("/quizzes/essai")
    person.press("Begin the check")
    answer(person, small)
    person.keep()
    reads_question(person, 2)
    return person


def answer(person: Person, site: Site) -> None:
    person.answer(site.library.quiz("essai").question(person.asked))


def reads_question(person: Person, place: int) -> None:
    person.reads("question %(place)s of %(count)s", place=place, count=COUNT)


def goes_on(person: Person, place: int) -> None:
    """By the way that everybody takes."""
    person.go("/quizzes/essai")
    person.follow("Go on with my check")
    reads_question(person, place)


def places(site: Site, account: Account) -> list[int]:
    return [place for place, _answer in site.submissions(account)]


def test_a_reload_shows_the_same_question_with_what_was_being_typed(
    halfway, small, ada
):
    answer(halfway, small)
    typed = halfway.question.evaluate(FIELDS)

    halfway.page.reload()

    reads_question(halfway, 2)
    assert halfway.question.evaluate(FIELDS) == typed
    assert places(small, ada) == [1]


FIELDS = """place => [...place.querySelectorAll("input, select")].map(
    field => [field.name, field.checked ?? null, field.value])"""


def test_another_tab_goes_on_where_this_one_is(halfway, device):
    other = device.tab(halfway.page.context, halfway.language)

    goes_on(other, 2)


def test_another_device_goes_on_where_this_one_is(halfway, device, small, ada):
    other = device(small, language=ada.language)
    other.go("/quizzes/essai")
    other.at("Sign in")
    other.write("Sign-in name", ada.login)
    other.write("Password", PASSWORD)
    other.press("Sign in")

    goes_on(other, 2)


def test_a_tab_closed_in_the_middle_loses_nothing(halfway, device, small, ada):
    answer(halfway, small)
    context = halfway.page.context
    halfway.page.close()

    other = device.tab(context, halfway.language)
    goes_on(other, 2)
    answer(other, small)
    other.keep()

    reads_question(other, 3)
    assert places(small, ada) == [1, 2]


def test_a_server_killed_between_two_answers_loses_none(halfway, small, ada):
    answer(halfway, small)
    small.server.kill()

    halfway.press("Keep my answer")
    halfway.reads("One answer waits for the network. It will leave by itself.")
    small.server.start()

    reads_question(halfway, 3)
    assert places(small, ada) == [1, 2]
    halfway.page.reload()
    reads_question(halfway, 3)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_double_click_records_one_answer(device, small, ada, script):
    person = device(small, ada, java_script_enabled=script)
    person.go("/quizzes/essai")
    person.press("Begin the check")
    answer(person, small)

    person.button("Keep my answer").dblclick()

    reads_question(person, 2)
    person.go("/path")
    assert places(small, ada) == [1]


def test_of_two_tabs_that_answer_a_question_one_is_chosen(halfway, device, small, ada):
    other = device.tab(halfway.page.context, halfway.language)
    other.go(halfway.page.url)
    answer(halfway, small)
    halfway.keep()

    other.press("I do not know")
    other.at("Two answers to one question: which one counts?")
    other.press("Keep the answer given here")

    reads_question(other, 3)
    assert places(small, ada) == [1, 2, 2]
    other.page.go_back()
    other.reads("You said that you do not know. You may still answer.")


def test_an_answer_after_the_end_in_another_tab_is_told_kindly(
    halfway, device, small, ada
):
    other = device.tab(halfway.page.context, halfway.language)
    goes_on(other, 2)
    other.follow("All the questions, and the end")
    other.press("End, and see the reasons")
    other.at("Not yet")
    answer(halfway, small)

    halfway.press("Keep my answer")

    told = halfway.says(
        "This attempt is over: your answers were kept, this one came too late."
    )
    expect(halfway.page.get_by_role("alert")).to_have_text(told)
    assert places(small, ada) == [1]
    halfway.page.reload()
    halfway.at("Not yet")
