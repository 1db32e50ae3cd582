"""A guest who signs in to an account that exists keeps what was done."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from course.base import clock
from course.base.db import db
from course.domain.visibility import Mode
from course.features.account.signals import adopted
from course.features.catalogue import queries as catalogue
from course.features.lesson.services import read
from course.features.progress.models import Event
from course.features.progress.queries import standings_of
from course.features.quiz import queries
from course.features.quiz.models import Attempt
from tests.conftest import MORNING
from tests.make.account import PASSWORD, make_guest
from tests.make.library_quiz import RIGHT
from tests.make.quiz import (
    answer,
    answer_all,
    end,
    standings,
    standings_anew,
    start,
)


@pytest.fixture
def guest(app):
    """Somebody who tries on another device."""
    return make_guest()


def sign_in(app, guest, user):
    """The guest's browser opens the account."""
    browser = app.test_client().sign_in(guest)
    said = {"login": user.login, "password": PASSWORD}
    answer = browser.post("account.sign_in_submit", data=said)
    assert answer.location == "/path"
    db.session.close()
    return browser


def kept_of(user_id):
    """How many attempts and events are somebody's."""
    attempts = select(func.count(Attempt.id)).where(Attempt.user_id == user_id)
    events = select(func.count(Event.id)).where(Event.user_id == user_id)
    return db.session.scalar(attempts), db.session.scalar(events)


def test_attempts_and_deeds_become_the_accounts(app, small_library, ada, guest):
    attempt = start(guest)
    answer_all(attempt)
    end(attempt)
    read(guest, catalogue.shelf(), "premiere")

    sign_in(app, guest, ada)

    assert kept_of(guest.id) == (0, 0)
    assert kept_of(ada.id) == (1, 3)
    assert standings_of(guest.id) == {}
    assert {key: s.state for key, s in standings_of(ada.id).items()} == {
        ("quiz", "essai"): "done",
        ("lesson", "premiere"): "done",
    }
    assert standings() == standings_anew()


def test_what_both_did_is_counted_once(app, small_library, ada, guest):
    for one in (ada, guest):
        read(one, catalogue.shelf(), "premiere")
    read(guest, catalogue.shelf(), "seconde")

    sign_in(app, guest, ada)

    assert kept_of(ada.id) == (0, 2)
    assert set(standings_of(ada.id)) == {("lesson", "premiere"), ("lesson", "seconde")}
    assert set(standings_of(guest.id)) == {("lesson", "premiere")}
    assert standings() == standings_anew()


def test_an_open_attempt_goes_on_in_the_account(app, small_library, ada, guest):
    attempt = start(guest)
    answer(attempt, "delai", "72")

    browser = sign_in(app, guest, ada)

    went = browser.get("quiz.take", attempt_id=attempt.id)
    assert f'action="/attempts/{attempt.id}/questions/' in went.text
    assert start(ada).id == attempt.id


@pytest.mark.parametrize("first", ["ada", "guest"])
def test_of_two_open_attempts_the_accounts_stays_open(
    app, small_library, ada, guest, first
):
    begin = [ada, guest] if first == "ada" else [guest, ada]
    attempts = {one.id: start(one) for one in begin}
    answer_all(attempts[guest.id], right=set(RIGHT) - {"delai"})

    sign_in(app, guest, ada)

    theirs = db.session.get_one(Attempt, attempts[guest.id].id)
    assert (theirs.user_id, theirs.ended_at, theirs.passed) == (ada.id, MORNING, True)
    assert start(ada).id == attempts[ada.id].id
    assert kept_of(guest.id) == (0, 0)
    assert standings() == standings_anew()


def test_an_attempt_at_another_quiz_or_mode_stays_open(app, small_library, ada, guest):
    start(ada, Mode.PRACTICE)
    attempt = start(guest, Mode.CHECK)

    sign_in(app, guest, ada)

    assert db.session.get_one(Attempt, attempt.id).ended_at is None


def test_nobody_elses_standings_are_touched(app, small_library, ada, grace, guest):
    end(start(grace))
    before = standings_of(grace.id)["quiz", "essai"].last_at
    clock.set_to(MORNING + timedelta(hours=1))
    end(start(guest))

    sign_in(app, guest, ada)

    assert standings_of(grace.id)["quiz", "essai"].last_at == before
    assert standings() == standings_anew()


def test_whoever_hears_first_the_result_is_the_same(app, small_library, ada, guest):
    start(ada)
    attempt = start(guest)
    answer(attempt, "delai", "72")

    for _time in range(2):
        adopted.send(None, guest_id=guest.id, user_id=ada.id)

    assert kept_of(ada.id) == (2, 3)
    assert [one.user_id for one in queries.attempts_of(ada.id)] == [ada.id] * 2
    assert queries.sitting_of(ada.id, attempt.id).attempt.passed is False
    assert standings() == standings_anew()
