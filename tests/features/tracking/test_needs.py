"""Who needs the trainer, and what shows it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from course.base import clock
from course.base.db import db, transaction
from course.features.centre.models import Cohort
from course.features.passport.queries import stamps_of
from course.features.progress.queries import standings_of
from course.features.progress.services import Verb
from course.features.tracking.needs import (
    Sign,
    Times,
    Why,
    course_of,
    needs_of,
    steps_of,
    times_of,
)
from course.features.tracking.queries import picture_of
from tests.conftest import MORNING
from tests.make import quiz
from tests.make.centre import make_cohort, make_learners
from tests.make.library_quiz import RIGHT
from tests.make.quiz import WRONG, end
from tests.make.tracking import (
    CHOICES,
    did,
    make_failing,
    make_guessing,
    make_near,
    make_stopped,
    make_stuck,
)

TODAY = MORNING.date()


@pytest.fixture
def cohort(app):
    return make_cohort()


def between(cohort: Cohort, first: date | None, last: date | None) -> Cohort:
    """The same cohort with its days."""
    with transaction():
        kept = db.session.get_one(Cohort, cohort.id)
        kept.begins_on, kept.ends_on = first, last
    return kept


def days(count: int) -> timedelta:
    return timedelta(days=count)


def needs(user, cohort, library):
    """What somebody needs now: (why, sign) pairs."""
    return [(need.why, need.sign) for need in all_needs(user, cohort, library)]


def all_needs(user, cohort, library):
    db.session.close()
    return needs_of(
        standings_of(user.id),
        stamps_of(user.id),
        MORNING,
        course_of(library),
        times_of(cohort, clock.now()),
    )


# ── stuck


def test_four_wrong_answers_in_a_row_are_stuck_and_name_the_question(
    cohort, small_library
):
    [ada] = make_learners(cohort, 1)
    attempt = make_stuck(ada, times=3)
    assert needs(ada, cohort, small_library) == []

    quiz.answer(attempt, CHOICES, WRONG[CHOICES], "fourth")

    [need] = all_needs(ada, cohort, small_library)
    assert (need.why, need.sign) == (Why.STUCK, Sign.WRONG)
    assert (need.number, need.hurdle, need.step.key) == (4, CHOICES, "essai")


def test_who_gets_it_right_is_stuck_no_longer(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    attempt = make_stuck(ada)

    quiz.answer(attempt, CHOICES, RIGHT[CHOICES], "at last")

    assert needs(ada, cohort, small_library) == []


def test_four_wrong_tries_in_a_lesson_are_stuck_until_it_is_read(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    for minutes in range(4):
        at = MORNING + timedelta(minutes=minutes)
        did(ada, Verb.TRIED, "premiere", at, **{"try": "placard", "share": 0})
    assert needs(ada, cohort, small_library) == [(Why.STUCK, Sign.WRONG)]

    did(ada, Verb.READ, "premiere")

    assert needs(ada, cohort, small_library) == []


def test_four_checks_without_passing_are_stuck(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_failing(ada, times=3)
    assert needs(ada, cohort, small_library) == []

    did(ada, Verb.FAILED, "essai", MORNING + days(1), share=0.6)

    [need] = all_needs(ada, cohort, small_library)
    assert (need.sign, need.number) == (Sign.TRIES, 4)


def test_who_only_practises_is_not_stuck(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    for minutes in range(5):
        did(ada, Verb.ENDED, "essai", MORNING + timedelta(minutes=minutes), share=0.2)

    assert needs(ada, cohort, small_library) == []


def test_who_passes_needs_nothing(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_stuck(ada)
    make_failing(ada)
    make_guessing(ada)

    did(ada, Verb.PASSED, "essai", share=0.9)

    assert needs(ada, cohort, small_library) == []


# ── stopped


@pytest.mark.parametrize(("began", "said"), [(1, []), (2, [Sign.NOT_BEGUN])])
def test_two_days_after_the_first_one_who_has_not_begun_is_missed(
    cohort, small_library, began, said
):
    [ada] = make_learners(cohort, 1)
    cohort = between(cohort, TODAY - days(began), TODAY + days(30))

    found = all_needs(ada, cohort, small_library)

    assert [need.sign for need in found] == said
    assert all(need.day == cohort.begins_on for need in found)


def test_before_the_first_day_nobody_is_missed(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_stopped(ada, days=20)

    cohort = between(cohort, TODAY + days(1), TODAY + days(30))

    assert needs(ada, cohort, small_library) == []


@pytest.mark.parametrize(
    ("length", "away", "missed"),
    [
        (10, 3, False),
        (10, 4, True),  # three days at least
        (50, 10, False),
        (50, 11, True),  # a fifth of the time
    ],
)
def test_within_its_days_a_cohort_tells_what_a_long_silence_is(
    cohort, small_library, length, away, missed
):
    [ada] = make_learners(cohort, 1)
    make_stopped(ada, days=away)
    cohort = between(cohort, TODAY - days(length - 1), TODAY + days(1))

    found = needs(ada, cohort, small_library)

    assert found == ([(Why.STOPPED, Sign.AWAY)] if missed else [])


@pytest.mark.parametrize(("away", "missed"), [(7, False), (8, True)])
def test_without_days_a_week_is_a_long_silence(cohort, small_library, away, missed):
    begun, silent = make_learners(cohort, 2)
    make_stopped(begun, days=away)
    clock.set_to(MORNING + days(away))
    for at in range(away):
        did(begun, Verb.TRIED, "seconde", MORNING - days(away - at))
    clock.set_to(MORNING)

    told = all_needs(begun, cohort, small_library)
    clock.set_to(MORNING + days(away))
    waited = needs(silent, cohort, small_library)

    assert told == ()
    assert waited == ([(Why.STOPPED, Sign.NEVER)] if missed else [])


def test_what_was_left_undone_is_named(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_stopped(ada, days=8)

    [need] = all_needs(ada, cohort, small_library)

    assert need.sign == Sign.AWAY
    assert need.seen == MORNING - days(8)
    assert need.step.name == ("lesson", "seconde")


@pytest.mark.parametrize(
    ("since", "said"), [(1, Sign.UNFINISHED), (30, Sign.UNFINISHED), (31, None)]
)
def test_after_the_last_day_who_has_not_finished_is_called_for_a_month(
    cohort, small_library, since, said
):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    cohort = between(cohort, TODAY - days(90), TODAY - days(since))

    found = all_needs(ada, cohort, small_library)

    assert [need.sign for need in found] == ([said] if said else [])


def test_a_cohort_with_only_a_last_day_calls_who_never_began(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    cohort = between(cohort, None, TODAY - days(1))

    assert needs(ada, cohort, small_library) == [(Why.STOPPED, Sign.NEVER)]


def test_who_has_finished_is_never_missed(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    for key in ("premiere", "seconde"):
        did(ada, Verb.READ, key, MORNING - days(40))
    did(ada, Verb.PASSED, "essai", MORNING - days(40), share=0.9)

    assert needs(ada, cohort, small_library) == []


def test_the_days_of_a_cohort_may_be_unknown():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)

    assert Times(now).patience == days(7)
    assert Times(now, begins=TODAY).patience == days(7)
    assert not Times(now).over


# ── guessing, near


def test_answers_faster_than_reading_are_told_once_they_are_many(cohort, small_library):
    [ada] = make_learners(cohort, 1)

    attempt = make_guessing(ada)

    [need] = all_needs(ada, cohort, small_library)
    assert (need.why, need.number, need.total) == (Why.GUESSING, 10, 10)
    end(attempt)
    assert needs(ada, cohort, small_library) == [(Why.GUESSING, Sign.HASTY)]


def test_few_quick_answers_among_many_are_no_guessing(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_guessing(ada)
    practice = quiz.start(ada, quiz.Mode.PRACTICE)
    for time in range(11):
        quiz.answer(practice, "delai", "72", f"slow-{time}")

    assert needs(ada, cohort, small_library) == []


def test_one_step_before_the_stamp_is_near(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_near(ada)

    [need] = all_needs(ada, cohort, small_library)

    assert (need.why, need.step.name) == (Why.NEAR, ("quiz", "essai"))


def test_a_lesson_left_after_the_stamp_is_nothing_to_say(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    did(ada, Verb.PASSED, "essai", share=0.9)

    assert needs(ada, cohort, small_library) == []


def test_a_module_without_stamp_has_nobody_near_it(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    module = replace(small_library.modules[0], quiz=None)
    course = ((module, steps_of(module, small_library)),)

    def found():
        db.session.close()
        return needs_of(standings_of(ada.id), {}, MORNING, course, Times(MORNING))

    assert found() == ()
    did(ada, Verb.READ, "seconde")
    assert found() == ()


# ── in order


def test_the_worst_need_comes_first_of_one_and_of_all(cohort, small_library):
    near, stopped, stuck, quick, finished = make_learners(cohort, 5)
    make_near(near)
    make_stopped(stopped)
    make_stuck(stuck)
    make_guessing(stuck)
    make_guessing(quick)
    make_near(finished)
    did(finished, Verb.PASSED, "essai", share=0.9)

    needy = picture_of(cohort, small_library).needy

    assert [row.person.id for row in needy] == [
        *(stuck.id, stopped.id, quick.id, near.id)
    ]
    assert [need.why for need in needy[0].needs] == [Why.STUCK, Why.GUESSING]


def test_among_the_same_needs_the_longest_away_comes_first(cohort, small_library):
    lately, long_ago = make_learners(cohort, 2)
    make_stopped(lately, days=8)
    make_stopped(long_ago, days=12)

    needy = picture_of(cohort, small_library).needy

    assert [row.person.id for row in needy] == [long_ago.id, lately.id]
