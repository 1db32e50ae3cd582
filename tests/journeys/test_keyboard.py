"""Without a mouse: sign in, try, answer every kind of question, end."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.keys import Keys
from tests.journeys.person import Person
from tests.journeys.site import followed
from tests.make.account import PASSWORD


@pytest.fixture
def person(small, device, language) -> Person:
    return device(small, language=language)


def test_a_learner_signs_in_tries_and_passes_with_the_keyboard(person, small, language):
    account = small.account("Hedy Lamarr", language)
    keys, page = Keys(person.page), person.page

    person.go("/sign-in?next=/lessons/premiere")
    label = person.says
    keys.write(page.get_by_label(label("Sign-in name"), exact=True), account.login)
    keys.write(page.get_by_label(label("Password"), exact=True), PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{small.server.url}/lessons/premiere")

    tries_the_question(person, keys, small)
    keys.press(person.button("I have read it: next lesson"))
    expect(page).to_have_url(f"{small.server.url}/lessons/seconde")
    keys.press(person.button("I have read it: to the questions"))
    expect(page).to_have_url(f"{small.server.url}/quizzes/essai")
    keys.press(person.button("Begin the check"))
    expect(person.question).to_be_visible()
    kinds = {answers(person, keys, small) for _question in range(10)}
    assert kinds == {"choice", "match", "number", "order", "sort", "text"}

    person.at("You have answered everything")
    keys.press(person.button("End, and see the reasons"))
    person.at("The module is yours")


def tries_the_question(person: Person, keys: Keys, site) -> None:
    place = person.page.locator("#try-placard")
    question = site.tries("premiere", person.language)["placard"]
    for move in person.moves(question, place):
        keys.do(move)
    keys.press(place.get_by_role("button", name=person.says("See why")))
    expect(place).to_contain_text(person.says("Yes, that is it."))
    expect(place.get_by_role("heading").first).to_be_focused()
    keys.press(place.get_by_role("link", name=person.says("Try again")))
    expect(place.locator("input:focus")).to_have_count(1)


def answers(person: Person, keys: Keys, site) -> str:
    """Answer a question; the focus is then on the next title. Its kind."""
    question = site.library.quiz("essai").question(person.asked)
    for move in person.moves(question):
        keys.do(move)
    person.turns(lambda: keys.press(person.button("Keep my answer")))
    expect(person.page.locator("#main h1")).to_be_focused()
    return question.kind


def test_a_trainer_goes_through_the_grid_and_opens_a_cell(small, device, language):
    account, cohort = small.do(lambda: followed(small, language))
    trainer = device(small, account)
    trainer.go(f"/cohorts/{cohort}")
    keys, page = Keys(trainer.page), trainer.page
    cells = page.locator(".grid-table td summary")
    expect(cells).to_have_count(3)

    keys.press(cells.nth(1))

    opened = page.locator(".grid-table td details[open]")
    expect(opened).to_have_count(1)
    expect(opened.locator("p")).to_be_visible()
    expect(opened.locator("p")).to_contain_text(trainer.says("Done"))
    page.keyboard.press("Enter")
    expect(opened).to_have_count(0)
    keys.press(page.locator(".grid-table th a").last)
    expect(page).to_have_url(re.compile(r"/learners/\d+$"))


def test_an_error_is_told_first_and_leads_to_its_field(small, device, language):
    account, cohort = small.do(lambda: followed(small, language))
    trainer = device(small, account)
    trainer.go(f"/cohorts/{cohort}/edit")
    keys, page = Keys(trainer.page), trainer.page
    name = page.get_by_label(trainer.says("Name of the cohort"), exact=True)
    name.fill("")

    keys.press(trainer.button("Keep these changes"))

    summary = page.locator("main .notice.error")
    expect(summary).to_be_focused()
    keys.press(summary.get_by_role("link"))
    expect(name).to_be_focused()
    described = name.get_attribute("aria-describedby") or ""
    assert any(page.locator(f"#{one}.error").count() for one in described.split())


def test_the_first_tab_skips_to_the_content(person):
    person.go("/")
    person.page.keyboard.press("Tab")

    expect(person.link("Skip to the content")).to_be_focused()
    expect(person.link("Skip to the content")).to_be_in_viewport()
    person.page.keyboard.press("Enter")

    expect(person.page.locator("#main")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes_by_keys(person, small, language):
    person.page.set_viewport_size({"width": 360, "height": 740})
    person.go("/")
    summary = person.page.locator(".menu summary")
    keys = Keys(person.page)

    keys.press(summary)
    expect(person.link("Sign in")).to_be_visible()
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Escape")

    expect(person.link("Sign in")).to_be_hidden()
    expect(summary).to_be_focused()
