"""The clock runs, and stops where a test says."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from course.base import clock


@pytest.fixture(autouse=True)
def _set_going_again():
    yield
    clock.set_to(None)


def test_it_runs_in_utc():
    clock.set_to(None)

    before, after = clock.now(), clock.now()

    assert before <= after
    assert before.tzinfo is UTC


def test_it_stops_where_it_is_set():
    paris = timezone(timedelta(hours=1))

    clock.set_to(datetime(2026, 11, 23, 0, 30, tzinfo=paris))

    assert clock.now() == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert clock.today() == date(2026, 11, 22)


def test_another_time_is_told_for_a_while_only():
    evening = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    clock.set_to(evening)

    with clock.at(evening - timedelta(days=1)):
        inside = clock.now()

    assert inside == evening - timedelta(days=1)
    assert clock.now() == evening


def test_after_another_time_it_runs_again():
    clock.set_to(None)

    with clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        pass

    assert clock.now().year > 2020
