"""Adding learners by name, printing their slips, moving them, taking them out."""

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account.models import Journal
from course.features.account.queries import user_by_login
from course.features.centre import queries, services
from course.features.progress.queries import standings_of
from course.features.progress.services import Verb
from tests.conftest import MORNING
from tests.make.account import again, make_user
from tests.make.centre import make_cohort
from tests.make.tracking import did
from tests.page import parse, said

FORM = "0123456789abcdef"


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


@pytest.fixture
def ada(cohort):
    """She learns in it, and has a password."""
    user = make_user("Ada Lovelace")
    services.join_cohort(user, cohort)
    return again(user)


def add(browser, cohort, *names, **more):
    """Send the form of names."""
    data = {"names": "\n".join(names), "made": FORM, **more}
    return browser.post("centre.learner_create", cohort_id=cohort.id, data=data)


def people_of(cohort):
    """The names of a cohort."""
    return [one.name for one in queries.places_of(cohort.id)]


def verbs(cohort):
    """What was done, the newest first."""
    return [line.verb for line in queries.journal_of(cohort.id, 1)]


def ticked(answer):
    """Whose boxes are ticked."""
    return {
        int(box.get("value"))
        for box in parse(answer.text).iter("input")
        if box.get("name") == "who" and box.get("checked") is not None
    }


# ---- Adding


def test_names_are_added_and_their_slips_are_next(as_trainer, cohort, ada):
    as_trainer.get("centre.learner_new", cohort_id=cohort.id)

    answer = add(as_trainer, cohort, " Inès  Martin ", "", "Zoé Durand")

    assert people_of(cohort) == ["Ada Lovelace", "Inès Martin", "Zoé Durand"]
    page = as_trainer.get(answer.location)
    new = {user_by_login(login).id for login in ("ines.martin", "zoe.durand")}
    assert ticked(page) == new
    assert verbs(cohort) == ["added"]


def test_a_second_click_adds_nobody(as_trainer, cohort):
    first = add(as_trainer, cohort, "Inès Martin", "Zoé Durand")

    second = add(as_trainer, cohort, "Inès Martin", "Zoé Durand")

    assert second.location == first.location
    assert len(people_of(cohort)) == 2
    assert verbs(cohort) == ["added"]


def test_names_that_are_there_already_are_asked_about(as_trainer, cohort, ada):
    asked = add(as_trainer, cohort, "ada lovelace", "Zoé Durand", "Zoé Durand")
    assert asked.status_code == 422
    assert people_of(cohort) == ["Ada Lovelace"]
    listed = [said(one) for one in parse(asked.text).iter("li")]
    assert {"ada lovelace", "Zoé Durand"} <= set(listed)

    add(as_trainer, cohort, "ada lovelace", "Zoé Durand", "Zoé Durand", anyway="y")

    assert len(people_of(cohort)) == 4
    assert user_by_login("ada.lovelace2") is not None


@pytest.mark.parametrize(
    "names", [[], [" ", ""], ["Inès Martin"] * 41, ["Inès Martin", "x" * 81]]
)
def test_names_that_cannot_be_added_are_asked_again(as_trainer, cohort, names):
    answer = add(as_trainer, cohort, *names)

    assert answer.status_code == 422
    assert people_of(cohort) == []


def test_nobody_is_added_to_an_archived_cohort(as_trainer, cohort):
    services.close_cohort(cohort)

    answer = add(as_trainer, cohort, "Inès Martin")

    assert answer.status_code == 422
    assert people_of(cohort) == []
    assert user_by_login("ines.martin") is None


def test_forty_are_added_in_as_many_statements_as_one(
    app, grace, cohort, count_queries
):
    with count_queries() as few:
        services.add_learners(grace, cohort, ["Inès Martin"], form="a")

    with count_queries() as many:
        services.add_learners(grace, cohort, [f"Zoé {n}" for n in range(40)], form="b")

    assert len(many) == len(few)


def test_a_form_without_its_id_adds_as_well(app, grace, cohort):
    made = services.add_learners(grace, cohort, ["Inès Martin"], language="en")

    assert [(user.login, user.language) for user in made] == [("ines.martin", "en")]


# ---- Moving and taking out


