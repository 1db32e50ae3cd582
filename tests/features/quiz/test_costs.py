"""How many statements a quiz costs: the reason why it answers quickly."""

import pytest

from course.domain.visibility import Mode
from tests.make.quiz import (
    RIGHT,
    SCRIPT,
    answer_all,
    fields,
    line_of,
    sitting,
    start,
)


@pytest.fixture
def warm(app, small_library, as_learner):
    """What a process keeps in memory is there: an edition is read once, not asked."""
    as_learner.get("quiz.show", key="essai")


def test_beginning_costs_eight_statements_at_most(warm, as_learner, count_queries):
    with count_queries() as sent:
        as_learner.post("quiz.start", key="essai", data={"mode": "check"})

    assert len(sent) <= 8, sent


@pytest.mark.parametrize("mode", [Mode.CHECK, Mode.PRACTICE])
def test_an_answer_costs_five_statements_at_most(
    warm, as_learner, ada, count_queries, mode
):
    attempt = start(ada, mode)
    costs = []

    for question in RIGHT:
        line = line_of(attempt, question)
        where = {"attempt_id": attempt.id, "position": line.item.position}
        data = fields(line, RIGHT[question])
        with count_queries() as sent:
            as_learner.post("quiz.answer", **where, data=data, headers=SCRIPT)
        costs.append(len(sent))

    assert sitting(attempt).answered == 10
    assert max(costs) <= 5, sent


def test_a_question_costs_two_statements_whatever_was_answered(
    warm, as_learner, ada, count_queries
):
    attempt, costs = start(ada), []
    where = {"attempt_id": attempt.id, "position": 1}

    for _time in range(2):
        with count_queries() as sent:
            as_learner.get("quiz.question", **where)
        costs.append(len(sent))
        answer_all(attempt)

    assert costs == [2, 2], sent


def test_passing_with_its_stamp_and_the_review_cost_seven_and_two_statements(
    warm, as_learner, ada, count_queries
):
    attempt = start(ada)
    answer_all(attempt)

    with count_queries() as ending:
        as_learner.post("quiz.end", attempt_id=attempt.id)
    with count_queries() as reviewing:
        as_learner.get("quiz.review", attempt_id=attempt.id)

    assert len(ending) <= 7, ending
    assert len(reviewing) <= 2, reviewing


def test_a_whole_attempt_costs_seventy_statements_at_most(
    warm, as_learner, count_queries
):
    with count_queries() as sent:
        went = as_learner.post("quiz.start", key="essai", data={"mode": "check"})
        number = int(went.location.rpartition("/")[2])
        as_learner.get("quiz.take", attempt_id=number)
        for place in range(1, 11):
            where = {"attempt_id": number, "position": place}
            data = {"unknown": "1"}
            as_learner.post("quiz.answer", **where, data=data, headers=SCRIPT)
        as_learner.get("quiz.take", attempt_id=number)
        as_learner.post("quiz.end", attempt_id=number)
        as_learner.get("quiz.review", attempt_id=number)

    assert len(sent) <= 70
