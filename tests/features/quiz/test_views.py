"""The pages of a quiz, by plain forms and by the script's requests."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.visibility import Mode
from course.features.quiz import queries
from tests.conftest import MORNING
from tests.make.library_quiz import RIGHT
from tests.make.quiz import (
    SCRIPT,
    WRONG,
    address,
    answer,
    answer_all,
    end,
    fields,
    line_of,
    sent,
    sitting,
    start,
)
from tests.page import parse, said


def text_of(answer):
    return said(parse(answer.text))


# ── begin


def test_the_page_of_a_quiz_offers_check_and_practice(small_library, as_learner):
    page = as_learner.get("quiz.show", key="essai").text

    assert 'value="check"' in page
    assert 'value="practice"' in page
    assert "70" in page


def test_the_page_of_a_quiz_leads_back_to_what_is_open(small_library, as_learner, ada):
    check, practice = start(ada), start(ada, Mode.PRACTICE)

    page = as_learner.get("quiz.show", key="essai").text

    assert f'href="/attempts/{check.id}"' in page
    assert f'href="/attempts/{practice.id}"' in page


def test_the_page_of_a_quiz_lists_what_was_done_before(small_library, as_learner, ada):
    done = [end(start(ada)), end(start(ada, Mode.PRACTICE))]

    page = as_learner.get("quiz.show", key="essai").text

    for attempt in done:
        assert f'href="/attempts/{attempt.id}/review"' in page


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ({"mode": "check"}, "check"),
        ({"mode": "practice"}, "practice"),
        ({}, "practice"),
    ],
)
def test_beginning_leads_to_the_first_question(
    small_library, as_learner, ada, form, mode
):
    began = as_learner.post("quiz.start", key="essai", data=form)

    attempt = queries.attempts_of(ada.id)[0]
    assert attempt.mode == mode
    assert began.location == f"/attempts/{attempt.id}"
    first = as_learner.get(began.location)
    assert f'action="/attempts/{attempt.id}/questions/1"' in first.text


def test_a_pause_is_said_with_the_seconds_that_are_left(small_library, as_learner, ada):
    end(start(ada))
    clock.set_to(MORNING + timedelta(seconds=18))

    answer = as_learner.post(
        "quiz.start", key="essai", data={"mode": "check"}, follow_redirects=True
    )

    assert answer.request.path == "/quizzes/essai"
    assert "42" in text_of(answer)


def test_there_is_no_quiz_of_another_name(small_library, as_learner):
    assert as_learner.get("quiz.show", key="autre").status_code == 404
    assert as_learner.post("quiz.start", key="autre").status_code == 404


# ── answer


@pytest.mark.parametrize("question", RIGHT)
def test_a_plain_form_keeps_the_answer_and_goes_on(
    small_library, as_learner, ada, question
):
    attempt = start(ada)

    went = sent(as_learner, attempt, question, RIGHT[question])

    assert line_of(attempt, question).share == 1
    following = sitting(attempt).next_position
    assert went.location == f"/attempts/{attempt.id}/questions/{following}"
    assert "Enregistré à" in text_of(as_learner.get(went.location))


@pytest.mark.parametrize("question", RIGHT)
def test_a_script_gets_the_next_question_at_once(
    small_library, as_learner, ada, question
):
    attempt = start(ada)

    reply = sent(as_learner, attempt, question, RIGHT[question], headers=SCRIPT).json

    assert line_of(attempt, question).share == 1
    following = sitting(attempt).lines[sitting(attempt).next_position - 1]
    assert reply["url"].endswith(f"/questions/{following.item.position}")
    assert f'data-question="{following.item.question}"' in reply["html"]
    assert reply["saved"] == "10\u202fh\u202f00"


@pytest.mark.parametrize("question", RIGHT)
def test_practice_says_why_at_once(small_library, as_learner, ada, question):
    attempt = start(ada, Mode.PRACTICE)

    went = sent(as_learner, attempt, question, WRONG[question])
    reply = sent(as_learner, attempt, question, WRONG[question], headers=SCRIPT).json

    shown = parse(as_learner.get(went.location).text)
    assert went.location.endswith(
        f"/questions/{address(attempt, question)['position']}"
    )
    assert reply["url"] == went.location
    line = line_of(attempt, question)
    reasons = [r.text for r in line.question.reasons(line.last.answer) if r.text]
    for page in (said(shown), said(parse(reply["html"]))):
        assert any(plain(reason.say("fr")) in plain(page) for reason in reasons)
        assert plain(line.question.why.say("fr"))[:12] in plain(page)


def plain(text):
    """Without spaces, and with typed apostrophes: typography may differ."""
    return "".join(text.split()).replace("’", "'")


def test_practice_lets_one_try_again(small_library, as_learner, ada):
    attempt = start(ada, Mode.PRACTICE)
    answer(attempt, "delai", "48")

    again = as_learner.get(
        "quiz.question", **address(attempt, "delai"), query_string={"again": "1"}
    )

    assert 'value="48"' in again.text
    assert "La loi laisse un jour de plus" not in again.text


@pytest.mark.parametrize("question", RIGHT)
def test_an_answer_is_still_ticked_when_one_comes_back(
    small_library, as_learner, ada, question
):
    attempt = start(ada)
    answer(attempt, question, WRONG[question])

    page = as_learner.get("quiz.question", **address(attempt, question)).text

    line = line_of(attempt, question)
    assert filled(parse(page)) == fields(line, WRONG[question])


def filled(tree):
    """What the form says already: ticked, typed or chosen."""
    found = {}
    for field in [*tree.iter("input"), *tree.iter("select")]:
        if field.get("type") == "hidden":
            continue
        if field.get("type") == "text":
            values = [field.get("value")]
        elif field.tag == "select":
            chosen = field.findall("option[@selected]")
            values = [one.get("value", said(one)) for one in chosen]
        else:
            values = [field.get("value")] if field.get("checked") is not None else []
        found.setdefault(field.get("name"), []).extend(values)
    return found


def test_i_do_not_know_is_a_button(small_library, as_learner, ada):
    attempt = start(ada)
    where = address(attempt, "alerte")

    as_learner.post("quiz.answer", **where, data={"unknown": "1"})

    assert line_of(attempt, "alerte").share == 0
    page = text_of(as_learner.get("quiz.question", **where))
    assert "Vous avez dit ne pas savoir" in page


def test_the_last_answer_leads_to_the_list(small_library, as_learner, ada):
    attempt = start(ada)
    answer_all(attempt)

    went = sent(as_learner, attempt, "delai", "72")
    reply = sent(as_learner, attempt, "delai", "72", headers=SCRIPT).json

    assert went.location == reply["url"] == f"/attempts/{attempt.id}"
    for page in (as_learner.get(went.location).text, reply["html"]):
        assert "Vous avez répondu à tout" in page


@pytest.mark.parametrize("question", RIGHT)
def test_what_cannot_be_read_is_told_in_words(small_library, as_learner, ada, question):
    attempt = start(ada)
    where = address(attempt, question)

    page = as_learner.post("quiz.answer", **where)
    reply = as_learner.post("quiz.answer", **where, headers=SCRIPT)

    assert page.status_code == reply.status_code == 422
    assert "Choisissez" in reply.json["message"]
    assert plain(reply.json["message"]) in plain(text_of(page))
    assert f'data-question="{question}"' in page.text
    assert line_of(attempt, question).last is None


def test_what_was_typed_is_still_there_to_be_mended(small_library, as_learner, ada):
    attempt = start(ada)
    where = address(attempt, "delai")

    page = as_learner.post("quiz.answer", **where, data={"answer": "trois jours"})

    assert page.status_code == 422
    assert 'value="trois jours"' in page.text


def test_the_same_form_sent_twice_is_kept_once(small_library, as_learner, ada):
    attempt = start(ada)
    where, said_twice = address(attempt, "delai"), {"answer": "72", "client": "f00"}

    for _click in range(2):
        as_learner.post("quiz.answer", **where, data=said_twice)

    assert len(line_of(attempt, "delai").submissions) == 1


@pytest.mark.parametrize("client", ["", "a\0b", "x" * 99, "é"])
def test_an_id_that_no_page_made_is_replaced(small_library, as_learner, ada, client):
    attempt = start(ada)
    where = address(attempt, "delai")

    as_learner.post("quiz.answer", **where, data={"answer": "72", "client": client})

    kept = line_of(attempt, "delai").last
    assert kept.client_id not in {client, client[:40]}
    assert len(kept.client_id) == 16


# ── others


def test_somebody_elses_attempt_does_not_exist(small_library, as_learner, grace):
    open_one, ended = start(grace), end(start(grace, Mode.PRACTICE))

    for attempt in (open_one, ended):
        where = {"attempt_id": attempt.id}
        answers = [
            as_learner.get("quiz.take", **where),
            as_learner.get("quiz.question", **where, position=1),
            as_learner.get("quiz.review", **where),
            as_learner.post("quiz.answer", **where, position=1, data={"unknown": "1"}),
            as_learner.post("quiz.answer", **where, position=1),
            as_learner.post("quiz.answer", **where, position=1, headers=SCRIPT),
            as_learner.post("quiz.end", **where),
        ]

        assert [one.status_code for one in answers] == [404] * 7


@pytest.mark.parametrize("position", [0, 11, 2**31, 10**30])
def test_a_question_outside_the_draw_does_not_exist(
    small_library, as_learner, ada, position
):
    place = f"/attempts/{start(ada).id}/questions/{position}"

    assert as_learner.get(place).status_code == 404
    refused = as_learner.post(place, data={"unknown": "1"}).status_code
    assert refused in {404, 405}  # 405: no address of this form takes such a number


@pytest.mark.parametrize("number", [0, 404, 2**31, 10**30])
def test_an_attempt_that_was_never_made_does_not_exist(
    small_library, as_learner, number
):
    for rest in ("", "/review", "/questions/1"):
        assert as_learner.get(f"/attempts/{number}{rest}").status_code == 404
    assert as_learner.post(f"/attempts/{number}/end").status_code == 404