def test_a_learner_moves_with_all_that_was_learned(
    as_trainer, small_library, grace, cohort, ada
):
    target = make_cohort(trainer=grace, name="Artisans")
    did(ada, Verb.READ, "premiere")
    as_trainer.get("centre.move", cohort_id=cohort.id, user_id=ada.id)
    where = {"cohort_id": cohort.id, "user_id": ada.id}

    for _click in range(2):
        answer = as_trainer.post(
            "centre.move_submit", **where, data={"cohort": target.id}
        )
        assert answer.status_code == 302

    assert again(ada).scopes(Role.LEARNER, Scope.COHORT) == [target.id]
    assert list(standings_of(ada.id)) == [("lesson", "premiere")]
    assert (verbs(cohort), verbs(target)) == (["moved"], ["arrived"])


def test_one_moves_only_where_the_trainer_follows_an_open_cohort(
    as_trainer, grace, cohort, ada
):
    where = {"cohort_id": cohort.id, "user_id": ada.id}
    elsewhere = make_cohort()
    closed = make_cohort(trainer=grace)
    services.close_cohort(closed)

    page = as_trainer.get("centre.move", **where)
    statuses = [
        as_trainer.post("centre.move_submit", **where, data={"cohort": one}).status_code
        for one in (elsewhere.id, closed.id, cohort.id, "x", "")
    ]

    assert "/cohorts/new" in page.text
    assert statuses == [422] * 5
    assert again(ada).scopes(Role.LEARNER, Scope.COHORT) == [cohort.id]


def test_a_cohort_archived_meanwhile_takes_nobody(as_trainer, grace, cohort, ada):
    target = make_cohort(trainer=grace)
    found = queries.open_cohorts(again(grace), besides=cohort.id)
    db.session.expunge_all()
    services.close_cohort(target)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(queries, "open_cohorts", lambda *_a, **_k: found)
        answer = as_trainer.post(
            "centre.move_submit",
            cohort_id=cohort.id,
            user_id=ada.id,
            data={"cohort": target.id},
        )

    assert answer.status_code == 422
    assert again(ada).scopes(Role.LEARNER, Scope.COHORT) == [cohort.id]


def test_who_is_in_both_cohorts_already_is_there_once(app, grace, cohort, ada):
    target = make_cohort(trainer=grace)
    services.join_cohort(ada, target)

    services.move_learner(grace, ada, cohort, target)
    services.move_learner(grace, ada, cohort, target)

    assert again(ada).scopes(Role.LEARNER, Scope.COHORT) == [target.id]
    assert verbs(target) == ["arrived"]


def test_who_is_taken_out_keeps_the_account_and_may_come_back(
    as_trainer, app, small_library, cohort, ada
):
    did(ada, Verb.READ, "premiere")
    where = {"cohort_id": cohort.id, "user_id": ada.id}
    as_trainer.get("centre.removal", **where)

    for _click in range(2):
        answer = as_trainer.post("centre.learner_remove", **where)
        assert answer.status_code == 302

    assert again(ada).scopes(Role.LEARNER, Scope.COHORT) == []
    assert list(standings_of(ada.id)) == [("lesson", "premiere")]
    assert verbs(cohort) == ["removed"]
    app.test_client().sign_in(ada).post("centre.enrol", code=cohort.code)
    assert people_of(cohort) == ["Ada Lovelace"]


def test_taking_out_twice_is_written_once(app, grace, cohort, ada):
    services.remove_learner(grace, ada, cohort)
    services.remove_learner(grace, ada, cohort)

    assert verbs(cohort) == ["removed"]


def test_a_stranger_cannot_be_moved_nor_taken_out(as_trainer, cohort, linus):
    where = {"cohort_id": cohort.id, "user_id": linus.id}

    for endpoint in ("centre.move_submit", "centre.learner_remove"):
        assert as_trainer.post(endpoint, **where).status_code == 404


def test_what_was_written_says_who_and_when(app, grace, cohort, ada):
    clock.set_to(MORNING)

    services.remove_learner(grace, ada, cohort)

    [line] = db.session.scalars(select(Journal))
    assert (line.by_id, line.user_id, line.at) == (grace.id, ada.id, MORNING)
