"""Who comes when, and does what: rules without a database."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from course.features.demo import stories
from course.features.demo.people import CLASSES
from course.features.demo.stories import Act, Chapter, Kind, What, kinds, visits_of

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=at) for at in range(7)]
COURSE = (
    Chapter(("a1", "a2", "a3", "a4"), "x", "a"),
    Chapter(("b1", "b2", "b3"), None, "b"),
    Chapter(("c1", "c2", "c3"), None, "c"),
)
ONE = (Chapter(("a1", "a2"), None, "a"),)
WITHOUT_QUIZ = (Chapter(("a1", "a2", "a3"), None, None),)
SEEDS = range(20)


def windows(today=MONDAY):
    return [stories.window(each.begins, each.length, today) for each in CLASSES]


def acts(kind, seen, course=COURSE, seed=1):
    visits = visits_of(kind, seen, course, Random(seed))
    return [act for visit in visits for act in visit.acts]


@pytest.mark.parametrize("today", WEEK)
def test_two_are_over_two_under_way_one_begun_one_begins_next_week(today):
    found = windows(today)
    next_monday = today + timedelta(days=7 - today.weekday())

    assert [each.over for each in found] == [True, True, False, False, False, False]
    assert [each.begun for each in found] == [True] * 5 + [False]
    assert found[4].days <= stories.SOON < found[3].days
    assert next_monday <= found[5].begins < next_monday + timedelta(days=7)


@pytest.mark.parametrize("today", WEEK)
def test_a_cohort_begins_and_ends_on_a_working_day_within_eight_weeks(today):
    for each in windows(today):
        assert each.begins.weekday() < stories.SATURDAY
        assert each.ends.weekday() < stories.SATURDAY
        assert each.begins >= today - timedelta(weeks=8)


@pytest.mark.parametrize("today", WEEK)
@pytest.mark.parametrize("course", [COURSE, ONE, WITHOUT_QUIZ, ()])
def test_nothing_is_done_before_the_first_day_or_after_yesterday(today, course):
    midnight = datetime.combine(today, stories.time(0, tzinfo=UTC))
    for seen in windows(today):
        for kind in Kind:
            for seed in SEEDS[:4]:
                visits = visits_of(kind, seen, course, Random(seed))
                days = [visit.at.date() for visit in visits]

                assert days == sorted(set(days))
                assert all(visit.acts for visit in visits)
                assert all(seen.begins <= day for day in days)
                assert all(visit.at < midnight for visit in visits)


def test_the_same_chance_gives_the_same_story():
    seen = windows()[2]

    assert acts(Kind.STEADY, seen, seed=5) == acts(Kind.STEADY, seen, seed=5)


def test_who_is_not_expected_yet_has_done_nothing():
    assert kinds(windows()[5], 3) == [Kind.NEVER] * 3
    assert acts(Kind.QUICK, windows()[5]) == []


def test_everybody_of_a_long_cohort_finds_a_kind():
    assert set(kinds(windows()[2], 20)) == set(Kind)


@pytest.mark.parametrize("kind", [Kind.STEADY, Kind.QUICK, Kind.LATE])
def test_those_who_finish_do_everything_in_order(kind):
    done = [
        act.key
        for act in acts(kind, windows()[0])
        if act.what in {What.READ, What.WORK, What.SUCCEED}
    ]

    assert "".join(done) == "a1a2a3a4xab1b2b3bc1c2c3c"


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_stuck_ends_on_trouble_at_a_quiz(seed):
    found = acts(Kind.STUCK, windows()[2], seed=seed)

    assert found[-1].what in {What.HURDLE, What.FAIL}
    assert Act(What.SUCCEED, found[-1].key) not in found


def test_who_guesses_ends_guessing():
    assert acts(Kind.GUESSING, windows()[2])[-1].what == What.GUESS


def test_who_is_near_has_a_quiz_left_only():
    assert acts(Kind.NEAR, windows()[4])[-1] == Act(What.WORK, "x")


def test_some_take_a_wrong_turn_before_they_pass_a_lab():
    found = [acts(Kind.STEADY, windows()[0], seed=seed) for seed in SEEDS]
    strayed = [Act(What.STRAY, "x") in each for each in found]

    assert 0 < sum(strayed) < len(SEEDS)
    assert all(Act(What.WORK, "x") in each for each in found)


def test_some_leave_a_lab_in_its_middle():
    course = (Chapter((), "x", None),)
    left = [acts(Kind.GONE, windows()[1], course, seed=seed) for seed in SEEDS]

    assert [Act(What.LEAVE, "x")] in left


def test_who_stopped_was_not_there_for_more_than_a_week():
    for seen in windows()[2:4]:
        last = visits_of(Kind.STOPPED, seen, COURSE, Random(1))[-1]

        assert last.at.date() < MONDAY - timedelta(days=7)


def test_who_is_gone_came_once():
    assert len(visits_of(Kind.GONE, windows()[1], COURSE, Random(1))) == 1


def test_who_never_came_did_nothing():
    assert acts(Kind.NEVER, windows()[1]) == []


def test_late_ones_begin_after_the_others():
    seen = windows()[2]

    late = visits_of(Kind.LATE, seen, COURSE, Random(1))[0].at
    steady = visits_of(Kind.STEADY, seen, COURSE, Random(1))[0].at

    assert steady.date() == seen.begins
    assert late - steady > timedelta(days=2)


FURTHER = (Chapter(("a1",), "x", "a", ("y",)),)


def test_some_who_have_the_time_go_further_once_the_module_is_behind():
    over = windows()[0]
    done = [acts(Kind.STEADY, over, FURTHER, seed) for seed in SEEDS]

    keen = [each for each in done if Act(What.WORK, "y") in each]
    strayed = [each for each in keen if Act(What.STRAY, "y") in each]

    assert 0 < len(strayed) < len(keen) < len(done)
    for each in keen:
        assert each.index(Act(What.SUCCEED, "a")) < each.index(Act(What.WORK, "y"))


@pytest.mark.parametrize("kind", [Kind.LATE, Kind.STUCK, Kind.GUESSING, Kind.NEAR])
def test_others_do_what_is_asked(kind):
    over = windows()[0]

    for seed in SEEDS:
        assert "y" not in {act.key for act in acts(kind, over, FURTHER, seed)}
