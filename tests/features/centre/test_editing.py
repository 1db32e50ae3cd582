"""Editing a cohort, archiving and copying it, naming who follows it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account import services as accounts
from course.features.account.queries import user_by_id
from course.features.centre import queries, services
from course.features.centre.models import Cohort
from tests.make.account import again, make_user
from tests.make.centre import make_centre, make_cohort
from tests.page import parse, said

NOVEMBER = {
    "name": "Boulangers de novembre",
    "place": "Salle 2, Marseille",
    "begins_on": "2026-11-23",
    "ends_on": "2026-11-24",
}


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def now(cohort):
    """The cohort as the database knows it."""
    db.session.close()
    return db.session.get_one(Cohort, cohort.id)


def verbs(cohort):
    """What was done, the newest first."""
    return [line.verb for line in queries.journal_of(cohort.id, 1)]


def logins(cohort):
    """Who follows it."""
    return [user.login for user in queries.cohort_trainers(cohort.id)]


def test_name_place_and_days_are_kept_and_shown(as_trainer, client, cohort):
    as_trainer.get("centre.cohort_edit", cohort_id=cohort.id)

    answer = as_trainer.post("centre.cohort_update", cohort_id=cohort.id, data=NOVEMBER)

    assert answer.location == f"/cohorts/{cohort.id}"
    kept = now(cohort)
    assert (kept.name, kept.place) == (NOVEMBER["name"], NOVEMBER["place"])
    assert (kept.begins_on.isoformat(), kept.ends_on.isoformat()) == (
        "2026-11-23",
        "2026-11-24",
    )
    for page in (
        as_trainer.get("centre.poster", cohort_id=cohort.id),
        client.get("centre.invitation", code=cohort.code),
    ):
        text = said(parse(page.text).find(".//main"))
        assert "Salle 2, Marseille" in text
        assert "Du 23/11/2026 au 24/11/2026" in text
    assert NOVEMBER["place"] in as_trainer.get(answer.location + "/edit").text


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        ({"begins_on": "2026-11-23", "ends_on": "2026-11-23"}, "Le 23/11/2026"),
        ({"begins_on": "2026-11-23"}, "À partir du 23/11/2026"),
        ({"ends_on": "2026-11-24"}, "Jusqu’au 24/11/2026"),
        ({"place": "Salle 2"}, "Salle 2"),
    ],
)
def test_what_is_known_of_the_days_is_said(as_trainer, cohort, days, shown):
    data = {"name": "Boulangers", **days}
    as_trainer.post("centre.cohort_update", cohort_id=cohort.id, data=data)

    page = as_trainer.get("centre.poster", cohort_id=cohort.id)

    assert shown in said(parse(page.text).find(".//main"))


def test_the_same_again_is_not_a_change(as_trainer, cohort):
    for _click in range(2):
        as_trainer.post("centre.cohort_update", cohort_id=cohort.id, data=NOVEMBER)

    assert verbs(cohort) == ["edited"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"place": "x" * 121}, {"ends_on": "2026-11-22"}, {"ends_on": "x"}],
)
def test_what_cannot_be_kept_is_asked_again(as_trainer, cohort, wrong):
    answer = as_trainer.post(
        "centre.cohort_update", cohort_id=cohort.id, data=NOVEMBER | wrong
    )

    assert answer.status_code == 422
    assert now(cohort).name == "Boulangers"


def test_a_new_cohort_has_its_place(as_trainer, grace):
    make_centre(trainer=grace)

    as_trainer.post("centre.cohort_create", data=NOVEMBER)

    [(cohort, _count)] = queries.cohorts_of(again(grace))
    assert cohort.place == NOVEMBER["place"]


def test_an_archived_cohort_may_be_opened_again(as_trainer, client, cohort):
    for endpoint in ("centre.close", "centre.close", "centre.reopen", "centre.reopen"):
        as_trainer.post(endpoint, cohort_id=cohort.id)

    assert client.get("centre.invitation", code=cohort.code).status_code == 200
    assert verbs(cohort) == ["reopened", "archived"]


# ---- Copying


def test_a_copy_has_the_place_and_the_trainers_and_nobody_in_it(as_trainer, grace):
    cohort = make_cohort(2, trainer=grace, name="Boulangers")
    marie = make_user("Marie Dupont", role=Role.TRAINER)
    services.add_cohort_trainer(grace, cohort, marie)
    as_trainer.post("centre.cohort_update", cohort_id=cohort.id, data=NOVEMBER)

    first = as_trainer.post("centre.copy", cohort_id=cohort.id)
    second = as_trainer.post("centre.copy", cohort_id=cohort.id)

    assert second.location == first.location
    as_trainer.get(first.location)
    copies = [one for one, _count in queries.cohorts_of(again(grace))]
    [copy] = [one for one in copies if one.id != cohort.id]
    assert (copy.name, copy.place) == (
        "Boulangers de novembre (copie)",
        NOVEMBER["place"],
    )
    assert (copy.begins_on, copy.ends_on, copy.centre_id) == (
        None,
        None,
        cohort.centre_id,
    )
    assert copy.code != now(cohort).code
    assert queries.places_of(copy.id) == []
    assert logins(copy) == ["grace.hopper", "marie.dupont"]
    assert verbs(copy) == ["copied"]


def test_who_copies_a_colleague_s_cohort_does_not_become_its_trainer(
    as_admin, linus, cohort
):
    as_admin.post("centre.copy", cohort_id=cohort.id)

    copy = next(
        one for one, _count in queries.cohorts_of(again(linus)) if one.id != cohort.id
    )
    assert logins(copy) == ["grace.hopper"]


def test_a_cohort_that_nobody_follows_by_name_is_copied_for_who_asks(
    as_admin, linus, grace, cohort
):
    accounts.revoke(grace, Role.TRAINER, Scope.COHORT, cohort.id)

    as_admin.post("centre.copy", cohort_id=cohort.id)

    copy = next(
        one for one, _count in queries.cohorts_of(again(linus)) if one.id != cohort.id
    )
    assert logins(copy) == ["linus.torvalds"]


# ---- Trainers


def test_a_colleague_of_the_centre_is_added_from_a_list(as_trainer, grace, cohort):
    marie = make_user("Marie Dupont")
    accounts.grant(marie, Role.TRAINER, Scope.CENTRE, cohort.centre_id)
    page = as_trainer.get("centre.cohort_edit", cohort_id=cohort.id)
    assert "Marie Dupont" in page.text

    for _click in range(2):
        as_trainer.post(
            "centre.cohort_trainer_add",
            cohort_id=cohort.id,
            data={"colleague": marie.id, "login": "marie.dupont"},
        )

    assert logins(cohort) == ["grace.hopper", "marie.dupont"]
    assert verbs(cohort) == ["trainer-added"]


def test_another_trainer_is_added_by_sign_in_name(as_trainer, cohort):
    make_user("Marie Dupont", role=Role.TRAINER)

    as_trainer.post(
        "centre.cohort_trainer_add",
        cohort_id=cohort.id,
        data={"login": "Marie.Dupont"},
    )

    assert logins(cohort) == ["grace.hopper", "marie.dupont"]


@pytest.mark.parametrize("login", ["", "personne", "ada.lovelace"])
def test_who_does_not_train_is_not_added(as_trainer, cohort, ada, login):
    answer = as_trainer.post(
        "centre.cohort_trainer_add", cohort_id=cohort.id, data={"login": login}
    )

    assert answer.status_code == 422
    assert logins(cohort) == ["grace.hopper"]


def test_a_trainer_may_leave_a_cohort_that_another_follows(as_trainer, grace, cohort):
    marie = make_user("Marie Dupont", role=Role.TRAINER)
    services.add_cohort_trainer(grace, cohort, marie)
    where = {"cohort_id": cohort.id, "user_id": grace.id}

    answer = as_trainer.post("centre.cohort_trainer_remove", **where)

    assert answer.location == "/cohorts"
    assert logins(cohort) == ["marie.dupont"]


def test_taking_a_trainer_out_twice_says_nothing_wrong(as_trainer, grace, cohort):
    marie = make_user("Marie Dupont", role=Role.TRAINER)
    services.add_cohort_trainer(grace, cohort, marie)
    where = {"cohort_id": cohort.id, "user_id": marie.id}

    for _click in range(2):
        answer = as_trainer.post("centre.cohort_trainer_remove", **where)
        assert answer.location == f"/cohorts/{cohort.id}/edit"
    services.remove_cohort_trainer(grace, cohort, marie)

    assert logins(cohort) == ["grace.hopper"]
    assert verbs(cohort) == ["trainer-removed", "trainer-added"]


def test_the_last_trainer_stays(as_trainer, grace, cohort):
    where = {"cohort_id": cohort.id, "user_id": grace.id}

    as_trainer.post("centre.cohort_trainer_remove", **where)

    assert logins(cohort) == ["grace.hopper"]


def test_two_trainers_who_take_each_other_out_leave_one(app, real_commits, grace):
    cohort = make_cohort(trainer=grace)
    marie = make_user("Marie Dupont", role=Role.TRAINER)
    services.add_cohort_trainer(grace, cohort, marie)
    pairs = [(grace.id, marie.id), (marie.id, grace.id)]
    cohort_id = cohort.id
    db.session.close()

    def take_out(pair):
        with app.app_context():
            by, user = (user_by_id(one) for one in pair)
            own = db.session.get_one(Cohort, cohort_id)
            try:
                services.remove_cohort_trainer(by, own, user)
            except services.LastTrainerError:
                return "stays"
            return "left"

    with ThreadPoolExecutor(2) as trainers:
        outcomes = sorted(trainers.map(take_out, pairs))

    assert outcomes == ["left", "stays"]
