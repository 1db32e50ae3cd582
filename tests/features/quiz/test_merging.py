"""Attempts of two accounts come together, and part: rows and standings."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db, transaction
from course.domain.visibility import Mode
from course.features.account import merging as accounts
from course.features.account.models import Membership
from course.features.catalogue import queries as catalogue
from course.features.centre import services as centres
from course.features.lesson.models import Bookmark
from course.features.lesson.services import read
from course.features.passport.models import Stamp
from course.features.progress.models import Event
from course.features.progress.queries import standings_of
from course.features.quiz import merging, queries
from course.features.quiz.models import Attempt
from course.features.tracking.models import Note
from tests.conftest import MORNING
from tests.features.lesson.test_merging import mark
from tests.make.account import make_user
from tests.make.centre import make_cohort
from tests.make.quiz import answer, end, standings, standings_anew, start


@pytest.fixture
def zoe(app):
    """The other account."""
    return make_user("Zoé Durand")


def owner(attempt):
    """Whose an attempt is now."""
    db.session.close()
    return db.session.get_one(Attempt, attempt.id).user_id


def test_attempts_and_their_results_move(app, small_library, grace, ada, zoe):
    attempt = end(start(zoe))

    line = accounts.merge(grace, ada, zoe, 7)

    assert owner(attempt) == ada.id
    assert standings_of(ada.id)["quiz", "essai"].tries == 1
    assert standings_of(zoe.id) == {}
    assert standings() == standings_anew()

    accounts.part(grace, line.id)

    assert owner(attempt) == zoe.id
    assert standings_of(ada.id) == {}


def test_of_two_open_attempts_the_second_stays(app, small_library, grace, ada, zoe):
    first, second = start(ada), start(zoe)
    practice = start(zoe, Mode.PRACTICE)
    assert len(list(merging.stays(ada.id, zoe.id))) == 1
    assert list(merging.stays(grace.id, zoe.id)) == []

    line = accounts.merge(grace, ada, zoe, 7)

    assert [owner(one) for one in (first, second, practice)] == [
        ada.id,
        zoe.id,
        ada.id,
    ]
    assert start(ada).id == first.id
    assert standings() == standings_anew()

    accounts.part(grace, line.id)

    assert owner(practice) == zoe.id


@pytest.mark.parametrize("how", ["answered", "ended"])
def test_an_attempt_that_went_on_since_stays(app, small_library, grace, ada, zoe, how):
    attempt, other = start(zoe), start(zoe, Mode.PRACTICE)
    answer(attempt, "delai", "72")
    line = accounts.merge(grace, ada, zoe, 7)
    mine = db.session.get_one(Attempt, attempt.id)
    if how == "answered":
        answer(mine, "delai", "48", "two")
    else:
        end(mine)

    accounts.part(grace, line.id)

    assert (owner(attempt), owner(other)) == (ada.id, zoe.id)
    assert standings() == standings_anew()


# ---- Whatever both did: merging then parting changes nothing


def rows():
    """All that a merge may touch, comparable."""
    db.session.close()
    places = db.session.scalars(select(Membership))
    return (
        *(
            {row.id: row.user_id for row in db.session.scalars(select(model))}
            for model in (Event, Attempt, Note)
        ),
        {(s.user_id, s.module, s.at) for s in db.session.scalars(select(Stamp))},
        {
            (b.user_id, b.lesson): (b.anchor, b.at)
            for b in db.session.scalars(select(Bookmark))
        },
        {
            (p.user_id, p.scope, p.scope_id, p.role, p.sort_name, p.since)
            for p in places
        },
        standings(),
    )


DEEDS = ("read", "mark", "join", "note", "stamp", "start", "answer", "end")


def live(user, chance, cohorts):
    """A random history."""
    for step in range(chance.randrange(9)):
        clock.set_to(MORNING + timedelta(minutes=chance.randrange(600)))
        deed = chance.choice(DEEDS)
        key = chance.choice(("premiere", "seconde"))
        mode = chance.choice((Mode.CHECK, Mode.PRACTICE))
        if deed == "read":
            read(user, catalogue.shelf(), key)
        elif deed == "mark":
            mark(user, key, step)
        elif deed == "join":
            centres.join_cohort(user, chance.choice(cohorts))
        elif deed in {"note", "stamp"}:
            keep(user, deed, key)
        else:
            sit(user, mode, deed, f"{step}")


def keep(user, deed, key):
    """A trainer's note, or a stamp: the first one of a module."""
    found = select(Stamp).where(Stamp.user_id == user.id, Stamp.module == key)
    if deed == "stamp" and db.session.scalar(found) is not None:
        return
    at = clock.now()
    with transaction():
        db.session.add(
            Note(user_id=user.id, by_id=user.id, text="Bravo", at=at)
            if deed == "note"
            else Stamp(user_id=user.id, module=key, rule={}, evidence={}, at=at)
        )


def sit(user, mode, deed, word):
    """Begin, go on with or end an attempt."""
    last = queries.last_attempt(user.id, "essai", mode)
    if last is not None and last.ended_at is not None:
        clock.set_to(clock.now() + timedelta(days=1))
    attempt = start(user, mode)
    if deed != "start":
        answer(attempt, "delai", "72", word)
    if deed == "end":
        end(attempt)


@pytest.mark.parametrize("seed", range(12))
def test_merging_then_parting_gives_the_same_back(
    app, small_library, grace, ada, zoe, seed
):
    chance = Random(seed)
    cohorts = [make_cohort(), make_cohort()]
    for user in (ada, zoe, make_user("Marc Leroy")):
        live(user, chance, cohorts)
    clock.set_to(MORNING + timedelta(days=20))
    before = rows()

    line = accounts.merge(grace, ada, zoe, 7)
    assert standings() == standings_anew()
    accounts.part(grace, line.id)

    assert rows() == before
    assert standings() == standings_anew()
