"""The passport in a browser: the stamp comes down, the booklet prints."""

import pytest
from playwright.sync_api import expect

from course.features.account.queries import user_by_id
from tests.journeys.person import PHONE, Person
from tests.journeys.site import Account, Site
from tests.make.passport import make_stamp

FALLS = "stamp => getComputedStyle(stamp).animationName"


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


@pytest.fixture
def stamped(small: Site, ada) -> Account:
    """Ada has passed the module a moment ago."""
    small.do(lambda: make_stamp(user_by_id(ada.id)))
    return ada


def passes(person: Person, site: Site) -> None:
    person.go("/quizzes/essai")
    person.press("Begin the check")
    person.take(site.library.quiz("essai"))
    person.press("End, and see the reasons")


def test_who_passes_sees_the_stamp_and_prints_it(small, device, ada):
    person = device(small, ada, size=PHONE)
    passes(person, small)
    person.reads("Your passport is stamped.")

    person.follow("See my stamp")

    person.at("My passport")
    stamp = person.page.locator("#stamp-essai .stamp")
    expect(stamp).to_be_in_viewport()
    person.page.evaluate("window.print = () => document.body.classList.add('printed')")
    person.press("Print")
    expect(person.page.locator("body.printed")).to_be_attached()
    expect(person.page.locator(".unprinted")).to_have_count(0)


@pytest.mark.parametrize(
    ("wish", "falls"), [("no-preference", "press"), ("reduce", "none")]
)
def test_the_stamp_comes_down_unless_nothing_should_move(
    small, device, stamped, wish, falls
):
    person = device(small, stamped)
    person.page.emulate_media(reduced_motion=wish)

    person.go("/passport")

    assert person.page.locator(".stamp.fresh").evaluate(FALLS) == falls


def test_on_paper_the_booklet_has_its_cover_and_no_button(small, device, stamped):
    person = device(small, stamped)
    person.go("/passport")

    person.page.emulate_media(media="print", color_scheme="dark")

    expect(person.page.locator(".print-cover .cover")).to_be_visible()
    expect(person.page.locator(".passport .cover")).to_be_hidden()
    expect(person.button("Print")).to_be_hidden()
    expect(person.page.locator("#stamp-essai")).to_be_visible()
    paper = person.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
