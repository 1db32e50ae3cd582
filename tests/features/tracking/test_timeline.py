"""What somebody did, put together into visits."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

from course.features.lab.queries import Acted
from course.features.progress.models import Event
from course.features.quiz.queries import Answered
from course.features.tracking.timeline import visits_of

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def event(minutes: float, seconds: int = 60) -> Event:
    at = NOON + timedelta(minutes=minutes)
    return cast("Event", SimpleNamespace(at=at, seconds=seconds))


def answer(minutes: float, seconds: int = 30) -> Answered:
    return Answered(NOON + timedelta(minutes=minutes), seconds, "essai")


def act(minutes: float, seconds: int = 10) -> Acted:
    return Acted(NOON + timedelta(minutes=minutes), seconds, "console")


def kinds(visit):
    return [mark.thing[1] for mark in visit.marks]


def visits(events, answers=(), acts=()):
    found = visits_of(events, answers, acts, lambda instant: instant.date())
    return [
        (
            str(day),
            [(kinds(v).count(""), kinds(v).count("essai"), v.seconds) for v in visits],
        )
        for day, visits in found
    ]


def test_deeds_less_than_ten_minutes_apart_are_one_visit():
    assert visits([event(0), event(10), event(20.1)]) == [
        ("2026-11-23", [(2, 0, 120), (1, 0, 60)])
    ]


def test_answers_belong_to_the_visit_they_were_given_in():
    assert visits([event(0), event(15)], [answer(5), answer(9), answer(40)]) == [
        ("2026-11-23", [(2, 2, 180), (0, 1, 30)])
    ]


def test_acts_in_a_lab_belong_to_the_visit_they_were_done_in():
    [(_day, [visit])] = visits_of(
        [event(0)], [answer(1)], [act(2), act(3)], lambda instant: instant.date()
    )

    assert kinds(visit) == ["", "essai", "console", "console"]
    assert visit.seconds == 110


def test_the_newest_day_comes_first_and_its_visits_in_order():
    assert visits([event(0), event(60), event(24 * 60)]) == [
        ("2026-11-24", [(1, 0, 60)]),
        ("2026-11-23", [(1, 0, 60), (1, 0, 60)]),
    ]


def test_midnight_ends_a_visit():
    assert visits([event(12 * 60 - 2), event(12 * 60 + 2)]) == [
        ("2026-11-24", [(1, 0, 60)]),
        ("2026-11-23", [(1, 0, 60)]),
    ]


def test_nothing_done_is_no_day():
    assert visits([]) == []
