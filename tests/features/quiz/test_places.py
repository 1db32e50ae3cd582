"""Where somebody was in a quiz, as the path says it."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.visibility import Mode
from course.features.lesson.services import keep_place
from tests.conftest import MORNING
from tests.make.quiz import answer, answer_all, end, sitting, start
from tests.page import parse, said


def text_of(answered):
    return " ".join(said(parse(answered.text).find(".//main")).split())


def resumed(page):
    """Where « Reprendre » leads."""
    for found in parse(page.text).iter("a"):
        if said(found) == "Reprendre":
            return found.get("href")
    return None


@pytest.mark.parametrize(
    ("answered", "place", "left"), [(0, 1, "5 min"), (3, 4, "4 min"), (9, 10, "1 min")]
)
def test_an_open_attempt_is_gone_on_with_at_its_question(
    small_library, as_learner, ada, answered, place, left
):
    attempt = start(ada)
    for line in list(lines_of(attempt))[:answered]:
        answer(attempt, line.item.question, None)

    page = as_learner.get("path.home")

    assert resumed(page) == f"/attempts/{attempt.id}"
    assert f"Questions, à la question {place} sur 10 · encore {left}" in text_of(page)


def lines_of(attempt):
    return sitting(attempt).lines


def test_an_answer_changed_counts_once(small_library, as_learner, ada):
    attempt = start(ada)
    question = lines_of(attempt)[0].item.question
    for client in ("one", "two"):
        answer(attempt, question, None, client)

    assert "à la question 2 sur 10" in text_of(as_learner.get("path.home"))


def test_an_attempt_all_answered_waits_for_its_end(small_library, as_learner, ada):
    attempt = start(ada)
    answer_all(attempt)

    page = as_learner.get("path.home")

    assert "tout est répondu : terminez pour voir les raisons" in text_of(page)
    assert resumed(page) == f"/attempts/{attempt.id}"


def test_an_ended_attempt_is_nowhere_to_go_on(small_library, as_learner, ada):
    attempt = start(ada)
    answer_all(attempt, right=())
    end(attempt)

    assert resumed(as_learner.get("path.home")) is None


def test_of_two_open_attempts_the_last_answered_is_gone_on_with(
    small_library, as_learner, ada
):
    check = start(ada)
    clock.set_to(MORNING + timedelta(minutes=1))
    practice = start(ada, Mode.PRACTICE)
    clock.set_to(MORNING + timedelta(minutes=2))
    answer(check, lines_of(check)[0].item.question, None)

    assert practice.id != check.id
    assert resumed(as_learner.get("path.home")) == f"/attempts/{check.id}"


def test_a_lesson_left_later_comes_first(small_library, as_learner, ada):
    start(ada)
    clock.set_to(MORNING + timedelta(minutes=1))
    keep_place(ada.id, "premiere", "cable")

    assert resumed(as_learner.get("path.home")) == "/lessons/premiere#cable"


def test_another_s_attempt_is_not_one_s_own(small_library, as_learner, grace):
    start(grace)

    assert resumed(as_learner.get("path.home")) is None
