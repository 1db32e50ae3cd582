"""Accounts that a trainer opens for people, and the words that give them the key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account import queries, services, slips
from course.features.account.models import OneTimeLink, User
from tests.conftest import MORNING
from tests.make.account import again, make_user
from tests.make.centre import make_cohort

MONTH = timedelta(days=30)
WORD = "ABCEFHJKMPRT"


def test_people_come_in_the_order_of_their_names_with_a_place_each(app):
    cohort = make_cohort()

    made, new = slips.create_learners(cohort.id, ["Zoé Durand", "Inès Martin"])

    assert new
    assert [user.login for user in made] == ["zoe.durand", "ines.martin"]
    assert [user.scopes(Role.LEARNER, Scope.COHORT) for user in made] == [
        [cohort.id],
        [cohort.id],
    ]
    assert [user.password for user in made] == [None, None]


def test_namesakes_get_a_number_each(app):
    cohort = make_cohort()
    for _ in range(9):
        make_user("Inès Martin")

    made, _new = slips.create_learners(cohort.id, ["Inès Martin", "Ines Martin"])

    assert [user.login for user in made] == ["ines.martin10", "ines.martin11"]


def test_who_loses_a_sign_in_name_meanwhile_gets_another(app, monkeypatch):
    cohort = make_cohort()
    make_user("Inès Martin")
    monkeypatch.setattr(queries, "logins_taken", lambda _bases: set())

    made, _new = slips.create_learners(cohort.id, ["Inès Martin", "Zoé Durand"])

    assert [user.login for user in made] == ["ines.martin2", "zoe.durand"]


def test_many_are_added_a_few_hundred_at_a_time(app, monkeypatch):
    cohort = make_cohort()
    monkeypatch.setattr(slips, "AT_ONCE", 2)

    made, _new = slips.create_learners(cohort.id, ["Inès Martin"] * 5)

    assert len({user.login for user in made}) == 5
    assert [user.id for user in made] == sorted(user.id for user in made)


def test_the_same_form_finds_those_it_made(app):
    cohort = make_cohort()
    names = ["Inès Martin", "Zoé Durand"]
    first, _new = slips.create_learners(cohort.id, names, joined_by="x" * 30)

    second, new = slips.create_learners(cohort.id, names, joined_by="x" * 30)

    assert not new
    assert [user.id for user in second] == [user.id for user in first]


def test_nobody_at_all_is_nothing_to_do(app):
    cohort = make_cohort()

    assert slips.create_learners(cohort.id, []) == ([], True)
    assert slips.make_slips({}, MONTH) == MORNING + MONTH
    assert queries.names_of([]) == {}


def test_a_word_opens_the_account_once_and_within_its_time(app, ada):
    slips.make_slips({ada.id: WORD}, MONTH)
    seal = ada.seal

    user = services.use_access_link(WORD, "une phrase longue")

    assert user.id == ada.id
    assert again(ada).seal != seal
    with pytest.raises(services.LinkUsedError):
        services.use_access_link(WORD, "une autre phrase")


def test_a_word_dies_after_its_time(app, ada):
    slips.make_slips({ada.id: WORD}, MONTH)

    clock.set_to(MORNING + MONTH)

    assert queries.usable_link(WORD) is None


def test_older_words_open_nothing_any_more(app, ada, linus):
    older = services.make_access_link(ada)
    others = services.make_access_link(linus)

    slips.make_slips({ada.id: WORD}, MONTH)

    assert queries.usable_link(older) is None
    assert queries.usable_link(others) is not None
    assert queries.usable_link(WORD) is not None


def test_a_word_made_again_after_it_was_used_stays_used(app, ada):
    slips.make_slips({ada.id: WORD}, MONTH)
    services.use_access_link(WORD, "une phrase longue")

    slips.make_slips({ada.id: WORD}, MONTH)

    assert queries.usable_link(WORD) is None
    assert queries.links_known([WORD, "Z"]) == {WORD: True}


def test_the_database_does_not_know_the_word(app, ada):
    slips.make_slips({ada.id: WORD}, MONTH)

    [kept] = db.session.scalars(select(OneTimeLink))

    assert WORD not in (kept.digest, kept.purpose)


def test_two_trainers_add_the_same_name_at_the_same_instant(app, real_commits):
    cohorts = [make_cohort().id, make_cohort().id]
    db.session.close()

    def add(cohort_id):
        with app.app_context():
            made, _new = slips.create_learners(cohort_id, ["Inès Martin"])
            return made[0].login

    with ThreadPoolExecutor(2) as trainers:
        logins = set(trainers.map(add, cohorts))

    assert logins == {"ines.martin", "ines.martin2"}
    assert db.session.scalar(select(User.login).where(User.login == "ines.martin"))


def test_a_slip_that_was_lost_opens_nothing_after_another_link(app):
    ada = make_user("Ada Lovelace")
    slips.make_slips({ada.id: WORD}, MONTH)

    services.use_access_link(services.make_access_link(ada), "trois mots d'avant")

    with pytest.raises(services.LinkUsedError):
        services.use_access_link(WORD, "les mots de l'autre")


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADMIN])
def test_a_slip_does_not_open_the_account_of_who_came_to_train(app, role):
    ada = make_user("Ada Lovelace")
    slips.make_slips({ada.id: WORD}, MONTH)
    services.grant(ada, role)

    with pytest.raises(services.LinkUsedError):
        services.use_access_link(WORD, "les mots de l'autre")

    assert again(ada).password == ada.password
