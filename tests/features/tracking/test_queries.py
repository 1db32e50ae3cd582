"""Where a cohort stands, and who needs the trainer first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from course.base import clock
from course.features.catalogue import queries as catalogue
from course.features.progress.services import Verb
from course.features.tracking import queries
from course.features.tracking.queries import State, Why
from tests.conftest import MORNING
from tests.make.centre import make_cohort, make_learners
from tests.make.library import publish
from tests.make.tracking import did, many_modules

LONG_AGO = MORNING - timedelta(days=9)


@pytest.fixture
def cohort(app):
    return make_cohort()


def states_of(cohort, library):
    [row] = queries.picture_of(cohort.id, library, 1).rows
    return [str(state) for state in row.states]


def test_a_column_is_a_lesson_or_a_quiz(small_library):
    columns = queries.columns_of(small_library)

    names = [column.steps[0].name for column in columns]
    assert names == [("lesson", "premiere"), ("lesson", "seconde"), ("quiz", "essai")]


def test_a_module_may_have_no_quiz(small_library):
    module = replace(small_library.modules[0], quiz=None)

    steps = queries.steps_of(module, small_library)

    assert [step.kind for step in steps] == ["lesson", "lesson"]


def test_a_wide_library_has_a_column_for_each_module(app, tmp_path):
    library = publish(tmp_path, many_modules(5))

    assert [c.whole for c in queries.columns_of(library)] == [True] * 5
    assert [c.whole for c in queries.columns_of(library, "essai2")] == [False] * 3
    assert queries.columns_of(library, "nothing") == ()


def test_who_did_nothing_has_everything_to_do(cohort, small_library):
    make_learners(cohort, 1)

    assert states_of(cohort, small_library) == ["todo", "todo", "todo"]


def test_each_step_says_where_one_stands(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    did(ada, Verb.TRIED, "seconde")
    did(ada, Verb.STARTED, "essai")

    assert states_of(cohort, small_library) == ["done", "started", "doing"]


def test_three_tries_without_success_are_stuck_until_the_quiz_is_passed(
    cohort, small_library
):
    [ada] = make_learners(cohort, 1)
    for minutes in range(3):
        did(ada, Verb.FAILED, "essai", MORNING + timedelta(minutes=minutes), share=0.4)
    assert states_of(cohort, small_library)[-1] == "stuck"

    did(ada, Verb.PASSED, "essai", share=0.8)

    assert states_of(cohort, small_library)[-1] == "done"


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ([Verb.READ, Verb.READ, Verb.PASSED], State.DONE),
        ([Verb.READ, None, None], State.DOING),
        ([None, None, Verb.STARTED], State.DOING),
        ([Verb.TRIED, None, None], State.STARTED),
        ([None, None, None], State.TODO),
    ],
)
def test_a_module_sums_its_steps_up(cohort, small_library, states, together):
    [ada] = make_learners(cohort, 1)
    for key, verb in zip(("premiere", "seconde", "essai"), states, strict=True):
        if verb:
            did(ada, verb, key)
    [row] = queries.picture_of(cohort.id, small_library, 1).rows
    steps = queries.steps_of(small_library.modules[0], small_library)

    assert queries.state_in(steps, row.standings) == together


def test_a_module_is_stuck_when_its_quiz_is(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    for minutes in range(3):
        did(ada, Verb.FAILED, "essai", MORNING + timedelta(minutes=minutes), share=0.4)
    [row] = queries.picture_of(cohort.id, small_library, 1).rows
    steps = queries.steps_of(small_library.modules[0], small_library)

    assert queries.state_in(steps, row.standings) == State.STUCK


def test_the_stuck_come_first_then_the_away_then_the_near(cohort, small_library):
    near, away, stuck, _silent, finished, further = make_learners(cohort, 6)
    for key in ("premiere", "seconde"):
        did(near, Verb.READ, key)
        did(finished, Verb.READ, key, LONG_AGO)
    did(finished, Verb.PASSED, "essai", LONG_AGO, share=0.9)
    did(away, Verb.READ, "premiere", LONG_AGO)
    for day in range(3):
        did(stuck, Verb.FAILED, "essai", MORNING - timedelta(days=day), share=0.4)
    did(further, Verb.READ, "premiere")

    needs = queries.picture_of(cohort.id, small_library, 1).needs

    assert [(n.learner.id, n.why) for n in needs] == [
        (stuck.id, Why.STUCK),
        (away.id, Why.AWAY),
        (near.id, Why.NEAR),
    ]


def test_three_people_are_enough_for_a_day(cohort, small_library):
    for learner in make_learners(cohort, 5):
        did(learner, Verb.READ, "premiere", LONG_AGO)

    assert len(queries.picture_of(cohort.id, small_library, 1).needs) == 3


def test_a_cohort_is_read_fifty_at_a_time_in_three_statements(
    cohort, small_library, count_queries
):
    for learner in make_learners(cohort, 60):
        did(learner, Verb.READ, "premiere")
    catalogue.shelf()

    with count_queries() as sent:
        first = queries.picture_of(cohort.id, small_library, 1)
    second = queries.picture_of(cohort.id, small_library, 2)

    assert len(sent) == 3
    assert (len(first.rows), len(second.rows)) == (50, 10)
    assert (first.count, first.pages) == (60, 2)
    assert first.rows[0].seen == clock.now()
