"""How many statements a lab costs, however long a run is."""

import pytest

from course.domain.visibility import Mode
from tests.make.lab import SCRIPT, do, long_run, opened, sent, start


@pytest.fixture
def warm(lab_library, as_learner):
    """What a process keeps in memory is there: an edition is read once, not asked."""
    as_learner.get("lab.show", key="console")


def test_beginning_costs_seven_statements_at_most(warm, as_learner, count_queries):
    with count_queries() as asked:
        as_learner.post("lab.start", key="console", data={"mode": "check"})

    assert len(asked) <= 7, asked


@pytest.mark.parametrize("mode", [Mode.CHECK, Mode.PRACTICE])
def test_an_action_costs_five_statements_whatever_was_done_before(
    warm, as_learner, ada, count_queries, mode
):
    run, costs, refused = start(ada, mode), [], 0
    opened(run)

    for time in range(60):
        with count_queries() as asked:
            state = "yes" if time % 2 == 0 else "no"
            done = sent(as_learner, run, "antivirus.protect", on=state, headers=SCRIPT)
        refused += done.status_code != 200
        costs.append(len(asked) - 1)  # the test's own count of actions

    assert refused == 0
    assert set(costs) == {5}, asked


def test_the_desk_costs_two_statements_whatever_was_done(
    warm, as_learner, ada, count_queries
):
    run, costs = start(ada), []
    for many in (0, 300):
        long_run(run, many)
        with count_queries() as asked:
            as_learner.get("lab.take", run_id=run.id)
        costs.append(len(asked))

    assert costs == [2, 2], asked


def test_ending_and_its_review_cost_ten_and_four_statements_at_most(
    warm, as_learner, ada, count_queries
):
    run = do(start(ada))

    with count_queries() as ending:
        as_learner.post("lab.end", run_id=run.id)
    with count_queries() as reviewing:
        as_learner.get("lab.review", run_id=run.id)

    assert len(ending) <= 10, ending
    assert len(reviewing) <= 4, reviewing
