"""Two accounts of one person become one, and are parted again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db, transaction
from course.domain.rights import Role, Scope
from course.features.account import merging, queries, services, signals
from course.features.account.models import Journal, Membership, User
from course.features.centre import services as centres
from tests.conftest import MORNING
from tests.make.account import again, make_guest, make_user
from tests.make.centre import make_cohort


@pytest.fixture
def zoe(app):
    """Ada's other account."""
    return make_user("Ada Lovelasse")


def join(user, *cohorts):
    """Learn in these cohorts."""
    for cohort in cohorts:
        services.grant(user, Role.LEARNER, Scope.COHORT, cohort.id)


def cohorts_of(user):
    """Where somebody learns."""
    return sorted(again(user).scopes(Role.LEARNER, Scope.COHORT))


def memberships():
    """Every place, comparable."""
    db.session.close()
    return {
        (m.user_id, m.scope, m.scope_id, m.role, m.sort_name, m.since)
        for m in db.session.scalars(select(Membership))
    }


def test_the_account_that_goes_is_closed_and_the_other_goes_on(app, grace, ada, zoe):
    session = ada.get_id(), zoe.get_id()
    link = services.make_access_link(zoe)

    line = merging.merge(grace, ada, zoe, 7)

    assert again(zoe).merged_into_id == ada.id
    assert queries.user_of_session(session[1]) is None
    assert queries.user_of_session(session[0]).id == ada.id
    assert queries.usable_link(link) is None
    assert (line.verb, line.by_id, line.user_id, line.cohort_id) == (
        "merged",
        grace.id,
        ada.id,
        7,
    )
    assert line.detail["gone"] == zoe.id


def test_places_in_cohorts_come_together(app, grace, ada, zoe):
    both, theirs = make_cohort(), make_cohort()
    join(ada, both)
    clock.set_to(MORNING + timedelta(hours=1))
    join(zoe, both, theirs)
    before = memberships()

    line = merging.merge(grace, ada, zoe, both.id)

    assert cohorts_of(ada) == [both.id, theirs.id]
    assert cohorts_of(zoe) == []

    merging.part(grace, line.id)

    assert memberships() == before


def test_a_second_click_merges_nothing_more(app, grace, ada, zoe):
    merging.merge(grace, ada, zoe, 7)

    assert merging.merge(grace, ada, zoe, 7) is None

    assert len(db.session.scalars(select(Journal)).all()) == 1


@pytest.mark.parametrize(
    "fault", ["same", "trainer", "admin", "self", "erased", "merged", "guest"]
)
@pytest.mark.parametrize("turned", [False, True])
def test_only_two_learners_in_use_become_one(app, grace, ada, fault, turned):
    other = {
        "same": lambda: ada,
        "trainer": lambda: make_user("Formatrice", role=Role.TRAINER),
        "admin": lambda: make_user("Chef", role=Role.ADMIN),
        "self": lambda: grace,
        "guest": make_guest,
    }.get(fault, lambda: make_user("Zoé Durand"))()
    with transaction():
        found = db.session.get_one(User, other.id)
        if fault == "erased":
            found.erased_at = MORNING
        if fault == "merged":
            found.merged_into_id = grace.id
    two = (other, ada) if turned else (ada, other)

    with pytest.raises(merging.UnmergeableError):
        merging.merge(grace, *two, 7)

    assert again(ada).merged_into_id is None


def test_each_listener_is_given_its_own_ids_back(app, grace, ada, zoe):
    heard = []

    def listen(_sender, moved, **_ids):
        moved["test"] = [1, 2]

    def back(_sender, kept_id, gone_id, moved):
        heard.append((kept_id, gone_id, moved["test"]))

    with signals.merged.connected_to(listen), signals.parted.connected_to(back):
        line = merging.merge(grace, ada, zoe, 7)
        merging.part(grace, line.id)

    assert heard == [(ada.id, zoe.id, [1, 2])]


def test_what_fails_in_a_listener_merges_nothing(app, grace, ada, zoe):
    def fail(_sender, **_given):
        raise RuntimeError

    with signals.merged.connected_to(fail), pytest.raises(RuntimeError):
        merging.merge(grace, ada, zoe, 7)

    assert again(zoe).merged_into_id is None
    assert db.session.scalars(select(Journal)).all() == []


