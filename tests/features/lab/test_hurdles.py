"""The goal that somebody misses run after run."""

import pytest

from course.features.lab.hurdles import hurdle_after
from tests.make.account import make_user
from tests.make.ran import judged


@pytest.fixture
def learner(small_library):
    return make_user("Ada Lovelace")


def last(learner, **reached):
    """The hurdle after a run that reached these goals, or not."""
    run = judged(learner, reached)
    return hurdle_after(run, [name for name, share in reached.items() if share < 1])


def test_who_misses_nothing_has_no_hurdle(learner):
    assert last(learner, lampe=1, envoi=1) == {}
    assert last(learner, lampe=1, envoi=1) == {}


def test_a_goal_missed_twice_in_a_row_counts_two(learner):
    assert last(learner, lampe=0, envoi=1) == {"goal": "lampe", "wrong": 1}
    assert last(learner, lampe=0.5, envoi=1) == {"goal": "lampe", "wrong": 2}


def test_a_goal_reached_in_between_begins_again(learner):
    last(learner, lampe=0, envoi=1)
    last(learner, lampe=1, envoi=1)

    assert last(learner, lampe=0, envoi=1) == {"goal": "lampe", "wrong": 1}


def test_of_several_goals_the_one_missed_longest_is_told(learner):
    last(learner, envoi=0, lampe=1)

    assert last(learner, envoi=0, lampe=0) == {"goal": "envoi", "wrong": 2}


def test_a_hurdle_that_is_passed_is_forgotten(learner):
    last(learner, envoi=0, lampe=1)
    last(learner, envoi=0, lampe=0)

    assert last(learner, envoi=1, lampe=1) == {"goal": "envoi", "wrong": 0}


def test_other_people_s_runs_and_other_labs_do_not_count(learner):
    judged(make_user("Eve"), {"lampe": 0})
    judged(learner, {"lampe": 0}, lab="autre")

    assert last(learner, lampe=0) == {"goal": "lampe", "wrong": 1}
