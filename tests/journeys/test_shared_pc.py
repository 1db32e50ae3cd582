"""A PC that many use: who leaves leaves nothing, who is away too long comes back."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PHONE, Person, says_many, sees
from tests.journeys.site import Account, Site
from tests.make.account import PASSWORD

KEPT = "() => [Object.keys(localStorage), Object.keys(sessionStorage)]"
TYPED = """place => [...place.querySelectorAll("input, select")].map(
    field => [field.name, field.checked ?? null, field.value])"""


def why(person: Person) -> str:
    one = "You were signed out after %(num)s minute without activity."
    many = "You were signed out after %(num)s minutes without activity."
    return says_many(person.language, one, many, 30)


@pytest.fixture
def ada(small, language) -> Account:
    return small.account("Ada Lovelace", language)


@pytest.fixture
def zoe(small, language) -> Account:
    return small.account("Zoé Durand", language)


@pytest.fixture
def pc(small, device, ada) -> Person:
    """Ada has signed in on a shared PC and reads the first question of a check."""
    person = device(small, language=ada.language)
    person.go("/sign-in?next=/quizzes/essai")
    signs_in(person, ada)
    person.press("Begin the check")
    expect(person.question).to_be_visible()
    return person


def signs_in(person: Person, account: Account) -> None:
    person.write("Sign-in name", account.login)
    person.write("Password", PASSWORD)
    person.press("Sign in")


def signs_out(person: Person) -> None:
    summary = person.page.locator(".menu summary")
    if summary.is_visible():
        summary.click()
    person.press("Sign out")


def goes_away(person: Person, site: Site) -> None:
    site.goes_away(person.page.context)


def answer(person: Person, site: Site) -> list:
    person.answer(site.library.quiz("essai").question(person.asked))
    return person.question.evaluate(TYPED)


def test_who_signs_out_leaves_nothing_to_the_next_one(pc, small, zoe):
    question = pc.page.url
    answer(pc, small)
    signs_out(pc)
    expect(pc.page).to_have_url(f"{small.server.url}/")

    assert pc.page.evaluate(KEPT) == [[], []]
    pc.page.go_back()
    pc.at("Sign in")
    assert pc.page.get_by_label(pc.says("Sign-in name"), exact=True).input_value() == ""

    pc.go("/sign-in?next=/quizzes/essai")
    signs_in(pc, zoe)
    pc.press("Begin the check")
    expect(pc.question).to_be_visible()
    ticked = pc.question.locator("input:checked, input[type=text]:not([value=''])")
    expect(ticked).to_have_count(0)
    pc.go(question)
    pc.reads("There is nothing at this address.")


def test_answers_of_one_wait_for_their_owner_and_leave_under_no_other_name(
    pc, small, ada, zoe
):
    question = pc.page.url
    pc.page.context.set_offline(True)
    answer(pc, small)
    pc.press("Keep my answer")
    pc.reads("One answer waits for the network. It will leave by itself.")
    goes_away(pc, small)
    pc.page.context.set_offline(False)
    expect(pc.page.get_by_role("alert")).to_contain_text(pc.says("Sign in"))

    pc.go("/sign-in?next=/path")
    signs_in(pc, zoe)
    pc.at("My path")
    assert small.submissions(ada) == small.submissions(zoe) == []
    signs_out(pc)
    expect(pc.page).to_have_url(f"{small.server.url}/")
    [[waiting], _drafts] = pc.page.evaluate(KEPT)
    assert waiting.startswith("answers:")
    assert "Zo" not in json.dumps(pc.page.content())

    pc.go("/sign-in?next=/path")
    signs_in(pc, ada)
    pc.page.wait_for_function(
        "() => !Object.keys(localStorage).some(key => key.startsWith('answers:'))"
    )
    assert [place for place, _answer in small.submissions(ada)] == [1]
    pc.go(question)


def test_answers_that_nobody_came_back_for_are_forgotten(pc):
    pc.page.evaluate(
        """() => {
          const at = days => [{ key: "k", at: Date.now() - days * 864e5 }];
          localStorage.setItem("answers:old", JSON.stringify(at(8)));
          localStorage.setItem("answers:new", JSON.stringify(at(6)));
        }"""
    )

    pc.page.reload()

    keys = pc.page.evaluate(KEPT)[0]
    assert "answers:old" not in keys
    assert "answers:new" in keys


def test_who_leaves_with_answers_unsent_is_asked(pc, small, ada):
    pc.page.context.set_offline(True)
    answer(pc, small)
    pc.press("Keep my answer")
    pc.reads("One answer waits for the network. It will leave by itself.")

    signs_out(pc)
    pc.reads("One answer has not left yet. If you sign out, it is lost.")
    pc.press("Stay, and wait for the network")
    expect(pc.page.get_by_role("dialog")).to_have_count(0)
    pc.page.context.set_offline(False)
    pc.reads("question %(place)s of %(count)s", place=2, count=10)
    assert [place for place, _answer in small.submissions(ada)] == [1]


def test_who_leaves_without_network_is_signed_out_once_it_is_back(pc, small, ada):
    pc.page.context.set_offline(True)
    answer(pc, small)
    pc.press("Keep my answer")
    signs_out(pc)
    pc.press("Sign out anyway")
    expect(pc.page).to_have_url(re.compile("^chrome-error:"))
    pc.page.context.set_offline(False)

    pc.go("/path")

    pc.at("Sign in")
    assert pc.page.evaluate(KEPT) == [[], []]
    signs_in(pc, ada)
    pc.at("My path")
    assert small.submissions(ada) == []


def test_a_page_left_open_is_not_the_next_one_s(pc, device, small, zoe):
    other = device.tab(pc.page.context, pc.language)
    other.go("/path")

    signs_out(other)

    pc.at("Sign in")


def test_what_was_typed_before_an_idle_end_leaves_once_one_is_back(pc, small, ada):
    answer(pc, small)
    goes_away(pc, small)

    pc.press("Keep my answer")

    alert = pc.page.get_by_role("alert")
    expect(alert).to_contain_text(why(pc))
    alert.get_by_role("link", name=pc.says("Sign in")).click()
    sees(pc.page, why(pc))
    assert small.submissions(ada) == []
    signs_in(pc, ada)
    pc.reads("question %(place)s of %(count)s", place=2, count=10)
    assert [place for place, _answer in small.submissions(ada)] == [1]


def test_a_page_asked_for_after_an_idle_end_comes_back_with_the_draft(pc, small, ada):
    typed = answer(pc, small)
    goes_away(pc, small)

    pc.page.reload()
    pc.at("Sign in")
    signs_in(pc, ada)

    expect(pc.question).to_be_visible()
    assert pc.question.evaluate(TYPED) == typed


def test_without_script_what_was_sent_too_late_is_shown_to_its_author_alone(
    device, small, ada, zoe
):
    person = device(small, language=ada.language, size=PHONE, java_script_enabled=False)
    person.go("/sign-in?next=/quizzes/essai")
    signs_in(person, ada)
    person.press("Begin the check")
    answer(person, small)
    goes_away(person, small)

    person.press("Keep my answer")
    person.at("Sign in")
    person.reads("What you had written is kept: sign in, and it will be shown to you.")
    signs_in(person, ada)
    person.at("You were writing this. Send it now?")
    assert small.submissions(ada) == []
    person.press("Send it now")

    person.reads("question %(place)s of %(count)s", place=2, count=10)
    assert [place for place, _answer in small.submissions(ada)] == [1]

    answer(person, small)
    goes_away(person, small)
    person.press("Keep my answer")
    person.at("Sign in")
    signs_in(person, zoe)
    person.at("My path")
    assert small.submissions(zoe) == []
