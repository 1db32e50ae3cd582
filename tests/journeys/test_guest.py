"""Trying without an account, then having one: nothing is lost on the way."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE, Person
from tests.journeys.site import Site
from tests.make.account import PASSWORD
from tests.make.centre import make_cohort


@pytest.fixture
def guest(small, device, language):
    """Somebody who read a lesson, tried its question and gave two answers."""
    person = device(small, language=language, size=PHONE)
    person.go("/")
    person.press("Try a lesson, 5 minutes")
    place = person.page.locator("#try-placard")
    person.answer(small.tries("premiere", language)["placard"], place)
    place.get_by_role("button", name=person.says("See why")).click()
    expect(place).to_contain_text(person.says("Yes, that is it."))
    person.press("I have read it: next lesson")
    person.press("I have read it: to the questions")
    person.press("Practise")
    for _question in range(2):
        answer_in_practice(person, small)
    return person


def answer_in_practice(person: Person, site: Site) -> None:
    person.answer(site.library.quiz("essai").question(person.asked))
    person.keep()
    person.reads("Yes, that is it.")
    person.follow("Next question")
    expect(person.question).to_be_visible()


def has_all(person: Person) -> None:
    """Both lessons are done, and the practice goes on at its third question."""
    person.go("/modules/essai")
    person.reads("%(done)s of %(count)s done", done=2, count=3)
    person.go("/quizzes/essai")
    person.follow("Go on with my practice")
    person.reads("question %(place)s of %(count)s", place=3, count=10)


def test_a_guest_who_signs_up_keeps_everything(guest):
    guest.go("/path")
    guest.reads(
        "You are trying without an account: this device alone remembers what you do."
    )

    guest.follow("Keep my progress")
    guest.write("First name and last name", "Katherine Johnson")
    guest.write("Choose a password", PASSWORD)
    guest.press("Create my account")

    guest.at("Welcome, %(name)s", name="Katherine Johnson")
    guest.press("I have read it, go on")
    guest.press("Skip all four")
    has_all(guest)


def test_a_guest_who_joins_by_a_link_keeps_everything(guest, small):
    code = small.do(lambda: make_cohort().code)

    guest.go(f"/join/{code}")
    guest.reads(
        "Give your name and choose a password. All you have done so far is kept."
    )
    guest.write("First name and last name", "Mary Jackson")
    guest.write("Choose a password", PASSWORD)
    guest.press("Join this cohort")

    guest.at("Welcome, %(name)s", name="Mary Jackson")
    guest.press("I have read it, go on")
    guest.press("Keep these answers")
    has_all(guest)


def test_a_guest_who_had_an_account_takes_everything_there(guest, small, language):
    account = small.account("Dorothy Vaughan", language)

    guest.go("/sign-in")
    guest.write("Sign-in name", account.login)
    guest.write("Password", PASSWORD)
    guest.press("Sign in")

    guest.at("My path")
    has_all(guest)
