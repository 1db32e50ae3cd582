"""Nothing needs a script: join, read, try, answer everything, end, review."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE
from tests.make.account import PASSWORD
from tests.make.centre import make_cohort


@pytest.fixture
def person(small, device, language):
    return device(small, language=language, size=PHONE, java_script_enabled=False)


def test_a_learner_joins_learns_and_passes_without_script(person, small):
    code = small.do(lambda: make_cohort().code)
    quiz = small.library.quiz("essai")

    person.go("/join")
    person.write("Your cohort's code", code)
    person.press("Find my cohort")
    person.write("First name and last name", "Annie Easley")
    person.write("Choose a password", PASSWORD)
    person.press("Join this cohort")
    person.press("I have read it, go on")
    person.press("Skip all four")
    person.follow("Begin")

    place = person.page.locator("#try-placard")
    person.answer(small.tries("premiere", person.language)["placard"], place)
    place.get_by_role("button", name=person.says("See why")).click()
    expect(place).to_contain_text(person.says("Yes, that is it."))
    person.press("I have read it: next lesson")
    person.press("I have read it: to the questions")

    person.press("Begin the check")
    kinds = set()
    for at in range(1, 11):
        person.reads("question %(place)s of %(count)s", place=at, count=10)
        question = quiz.question(person.asked)
        kinds.add(question.kind)
        person.answer(question)
        person.press("Keep my answer")
    person.at("You have answered everything")
    assert kinds == {"choice", "match", "number", "order", "sort", "text"}

    person.press("End, and see the reasons")
    person.at("The module is yours")
    person.reads(
        "%(percent)s %% of the points; %(mark)s %% are needed.", percent=100, mark=70
    )
    expect(person.page.locator("main section.card")).to_have_count(10)
    expect(person.page.locator(".only-script").filter(visible=True)).to_have_count(0)


def test_an_answer_forgotten_without_script_is_asked_for_again(person, small):
    account = small.account("Joan Clarke", person.language)
    person.page.context.add_cookies(
        [{"name": "session", "value": account.session, "url": small.server.url}]
    )
    person.go("/quizzes/essai")
    person.press("Practise")

    person.press("Keep my answer")

    expect(person.page.locator("main .notice.error")).to_be_visible()
    person.answer(small.library.quiz("essai").question(person.asked))
    person.press("Keep my answer")
    person.reads("Yes, that is it.")
    person.follow("Next question")
    person.reads("question %(place)s of %(count)s", place=2, count=10)
