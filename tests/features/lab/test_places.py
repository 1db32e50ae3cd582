"""Where somebody was in a lab, as the path says it."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.visibility import Mode
from tests.conftest import MORNING
from tests.make.lab import RIGHT, act, do, failed, start
from tests.page import parse, said

pytestmark = pytest.mark.usefixtures("lab_library")


def text_of(answered):
    return " ".join(said(parse(answered.text).find(".//main")).split())


def resumed(page):
    """Where « Reprendre » leads."""
    for found in parse(page.text).iter("a"):
        if said(found) == "Reprendre":
            return found.get("href")
    return None


def test_a_run_not_begun_waits_at_its_mission(as_learner, ada):
    run = start(ada)

    page = as_learner.get("path.home")

    assert resumed(page) == f"/runs/{run.id}"
    assert "rien n’est encore fait" in text_of(page)
    assert "encore 5 min" in text_of(page)


def test_an_open_run_is_gone_on_with_after_what_was_done(as_learner, ada):
    run = start(ada)
    for minute, deed in enumerate(RIGHT, 1):
        clock.set_to(MORNING + timedelta(minutes=minute))
        do(run, [deed])

    page = as_learner.get("path.home")

    assert resumed(page) == f"/runs/{run.id}"
    assert "après 2 gestes · encore 3 min" in text_of(page)


def test_one_minute_is_left_at_least(as_learner, ada):
    run = start(ada)
    for minute in range(9, 81, 9):
        clock.set_to(MORNING + timedelta(minutes=minute))
        act(run, "antivirus.protect", on="yes" if minute % 2 else "no")

    assert "encore 1 min" in text_of(as_learner.get("path.home"))


def test_an_ended_run_is_nowhere_to_go_on(as_learner, ada):
    failed(ada)

    assert resumed(as_learner.get("path.home")) is None


def test_of_two_open_runs_the_one_worked_at_last_is_gone_on_with(as_learner, ada):
    check = start(ada)
    clock.set_to(MORNING + timedelta(minutes=1))
    start(ada, Mode.PRACTICE)
    clock.set_to(MORNING + timedelta(minutes=2))
    do(check, RIGHT[:1])

    assert resumed(as_learner.get("path.home")) == f"/runs/{check.id}"


def test_another_s_run_is_not_one_s_own(as_learner, grace):
    start(grace)

    assert resumed(as_learner.get("path.home")) is None
