"""The end of a run: judged goal by goal, once."""

import pytest
from sqlalchemy import select

from course.base.db import db
from course.domain.visibility import Mode
from course.features.lab import queries
from course.features.lab.models import Outcome
from course.features.progress.queries import standings_of
from tests.make.lab import (
    RIGHT,
    act,
    do,
    end,
    events,
    failed,
    opened,
    passed,
    start,
    switch,
)
from tests.make.quiz import standings, standings_anew

pytestmark = pytest.mark.usefixtures("lab_library")


def test_a_whole_run_is_judged_goal_by_goal(ada):
    run = passed(ada)

    assert (run.points, run.out_of, run.passed) == (5, 5, True)
    outcomes = queries.outcomes_of([run.id])[run.id]
    assert {
        name: (o.points, o.required, o.reached, o.share, o.hints, o.position)
        for name, o in outcomes.items()
    } == {
        "protection": (2, True, 1, 1, 0, 1),
        "fichier": (2, False, 1, 1, 0, 2),
        "calme": (1, False, 1, 1, 0, 2),
    }
    assert events(ada)[-1] == (
        "passed",
        {"run": run.id, "mode": "check", "share": 1, "points": 5},
    )
    standing = standings_of(ada.id)["lab", "console"]
    assert (standing.state, standing.best, standing.tries) == ("done", 1, 1)


def test_ending_twice_changes_nothing(ada):
    run = passed(ada)

    end(run)

    assert len(events(ada)) == 2
    assert len(db.session.scalars(select(Outcome)).all()) == 3


def test_a_hint_costs_a_quarter_in_a_check_and_nothing_in_practice(ada):
    runs = [start(ada, mode) for mode in (Mode.CHECK, Mode.PRACTICE)]
    for run in runs:
        act(run, "lab.hint", goal="protection")
        end(do(run))

    assert [run.points for run in map(fresh, runs)] == [4.5, 5]
    shares = [queries.outcomes_of([r.id])[r.id]["protection"] for r in runs]
    assert [(o.reached, o.share, o.hints) for o in shares] == [(1, 0.75, 1), (1, 1, 1)]


def fresh(run):
    """The run as the database knows it now."""
    return opened(run, whole=True).run


def test_a_practice_is_never_passed_nor_failed(ada):
    run = passed(ada, Mode.PRACTICE)

    assert (run.points, run.passed) == (5, None)
    assert events(ada)[-1][0] == "ended"
    standing = standings_of(ada.id)["lab", "console"]
    assert (standing.state, standing.best, standing.tries) == ("started", None, 1)


def test_a_missed_compulsory_goal_fails_and_is_told_in_a_row(ada):
    first, second = failed(ada), failed(ada)

    assert (first.passed, second.passed) == (False, False)
    assert [result["wrong"] for verb, result in events(ada) if verb == "failed"] == [
        1,
        2,
    ]
    standing = standings_of(ada.id)["lab", "console"]
    assert (standing.wrong, standing.hurdle) == (2, "protection")
    assert standings() == standings_anew()

    passed(ada)

    assert standings_of(ada.id)["lab", "console"].wrong == 0
    assert standings() == standings_anew()


def test_an_untouched_run_is_worth_nothing(ada):
    run = end(start(ada))

    assert (run.points, run.passed) == (0, False)


def test_a_long_run_is_judged_from_its_beginning(ada):
    run = start(ada)
    do(run, [RIGHT[1]])
    switch(run, 41)

    end(run)

    outcomes = queries.outcomes_of([run.id])[run.id]
    assert outcomes["fichier"].position == 1
    assert outcomes["protection"].position == 42
