"""Runs of labs: shown to their learner, forgotten on demand, let go of in time."""

from datetime import timedelta

import pytest

from course.base import clock
from course.base.db import db
from course.base.personal import LIMITS, Until
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.lab.models import Run
from course.features.privacy import services
from course.features.privacy.queries import everything_of
from tests.conftest import MORNING
from tests.make import lab
from tests.make.quiz import standings, standings_anew

LATER = MORNING + LIMITS[Until.ANSWERS]


@pytest.fixture(autouse=True)
def _published(app, tmp_path):
    lab.publish_lab(tmp_path)


def owner(run):
    db.session.close()
    return db.session.get_one(Run, run.id).user_id


def test_one_sees_one_s_runs_actions_and_outcomes(ada):
    lab.passed(ada)

    held = {holding.name: len(rows) for holding, rows in everything_of(ada.id)}

    assert (held["run"], held["action"], held["outcome"]) == (1, 2, 3)


def test_who_is_erased_leaves_what_was_chosen_to_nobody(ada):
    run = lab.do(lab.start(ada))

    services.erase(ada, by=None)

    db.session.close()
    left = db.session.get_one(User, run.user_id)
    assert left.name.startswith("Anonyme")
    assert [action.fields for action in lab.kept(run)] == [
        {"on": "yes"},
        {"item": "facture", "what": "quarantine"},
    ]


def test_old_runs_go_to_one_pseudonym(ada):
    done, begun = lab.passed(ada), lab.do(lab.start(ada, Mode.PRACTICE), lab.RIGHT[:1])
    clock.set_to(LATER + timedelta(days=1))
    recent = lab.passed(ada)

    cleaned = services.clean()

    assert cleaned.runs == 2
    assert owner(done) == owner(begun) != ada.id
    assert owner(recent) == ada.id
    assert standings() == standings_anew()
    assert services.clean().runs == 0


def test_an_old_run_in_which_something_was_done_since_stays(ada):
    run = lab.do(lab.start(ada), lab.RIGHT[:1])
    clock.set_to(LATER - timedelta(days=30))
    lab.act(run, "antivirus.update")
    clock.set_to(LATER + timedelta(days=1))

    assert services.clean().runs == 0
    assert owner(run) == ada.id