def test_parting_opens_the_account_again_with_its_password(app, grace, ada, zoe):
    line = merging.merge(grace, ada, zoe, 7)

    undone = merging.part(grace, line.id)

    found = again(zoe)
    assert (found.merged_into_id, found.password) == (None, zoe.password)
    assert (undone.verb, undone.cohort_id, undone.user_id) == ("parted", 7, ada.id)


def test_parting_twice_does_it_once(app, grace, ada, zoe):
    line = merging.merge(grace, ada, zoe, 7)
    merging.part(grace, line.id)
    anew = merging.merge(grace, ada, zoe, 7)

    assert merging.part(grace, line.id) is None

    assert again(zoe).merged_into_id == ada.id
    assert merging.part(grace, anew.id) is not None


def test_after_a_month_it_stays(app, grace, ada, zoe):
    line = merging.merge(grace, ada, zoe, 7)

    clock.set_to(MORNING + timedelta(days=31, seconds=1))

    with pytest.raises(merging.UnpartableError):
        merging.part(grace, line.id)


def test_the_last_moment_of_the_month_still_counts(app, grace, ada, zoe):
    line = merging.merge(grace, ada, zoe, 7)

    clock.set_to(MORNING + timedelta(days=31))

    assert merging.part(grace, line.id) is not None


def test_of_two_merges_in_a_row_the_last_is_undone_first(app, grace, ada, zoe):
    last = make_user("Ada Lovelace Byron")
    first_line = merging.merge(grace, ada, zoe, 7)
    second_line = merging.merge(grace, last, ada, 7)

    with pytest.raises(merging.UnpartableError):
        merging.part(grace, first_line.id)
    merging.part(grace, second_line.id)
    merging.part(grace, first_line.id)

    assert again(ada).merged_into_id is None
    assert again(zoe).merged_into_id is None


def test_nobody_is_parted_from_an_erased_account(app, grace, ada, zoe):
    line = merging.merge(grace, ada, zoe, 7)
    with transaction():
        db.session.get_one(User, zoe.id).erased_at = MORNING

    with pytest.raises(merging.UnpartableError):
        merging.part(grace, line.id)


def test_another_line_of_the_journal_parts_nobody(app, grace, ada):
    lines = [
        services.journal(grace, "slip", user_id=ada.id),
        services.journal(None, "merged"),
    ]

    for line in lines:
        with pytest.raises(merging.UnpartableError):
            merging.part(grace, line.id)


def test_who_left_the_cohort_since_does_not_come_back(app, grace, ada, zoe):
    cohort = make_cohort()
    join(zoe, cohort)
    line = merging.merge(grace, ada, zoe, cohort.id)
    services.revoke(ada, Role.LEARNER, Scope.COHORT, cohort.id)

    merging.part(grace, line.id)

    assert (cohorts_of(ada), cohorts_of(zoe)) == ([], [])


@pytest.mark.parametrize("turned", [False, True])
def test_two_tabs_at_the_same_instant_merge_once(app, real_commits, grace, turned):
    one, other = make_user("Ada Lovelace").id, make_user("Ada Lovelasse").id
    tabs = [(one, other), (other, one) if turned else (one, other)]
    by = grace.id
    db.session.close()

    def click(tab):
        with app.app_context():
            trainer, kept, gone = (queries.user_by_id(each) for each in (by, *tab))
            try:
                return merging.merge(trainer, kept, gone, 7) is not None
            except merging.UnmergeableError:
                return False

    with ThreadPoolExecutor(2) as fingers:
        outcomes = sorted(fingers.map(click, tabs))

    assert outcomes == [False, True]
    assert len(db.session.scalars(select(Journal)).all()) == 1


def test_two_tabs_at_the_same_instant_part_once(app, real_commits, grace, ada, zoe):
    line_id, by = merging.merge(grace, ada, zoe, 7).id, grace.id
    db.session.close()

    def click(_finger):
        with app.app_context():
            return merging.part(queries.user_by_id(by), line_id) is not None

    with ThreadPoolExecutor(2) as fingers:
        outcomes = sorted(fingers.map(click, range(2)))

    assert outcomes == [False, True]


def test_a_place_found_since_stays_with_who_found_it(app, grace, ada, zoe):
    one, other, third = (make_cohort(trainer=grace) for _ in range(3))
    join(ada, one)
    join(zoe, other)
    line = merging.merge(grace, ada, zoe, one.id)
    clock.set_to(MORNING + timedelta(hours=1))
    centres.move_learner(grace, again(ada), other, third)

    merging.part(grace, line.id)

    assert (cohorts_of(ada), cohorts_of(zoe)) == ([one.id, third.id], [])
