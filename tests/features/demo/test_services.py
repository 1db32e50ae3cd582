"""The network: whole, believable, the same from the same seed."""

import pytest
from sqlalchemy import func, select

from course.base import clock
from course.base.db import db
from course.domain.rights import Role
from course.features.account.models import User
from course.features.account.services import right_password
from course.features.centre.models import Centre, Cohort
from course.features.demo import queries, services
from course.features.lab.models import Run
from course.features.lesson.models import Bookmark
from course.features.passport.models import Stamp
from course.features.progress.models import Event
from course.features.quiz.models import Attempt, Submission
from course.features.tracking.models import Note
from course.features.tracking.needs import Why
from course.features.tracking.queries import picture_of
from tests.make.account import make_guest, make_user
from tests.make.demo import FEW, PASSWORD, TODAY, make_network
from tests.make.lab import publish_lab
from tests.make.quiz import standings, standings_anew


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def everybody():
    return list(db.session.scalars(select(User).order_by(User.id)))


def test_it_has_centres_cohorts_learners_trainers_and_a_guest(small_library):
    make_network()

    assert queries.counts() == (3, 6, FEW)
    assert [user.login for user in everybody()].count(None) == 1
    assert len(everybody()) == 1 + 5 + FEW + 1


def test_everybody_is_marked_and_has_the_same_password(small_library):
    make_network(6)

    users = everybody()
    hashes = {user.password for user in users if user.login}
    assert all(user.demo for user in users)
    assert len(hashes) == 1
    assert right_password(users[0], PASSWORD)
    assert users[-1].is_guest


def test_each_need_is_found_by_the_page_of_cohorts(library):
    make_network()

    cohorts = list(db.session.scalars(select(Cohort)))
    found = {
        need.why
        for cohort in cohorts
        for row in picture_of(cohort, library).rows
        for need in row.needs
    }
    assert found == set(Why)


def test_nobody_of_the_cohort_of_next_week_has_a_need(small_library):
    make_network(6)

    last = db.session.scalars(select(Cohort).order_by(Cohort.id.desc())).first()
    rows = picture_of(last, small_library).rows
    assert last.begins_on > TODAY
    assert rows
    assert not any(row.needs or row.seen for row in rows)


def test_two_people_of_one_cohort_bear_the_same_name(small_library):
    make_network()

    cohorts = list(db.session.scalars(select(Cohort)))
    assert any(picture_of(cohort, small_library).twins for cohort in cohorts)


def test_there_is_some_of_everything_to_see(small_library):
    make_network(48)

    outcomes = set(db.session.execute(select(Attempt.mode, Attempt.passed)).all())
    assert {("check", True), ("check", False), ("practice", None)} <= outcomes
    assert min(map(count, (Stamp, Note, Bookmark))) > 0
    assert db.session.scalar(select(func.max(Submission.seconds))) > 10
    assert db.session.scalar(
        select(func.count()).select_from(Cohort).where(Cohort.archived_at.is_not(None))
    )


def test_labs_are_done_and_stamps_deserved_by_both(app, tmp_path):
    publish_lab(tmp_path)

    make_network()

    runs = list(db.session.scalars(select(Run)))
    stamps = list(db.session.scalars(select(Stamp)))
    assert {run.passed for run in runs} == {True, False, None}
    assert stamps
    assert {stamp.rule["name"] for stamp in stamps} == {"lab-quiz-1"}
    assert standings() == standings_anew()


def test_nothing_was_done_today_or_before_it_opened(small_library):
    make_network(6)

    first, last = db.session.execute(
        select(func.min(Event.at), func.max(Event.at))
    ).one()
    assert (TODAY - first.date()).days <= 56
    assert last.date() < TODAY
    assert all(user.created_at.date() < TODAY for user in everybody())


def test_the_clock_tells_the_present_again(small_library):
    before = clock.now()

    make_network(6)

    assert clock.now() == before


def test_reading_the_ledger_again_changes_nothing(library):
    make_network()

    assert standings() == standings_anew()


def test_a_second_network_is_refused(small_library):
    make_network(6)
    before = count(User)

    with pytest.raises(services.MadeError):
        make_network(6)

    assert count(User) == before


@pytest.mark.parametrize("make", [make_user, make_guest])
def test_a_database_with_people_is_left_alone(small_library, make):
    make()

    with pytest.raises(services.LivedInError):
        make_network(6)

    assert (count(User), count(Centre)) == (1, 0)


def test_an_account_is_found_for_each_thing_to_see(small_library):
    make_network()

    found = queries.accounts()
    roles = [account.role for account in found]
    assert roles == ["admin", "trainer", "learner", "learner", "learner"]
    assert len({account.login for account in found}) == len(found)


def test_where_nobody_is_stuck_other_accounts_are_found(small_library):
    make_network(6)
    db.session.execute(User.__table__.update().values(demo=True))

    roles = {account.role for account in queries.accounts()}

    assert {"admin", "trainer"} <= roles


def test_the_staff_is_in_its_centres(small_library):
    make_network(6)

    admins = [user for user in everybody() if user.name == "Odile Saint-Clair"]
    trained = db.session.scalars(select(Centre)).all()
    assert len(admins) == 1
    assert len(trained) == 3
    assert queries.accounts()[0].role == Role.ADMIN
