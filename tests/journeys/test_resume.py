"""A customer comes in: the lesson is left, and gone on with at the same paragraph."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE, Person
from tests.journeys.site import Account, Site

LESSON = "/lessons/premiere"
PATIENCE = 10  # seconds for what a page sends as it goes


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


def bookmark(site: Site, account: Account) -> str | None:
    found = site.server.rows(
        "SELECT anchor FROM bookmark WHERE user_id = ?", account.id
    )
    return found[0][0] if found else None


def arrives(site: Site, account: Account, anchor: str) -> None:
    """What the page sent as it was left."""
    until = time.monotonic() + PATIENCE
    while bookmark(site, account) != anchor and time.monotonic() < until:
        time.sleep(0.05)
    assert bookmark(site, account) == anchor


def resumes(person: Person, title: str, anchor: str) -> None:
    """The path names the place, and leads there."""
    person.go("/path")
    person.reads("Go on where you were")
    place = person.says("at “%(title)s”", title=title)
    expect(person.page.locator(".where")).to_contain_text(place)
    person.follow("Resume")
    expect(person.page.locator(f"#{anchor}")).to_be_in_viewport()


def heading(person: Person) -> str:
    return " ".join(person.page.locator("#cable").inner_text().split())


@pytest.mark.parametrize("leave", ["close", "hide", "go"])
def test_a_lesson_left_in_its_middle_is_gone_on_with_there(small, device, ada, leave):
    person = device(small, ada, size=PHONE)
    person.go(LESSON)
    title = heading(person)
    person.page.evaluate("document.querySelector('#cable').scrollIntoView()")

    if leave == "close":
        other = device.tab(person.page.context, person.language)
        person.page.close(run_before_unload=True)
    elif leave == "hide":
        other = person
        person.page.evaluate(HIDE)
    else:
        other = person
        person.go("/help")
    arrives(small, ada, "cable")

    resumes(other, title, "cable")
    other.go(LESSON)
    place = other.says("at “%(title)s”", title=title)
    other.follow("Resume %(place)s", place=place)
    expect(other.page.locator("#cable")).to_be_in_viewport()


# As when the phone shows another application.
HIDE = """() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_who_reads_nothing_leaves_no_mark(small, device, ada):
    person = device(small, ada, size=PHONE)
    person.go(LESSON)

    person.go("/help")
    person.go("/path")

    person.reads("Begin")
    assert bookmark(small, ada) is None


def test_without_a_script_a_question_tried_is_where_one_goes_on(small, device, ada):
    person = device(small, ada, size=PHONE, java_script_enabled=False)
    person.go(LESSON)
    title = heading(person)
    place = person.page.locator("#try-placard")
    place.locator("label.option").first.click()
    person.press("See why")

    # The section that the question is asked in gives its name to the place.
    resumes(person, title, "try-placard")
