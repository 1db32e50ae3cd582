"""Runs of two accounts come together, and part: rows and standings."""

import pytest

from course.base.db import db
from course.domain.visibility import Mode
from course.features.account import merging as accounts
from course.features.lab import merging
from course.features.lab.models import Run
from course.features.progress.queries import standings_of
from tests.make.account import make_user
from tests.make.lab import RIGHT, do, end, passed, start
from tests.make.quiz import standings, standings_anew

pytestmark = pytest.mark.usefixtures("lab_library")


@pytest.fixture
def zoe(app):
    """The other account."""
    return make_user("Zoé Durand")


def owner(run):
    """Whose a run is now."""
    db.session.close()
    return db.session.get_one(Run, run.id).user_id


def test_runs_and_their_results_move_and_come_back(grace, ada, zoe):
    run = passed(zoe)
    before = standings()

    line = accounts.merge(grace, ada, zoe, 7)

    assert owner(run) == ada.id
    assert standings_of(ada.id)["lab", "console"].state == "done"
    assert standings() == standings_anew()

    accounts.part(grace, line.id)

    assert owner(run) == zoe.id
    assert standings() == before == standings_anew()


def test_of_two_open_runs_the_second_stays(grace, ada, zoe):
    first, second = start(ada), do(start(zoe), RIGHT[:1])
    practice = start(zoe, Mode.PRACTICE)
    (said,) = merging.stays(ada.id, zoe.id)
    assert "La console" in said
    assert list(merging.stays(grace.id, zoe.id)) == []

    line = accounts.merge(grace, ada, zoe, 7)

    assert [owner(one) for one in (first, second, practice)] == [
        ada.id,
        zoe.id,
        ada.id,
    ]
    assert standings() == standings_anew()

    accounts.part(grace, line.id)

    assert owner(practice) == zoe.id


@pytest.mark.parametrize("how", ["went on", "ended"])
def test_a_run_that_went_on_since_stays(grace, ada, zoe, how):
    run, other = start(zoe), start(zoe, Mode.PRACTICE)
    line = accounts.merge(grace, ada, zoe, 7)
    mine = db.session.get_one(Run, run.id)
    do(mine, RIGHT[:1]) if how == "went on" else end(mine)

    accounts.part(grace, line.id)

    assert (owner(run), owner(other)) == (ada.id, zoe.id)
    assert standings() == standings_anew()


def test_accounts_without_runs_merge_and_part(grace, ada, zoe):
    line = accounts.merge(grace, ada, zoe, 7)

    accounts.part(grace, line.id)

    assert standings() == {}
