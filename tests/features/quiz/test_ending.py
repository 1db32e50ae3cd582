"""The list before the end, the end, and the review after it."""

import re

import pytest

from course.domain.visibility import Mode
from tests.make.library import FILES, publish
from tests.make.library_quiz import RIGHT
from tests.make.quiz import (
    SCRIPT,
    answer,
    answer_all,
    end,
    line_of,
    sent,
    sitting,
    start,
)
from tests.page import parse, said


def text_of(answer):
    return said(parse(answer.text))


def test_the_list_says_what_waits_and_leads_to_the_end(small_library, as_learner, ada):
    attempt = start(ada)
    answer(attempt, "delai", "72")

    page = as_learner.get("quiz.take", attempt_id=attempt.id, all=1)

    assert "Il reste 9 questions" in text_of(page)
    assert f'action="/attempts/{attempt.id}/end"' in page.text


def test_ending_leads_to_the_review(small_library, as_learner, ada):
    attempt = start(ada)

    went = as_learner.post("quiz.end", attempt_id=attempt.id)
    twice = as_learner.post("quiz.end", attempt_id=attempt.id)

    assert went.location == twice.location == f"/attempts/{attempt.id}/review"
    assert as_learner.get(went.location).status_code == 200


def test_only_the_button_ends(small_library, as_learner, ada):
    attempt = start(ada)
    answer_all(attempt)

    as_learner.get("quiz.take", attempt_id=attempt.id)
    back = as_learner.get("quiz.review", attempt_id=attempt.id)

    assert back.location == f"/attempts/{attempt.id}"
    assert as_learner.get("quiz.end", attempt_id=attempt.id).status_code == 405
    assert sitting(attempt).attempt.ended_at is None


def test_an_answer_after_the_end_is_refused_and_said(small_library, as_learner, ada):
    attempt = end(start(ada))

    went = sent(as_learner, attempt, "delai", "72")
    reply = sent(as_learner, attempt, "delai", "72", headers=SCRIPT)

    assert went.location == reply.json["url"] == f"/attempts/{attempt.id}/review"
    assert reply.status_code == 409
    assert "terminée" in reply.json["message"]
    assert reply.json["message"] in as_learner.get(went.location).text
    assert line_of(attempt, "delai").last is None


def test_after_the_end_questions_lead_to_the_review(small_library, as_learner, ada):
    attempt = end(start(ada))

    for went in (
        as_learner.get("quiz.take", attempt_id=attempt.id),
        as_learner.get("quiz.question", attempt_id=attempt.id, position=1),
    ):
        assert went.location == f"/attempts/{attempt.id}/review"


def test_the_review_parts_what_one_knows_from_what_to_see_again(
    small_library, as_learner, ada
):
    attempt = start(ada)
    answer(attempt, "delai", "72")
    answer(attempt, "appel", None)
    end(attempt)

    page = as_learner.get("quiz.review", attempt_id=attempt.id)

    found = text_of(page)
    assert found.count("Vous n’avez pas répondu") == 8
    assert "Vous avez dit ne pas savoir" in found
    again, known = found.split("Ce que vous savez")
    assert "Combien d'heures" in known.replace("’", "'")
    assert "Qui prévenez-vous" in again
    assert 'href="/lessons/premiere#cable"' in page.text


@pytest.mark.parametrize(
    ("mode", "right", "words"),
    [
        (Mode.CHECK, RIGHT, "Le module est à vous"),
        (Mode.CHECK, list(RIGHT)[:5], "Pas encore, mais vous y êtes presque"),
        (Mode.CHECK, (), "Pas encore — "),
        (Mode.PRACTICE, RIGHT, "Votre entraînement"),
    ],
)
def test_the_review_says_where_one_is(
    small_library, as_learner, ada, mode, right, words
):
    attempt = start(ada, mode)
    answer_all(attempt, right=right)
    end(attempt)

    page = as_learner.get("quiz.review", attempt_id=attempt.id)

    assert words in text_of(page)


def test_a_question_may_lead_to_no_lesson(tmp_path, as_learner, ada):
    files = {
        path: re.sub(r" \[(Revoir|See again)[^)]*\)", "", text)
        for path, text in FILES.items()
    }
    publish(tmp_path, files)
    attempt = end(start(ada))

    page = as_learner.get("quiz.review", attempt_id=attempt.id)

    assert "/lessons/" not in page.text
