"""One question, two devices, two answers: both are shown, and one is chosen."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.visibility import Mode
from tests.conftest import MORNING
from tests.make.quiz import SCRIPT, address, answer, end, fields, line_of, sent, start
from tests.page import parse, said

THERE, HERE = "Je coupe le réseau", "J'éteins le magasin"


@pytest.fixture
def attempt(small_library, ada):
    """A check whose first question was answered on a phone, at 10:42."""
    found = start(ada)
    clock.set_to(MORNING + timedelta(minutes=42))
    answer(found, "alerte", THERE, client="phone")
    return found


def sends(browser, attempt, words, *, base, client="pc", headers=None):
    data = fields(line_of(attempt, "alerte"), words)
    data |= {"base": base, "client": client}
    return browser.post(
        "quiz.answer", **address(attempt, "alerte"), data=data, headers=headers
    )


def given(attempt):
    return [one.client_id for one in line_of(attempt, "alerte").submissions]


def test_a_page_says_which_answer_it_knows(attempt, as_learner):
    page = as_learner.get("quiz.question", **address(attempt, "alerte"))

    assert parse(page.text).find(".//input[@name='base']").get("value") == "phone"


@pytest.mark.parametrize("headers", [None, SCRIPT], ids=["plain", "script"])
def test_an_answer_that_knew_of_none_shows_both(attempt, as_learner, headers):
    reply = sends(as_learner, attempt, HERE, base="", headers=headers)

    assert reply.status_code == 409
    page = said(parse(reply.json["html"] if headers else reply.text))
    assert "Sur l’autre appareil, à 10 h 42 Je coupe le réseau" in page
    assert "Ici J’éteins le magasin" in page.replace("J'", "J’")
    assert given(attempt) == ["phone"]


def chosen(reply):
    """The form of the answer given here, as it is sent."""
    form = parse(reply.text).findall(".//main//form")[-1]
    return form.get("action"), {
        one.get("name"): one.get("value")
        for one in form.iter("input")
        if one.get("name") != "csrf_token"
    }


def test_the_answer_given_here_is_kept_once_it_is_chosen(attempt, as_learner):
    url, data = chosen(sends(as_learner, attempt, HERE, base=""))

    kept = as_learner.post(url, data=data)

    assert kept.status_code == 302
    assert given(attempt) == ["phone", "pc"]
    assert line_of(attempt, "alerte").share == 0


def test_the_other_device_s_answer_is_kept_by_going_on(attempt, as_learner):
    page = parse(sends(as_learner, attempt, HERE, base="").text)
    form = page.find(".//form[@data-drop]")

    assert form.get("method") == "get"
    assert as_learner.get(form.get("action")).status_code == 200
    assert given(attempt) == ["phone"]


def test_a_third_answer_meanwhile_is_shown_in_its_turn(attempt, as_learner):
    url, data = chosen(sends(as_learner, attempt, HERE, base=""))
    answer(attempt, "alerte", None, client="tablet")

    reply = as_learner.post(url, data=data)

    assert reply.status_code == 409
    assert "Je ne sais pas" in said(parse(reply.text))


@pytest.mark.parametrize(
    ("words", "base", "client"),
    [
        (HERE, "phone", "pc"),  # it knew
        (HERE, ["", "phone"], "pc"),  # it was sent from here, without a reply
        (THERE, "", "pc"),  # the same answer
        (HERE, "", "phone"),  # kept already, and its reply was lost
    ],
)
def test_what_is_no_conflict_is_kept_without_a_word(
    attempt, as_learner, words, base, client
):
    reply = sends(as_learner, attempt, words, base=base, client=client)

    assert reply.status_code == 302
    assert given(attempt) == list(dict.fromkeys(["phone", client]))


def test_a_page_that_says_nothing_is_believed(attempt, as_learner):
    assert sent(as_learner, attempt, "alerte", HERE).status_code == 302


def test_in_practice_one_tries_again_on_purpose(small_library, as_learner, ada):
    practice = start(ada, Mode.PRACTICE)
    answer(practice, "alerte", THERE, client="phone")

    assert sends(as_learner, practice, HERE, base="").status_code == 302
    assert given(practice) == ["phone", "pc"]


def test_after_the_end_nothing_is_asked_any_more(attempt, as_learner):
    end(attempt)

    reply = sends(as_learner, attempt, HERE, base="", headers=SCRIPT)

    assert "html" not in reply.json
