"""What a trainer is told of labs: who is stuck in one, and on which goal."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db, transaction
from course.domain.visibility import Mode
from course.features.progress.models import Standing
from course.features.progress.services import Verb, rebuild
from course.features.tracking.needs import Sign, Why
from tests.conftest import MORNING
from tests.features.tracking.test_needs import all_needs, needs
from tests.features.tracking.test_views import plain, reasons_of, rows_of
from tests.make import lab as labs
from tests.make.centre import make_cohort, make_learners
from tests.make.tracking import did, make_near
from tests.page import parse, said


@pytest.fixture
def cohort(app):
    return make_cohort()


@pytest.fixture
def lab_library(app, tmp_path):
    """The small library, and its lab."""
    return labs.publish_lab(tmp_path)


def test_two_runs_that_miss_the_same_compulsory_goal_are_stuck(cohort, lab_library):
    [ada] = make_learners(cohort, 1)
    labs.failed(ada)
    assert needs(ada, cohort, lab_library) == []

    labs.failed(ada, Mode.PRACTICE)

    [need] = all_needs(ada, cohort, lab_library)
    assert (need.why, need.sign) == (Why.STUCK, Sign.GOAL)
    assert (need.step.name, need.number, need.hurdle) == (
        *(("lab", "console"), 2, "protection"),
    )


def test_who_reaches_the_goal_at_last_is_not_stuck_any_more(cohort, lab_library):
    [ada] = make_learners(cohort, 1)
    for _time in range(2):
        labs.failed(ada)
    # In a practice: the lab is not passed yet, the goal is.
    labs.passed(ada, Mode.PRACTICE)

    assert needs(ada, cohort, lab_library) == []


def test_a_lab_checked_again_and_again_is_stuck_whatever_is_missed(cohort, lab_library):
    [ada] = make_learners(cohort, 1)
    for _time in range(4):
        did(ada, Verb.FAILED, "console", kind="lab", share=0.6)
        clock.set_to(clock.now() + timedelta(minutes=1))

    [need] = all_needs(ada, cohort, lab_library)

    assert (need.why, need.sign, need.step.kind) == (Why.STUCK, Sign.TRIES, "lab")


def test_standings_made_again_are_stuck_on_the_same_goal(cohort, lab_library):
    [ada] = make_learners(cohort, 1)
    for _time in range(2):
        labs.failed(ada)
    before = needs(ada, cohort, lab_library)

    rebuild()

    assert needs(ada, cohort, lab_library) == before == [(Why.STUCK, Sign.GOAL)]


def test_only_the_lab_may_be_left_before_the_stamp(cohort, lab_library):
    [ada] = make_learners(cohort, 1)
    make_near(ada)
    assert needs(ada, cohort, lab_library) == []  # the lab and the quiz

    did(ada, Verb.PASSED, "essai", share=0.9)

    [need] = all_needs(ada, cohort, lab_library)
    assert (need.why, need.step.name) == (Why.NEAR, ("lab", "console"))


# ── in words


LAB_NEEDS = {
    "2 essais de suite à l’atelier « La console » (module 1) manquent ce but : "
    "La protection est active.": lambda user: [labs.failed(user) for _ in range(2)],
    "4 essais à l’atelier « La console » (module 1), pas encore réussi.": (
        lambda user: [
            did(user, Verb.FAILED, "console", at, kind="lab", share=0.6)
            for at in (MORNING + timedelta(minutes=place) for place in range(4))
        ]
    ),
    "Plus qu’une étape avant le tampon « Essai » : l’atelier.": (
        lambda user: [make_near(user), did(user, Verb.PASSED, "essai", share=0.9)]
    ),
}


@pytest.mark.parametrize("evidence", LAB_NEEDS)
def test_what_is_hard_in_a_lab_is_said_in_words(as_trainer, grace, tmp_path, evidence):
    labs.publish_lab(tmp_path)
    cohort = make_cohort(trainer=grace)
    [ines] = make_learners(cohort, 1)
    LAB_NEEDS[evidence](ines)

    for endpoint, more in (("cohort", {}), ("learner", {"user_id": ines.id})):
        answer = as_trainer.get(f"tracking.{endpoint}", cohort_id=cohort.id, **more)
        assert evidence in plain(parse(answer.text).find(".//main")), endpoint


def test_a_goal_no_longer_asked_is_told_by_its_name(as_trainer, grace, tmp_path):
    labs.publish_lab(tmp_path)
    cohort = make_cohort(trainer=grace)
    [ines] = make_learners(cohort, 1)
    for _time in range(2):
        labs.failed(ines)
    with transaction():
        for standing in db.session.scalars(select(Standing)):
            standing.hurdle = "disparu"

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert "manquent ce but : disparu" in reasons_of(answer)[0].replace("\xa0", " ")


def test_the_picture_of_a_module_has_its_lab(as_trainer, grace, tmp_path):
    labs.publish_lab(tmp_path)
    cohort = make_cohort(trainer=grace)
    [ines] = make_learners(cohort, 1)
    labs.failed(ines)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    heads = [said(th) for th in parse(answer.text).findall(".//thead/tr/th")]
    assert heads[2:5] == ["2Porter plainte", "AtelierLa console", "QuizEssai : le quiz"]
    [row] = rows_of(answer)
    assert [td.get("class") for td in row.findall("td")] == [
        *("todo", "todo", "doing", "todo", "note")
    ]
