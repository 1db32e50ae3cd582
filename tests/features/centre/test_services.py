"""Centres, cohorts, and who joins them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from course.base import clock
from course.base.db import db, transaction
from course.domain.rights import Role, Scope
from course.features.account.models import User
from course.features.centre import queries, services
from course.features.centre.models import Cohort
from tests.conftest import MORNING
from tests.make.account import PASSWORD, again, make_guest, make_user
from tests.make.centre import make_centre, make_cohort


def people_called(name):
    return db.session.scalar(select(func.count(User.id)).where(User.name == name))


def followed_by(trainer):
    return [(c.id, learners) for c, learners in queries.cohorts_of(again(trainer))]


def test_two_centres_do_not_share_a_name(app):
    services.create_centre("Marseille")

    with pytest.raises(services.NameTakenError):
        services.create_centre("Marseille")


def test_a_code_is_easy_to_read_aloud(app):
    codes = {make_cohort().code for _ in range(20)}

    assert len(codes) == 20
    assert not set("".join(codes)) & set("01OIL")


def test_a_taken_code_is_not_given_again(app, monkeypatch):
    first = make_cohort()
    drawn = iter([*first.code, *"ABC234"])
    monkeypatch.setattr(services.secrets, "choice", lambda _signs: next(drawn))

    second = make_cohort()

    assert second.code == "ABC234"


def test_who_joins_twice_is_there_once(app, ada):
    cohort = make_cohort()

    services.join_cohort(ada, cohort)
    services.join_cohort(ada, cohort)

    assert queries.learners_of(cohort.id, 1)[1] == 1


FORM, OTHER_FORM = "f" * 32, "e" * 32


def test_the_same_form_sent_twice_makes_one_account(app):
    cohort = make_cohort()

    first = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", form_id=FORM)
    second = services.enrol(cohort, "inès  martin", PASSWORD, "fr", form_id=FORM)

    assert second.id == first.id
    assert again(first).joined_by == FORM


def test_two_people_of_one_name_and_one_password_have_two_accounts(app):
    cohort = make_cohort()

    first = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", form_id=FORM)
    second = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", form_id=OTHER_FORM)

    assert (first.login, second.login) == ("ines.martin", "ines.martin2")
    assert queries.learners_of(cohort.id, 1)[1] == 2


@pytest.mark.parametrize(
    ("name", "password"),
    [("Inès Martin", "une autre phrase"), ("Zoé Durand", PASSWORD)],
)
def test_a_form_in_the_hands_of_somebody_else_makes_another_account(
    app, name, password
):
    cohort = make_cohort()
    first = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", form_id=FORM)

    second = services.enrol(cohort, name, password, "fr", form_id=FORM)

    assert second.id != first.id
    assert (again(first).joined_by, again(second).joined_by) == (FORM, None)


def test_a_form_leads_to_no_account_that_was_erased(app):
    cohort = make_cohort()
    first = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", form_id=FORM)
    with transaction():
        db.session.get_one(User, first.id).erased_at = MORNING

    second = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", form_id=FORM)

    assert second.id != first.id


def test_two_clicks_at_the_same_instant_make_one_account(app, real_commits):
    cohort_id = make_cohort().id
    db.session.close()

    def click(_finger):
        with app.app_context():
            cohort = db.session.get_one(Cohort, cohort_id)
            form = {"form_id": FORM}
            return services.enrol(cohort, "Inès Martin", PASSWORD, "fr", **form).id

    with ThreadPoolExecutor(2) as fingers:
        made = set(fingers.map(click, range(2)))

    assert len(made) == 1
    assert people_called("Inès Martin") == 1


def test_a_guest_who_joins_stays_the_same_person_whatever_clicks_twice(app):
    cohort, guest = make_cohort(), make_guest()
    known = {"guest": guest, "form_id": FORM}

    user = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", **known)
    second = services.enrol(cohort, "Inès Martin", PASSWORD, "fr", **known)

    assert user.id == second.id == guest.id
    assert again(user).scopes(Role.LEARNER, Scope.COHORT) == [cohort.id]


def test_nobody_joins_a_closed_cohort(app, ada):
    cohort = make_cohort()
    services.close_cohort(cohort)

    with pytest.raises(services.ClosedError):
        services.join_cohort(ada, cohort)
    with pytest.raises(services.ClosedError):
        services.enrol(cohort, "Inès Martin", PASSWORD, "fr")

    assert people_called("Inès Martin") == 0


def test_closing_twice_keeps_the_first_date(app):
    cohort = make_cohort()
    services.close_cohort(cohort)

    clock.set_to(MORNING.replace(hour=12))
    services.close_cohort(cohort)

    assert db.session.get_one(Cohort, cohort.id).archived_at == MORNING


def test_a_trainer_of_the_network_creates_anywhere_but_follows_only_their_own(
    app, grace
):
    centre, other = make_centre("Aix"), make_centre("Zonza")
    theirs = make_cohort(centre=centre)

    mine = services.create_cohort(grace, other.id, "Le mien")

    assert [c.name for c in queries.centres_of(grace)] == ["Aix", "Zonza"]
    assert followed_by(grace) == [(mine.id, 0)]
    assert queries.cohort_of(again(grace), theirs.id) is None


def test_a_trainer_of_a_centre_follows_all_its_cohorts(app):
    trainer = make_user("Formateur")
    centre = make_centre(trainer=trainer)
    theirs = make_cohort(2, centre=centre)
    make_cohort()

    found = followed_by(trainer)

    assert found == [(theirs.id, 2)]
    assert [c.id for c in queries.centres_of(again(trainer))] == [centre.id]


def test_an_administrator_follows_everything(app, linus):
    cohort = make_cohort()

    assert queries.cohort_of(linus, cohort.id).name == cohort.name
    assert len(queries.centres_of(linus)) == 1


def test_a_removed_trainer_keeps_the_cohorts_created_before(app):
    trainer = make_user("Formateur")
    centre = make_centre(trainer=trainer)
    mine = services.create_cohort(trainer, centre.id, "Le mien")
    make_cohort(centre=centre)

    services.remove_trainer(centre, trainer)

    assert followed_by(trainer) == [(mine.id, 0)]
    assert queries.trainers_of(centre.id) == []
