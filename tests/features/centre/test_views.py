"""Joining a cohort, creating one, printing its poster, naming trainers."""

import pytest

from course.base.db import db
from course.base.security import PER_ADDRESS
from course.domain.rights import Role, Scope
from course.features.account.queries import user_by_login
from course.features.centre import queries, services
from course.features.centre.models import Centre, Cohort
from course.features.progress.queries import standings_of
from course.features.progress.services import Verb, now_deed, record
from tests.make.account import again, make_guest, make_user
from tests.make.centre import make_centre, make_cohort
from tests.page import parse, said

NEWCOMER = {"name": "Inès Martin", "password": "une phrase longue"}


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


# ---- Joining


@pytest.mark.parametrize("typed", ["{}{}", " {} {} ", "{}-{}"])
def test_a_code_leads_to_its_cohort_however_it_is_typed(client, cohort, typed):
    code = typed.format(cohort.code[:3].lower(), cohort.code[3:])

    answer = client.post("centre.join_submit", data={"code": code})

    assert answer.location == f"/join/{cohort.code}"


def test_a_link_may_bring_the_code(client, cohort):
    client.get("centre.join")

    answer = client.get("centre.join", code=cohort.code)

    assert answer.location == f"/join/{cohort.code}"


def test_an_empty_code_is_asked_again(client):
    answer = client.post("centre.join_submit", data={"code": ""})

    assert answer.status_code == 422


def test_a_wrong_code_says_what_to_do_and_keeps_what_was_typed(client):
    answer = client.post("centre.join_submit", data={"code": "abc-234"})

    assert answer.status_code == 404
    assert 'value="ABC234"' in answer.text


def test_codes_cannot_be_guessed_for_long(client, cohort):
    for _ in range(PER_ADDRESS):
        client.get("centre.invitation", code="ABC234", check=False)

    assert client.get("centre.invitation", code="ABC234").status_code == 429
    assert client.get("centre.invitation", code=cohort.code).status_code == 429


def test_the_invitation_says_who_will_see_what(client, cohort):
    answer = client.get("centre.invitation", code=cohort.code)

    assert "Boulangers" in said(parse(answer.text).find(".//h1"))
    assert queries.cohort_by_code(cohort.code).centre.name in answer.text


def test_a_name_and_a_password_are_enough_to_join(client, cohort):
    answer = client.post("centre.enrol", code=cohort.code, data=NEWCOMER)

    assert answer.location == "/welcome"
    user = user_by_login("ines.martin")
    assert user.scopes(Role.LEARNER, Scope.COHORT) == [cohort.id]
    assert client.get("account.welcome").status_code == 200


def test_what_is_missing_is_asked_for(client, cohort):
    answer = client.post("centre.enrol", code=cohort.code, data={"name": "Inès"})

    assert answer.status_code == 422


def test_a_second_click_comes_back_to_the_same_account(app, client, cohort):
    page = parse(client.get("centre.invitation", code=cohort.code).text)
    form = {"joining": page.find(".//input[@name='joining']").get("value")}

    for _click in range(2):
        answer = (
            app.test_client()
            .speak("fr")
            .post("centre.enrol", code=cohort.code, data=NEWCOMER | form)
        )

        assert answer.location == "/welcome"

    assert queries.learners_of(cohort.id, 1)[1] == 1


def test_each_page_that_is_shown_has_its_own_form(client, cohort):
    def form():
        page = parse(client.get("centre.invitation", code=cohort.code).text)
        return page.find(".//input[@name='joining']").get("value")

    assert form() != form()


@pytest.mark.parametrize("joining", ["", "x" * 32, "é", "a" * 99])
def test_a_form_that_no_page_made_joins_all_the_same(client, cohort, joining):
    data = NEWCOMER | {"joining": joining}

    answer = client.post("centre.enrol", code=cohort.code, data=data)

    assert answer.location == "/welcome"
    assert user_by_login("ines.martin").joined_by is None


@pytest.mark.parametrize(("stay", "lasts"), [({}, False), ({"stay": "y"}, True)])
def test_a_session_lasts_when_one_asked_for_it(client, cohort, stay, lasts):
    client.post("centre.enrol", code=cohort.code, data=NEWCOMER | stay)

    with client.session_transaction() as session:
        assert session.permanent is lasts


def test_forty_people_start_and_join_in_one_minute_behind_one_address(app, cohort):
    for number in range(40):
        browser = app.test_client().speak("fr")
        started = browser.post("account.guest")
        mistyped = browser.post("centre.join_submit", data={"code": "ABC234"})
        joined = browser.post("centre.enrol", code=cohort.code, data=NEWCOMER)

        assert started.location == "/path", number
        assert mistyped.status_code == 404, number
        assert joined.location == "/welcome", number


@pytest.mark.parametrize("typed", ["{}{}{}", "{}-{}-{}", " {} {} {} "])
def test_the_word_of_a_slip_opens_its_link_however_it_is_typed(client, typed):
    code = typed.format("abce", "fhjk", "2345")

    answer = client.post("centre.join_submit", data={"code": code})

    assert answer.location == "/links/ABCEFHJK2345"


def test_a_guest_who_joins_keeps_the_progress(app, cohort):
    guest = make_guest()
    record(now_deed(guest.id, Verb.READ, "lesson", "premiere", client_id="a"))
    browser = app.test_client().sign_in(guest)
    browser.get("centre.invitation", code=cohort.code)

    browser.post("centre.enrol", code=cohort.code, data=NEWCOMER)

    user = user_by_login("ines.martin")
    assert user.id == guest.id
    assert list(standings_of(user.id)) == [("lesson", "premiere")]
    assert browser.get("account.welcome").status_code == 200


def test_who_is_signed_in_joins_by_one_button(as_learner, ada, cohort):
    as_learner.get("centre.invitation", code=cohort.code)

    for _click in range(2):
        answer = as_learner.post("centre.enrol", code=cohort.code)

        assert answer.location == "/path"

    assert again(ada).scopes(Role.LEARNER, Scope.COHORT) == [cohort.id]
    assert "/path" in as_learner.get("centre.invitation", code=cohort.code).text


def test_a_trainer_sees_the_page_and_does_not_join(as_trainer, grace, cohort):
    seen = as_trainer.get("centre.invitation", code=cohort.code)
    sent = as_trainer.post("centre.enrol", code=cohort.code, data=NEWCOMER)

    assert 'name="password"' not in seen.text
    assert sent.location == f"/join/{cohort.code}"
    assert queries.learners_of(cohort.id, 1)[1] == 0


def test_a_closed_cohort_has_no_invitation(client, cohort):
    services.close_cohort(cohort)

    assert client.get("centre.invitation", code=cohort.code).status_code == 404
    answer = client.post("centre.enrol", code=cohort.code, data=NEWCOMER)
    assert answer.status_code == 404


def test_a_cohort_closed_meanwhile_says_so(client, cohort, monkeypatch):
    found = queries.cohort_by_code(cohort.code)
    services.close_cohort(cohort)
    monkeypatch.setattr(queries, "cohort_by_code", lambda _code: found)

    answer = client.post("centre.enrol", code=cohort.code, data=NEWCOMER)

    assert answer.status_code == 410


# ---- Cohorts


def test_the_first_thing_to_do_is_to_create_a_cohort(as_trainer):
    answer = as_trainer.get("centre.cohorts")

    assert "/cohorts/new" in answer.text


def test_a_trainer_sees_their_cohorts_and_no_others(as_trainer, grace):
    mine, other = make_cohort(3, trainer=grace, name="Le mien"), make_cohort()

    answer = as_trainer.get("centre.cohorts")

    assert mine.name in answer.text
    assert other.name not in answer.text


def test_cohorts_come_fifty_at_a_time_in_as_many_statements(
    as_trainer, grace, count_queries
):
    centre = make_centre()
    make_cohort(2, trainer=grace, centre=centre)
    with count_queries() as few:
        as_trainer.get("centre.cohorts")
    for _ in range(queries.PAGE):
        make_cohort(trainer=grace, centre=centre)

    with count_queries() as many:
        answer = as_trainer.get("centre.cohorts")

    assert len(many) == len(few)
    assert "page=2" in answer.text
    assert "page=1" in as_trainer.get("centre.cohorts", page=2).text
    assert as_trainer.get("centre.cohorts", page=99).status_code == 200


def test_closed_cohorts_have_their_own_page(as_trainer, cohort):
    as_trainer.get("centre.cohorts", closed=1)

    answer = as_trainer.post("centre.close", cohort_id=cohort.id)

    assert answer.location == f"/cohorts/{cohort.id}"
    assert "Boulangers" in as_trainer.get("centre.cohorts", closed=1).text
    assert "Boulangers" not in as_trainer.get("centre.cohorts").text


def test_a_new_cohort_shows_its_poster(as_trainer, grace):
    centre = make_centre(trainer=grace)
    as_trainer.get("centre.cohort_new")

    answer = as_trainer.post(
        "centre.cohort_create",
        data={"name": "Boulangers", "begins_on": "2026-11-23", "ends_on": "24/11/2026"},
        follow_redirects=True,
    )

    [(cohort, _learners)] = queries.cohorts_of(again(grace))
    assert (cohort.centre_id, cohort.begins_on.isoformat()) == (centre.id, "2026-11-23")
    assert cohort.ends_on.isoformat() == "2026-11-24"
    assert cohort.code in answer.text
    assert f"/join/{cohort.code}" in answer.text
    assert "<svg" in answer.text


def test_among_several_centres_one_is_chosen(as_trainer, grace):
    make_centre("Aix")
    chosen = make_centre("Zonza")
    as_trainer.get("centre.cohort_new")

    as_trainer.post(
        "centre.cohort_create", data={"name": "Boulangers", "centre": chosen.id}
    )

    [(cohort, _learners)] = queries.cohorts_of(again(grace))
    assert cohort.centre_id == chosen.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"centre": "99"},
        {"centre": "x"},
        {"begins_on": "hier"},
        {"begins_on": "2026-11-23", "ends_on": "2026-11-22"},
    ],
)
def test_a_cohort_that_cannot_be_is_asked_again(as_trainer, grace, wrong):
    made = make_centre("Aix"), make_centre("Zonza")

    answer = as_trainer.post(
        "centre.cohort_create",
        data={"name": "Boulangers", "centre": made[0].id} | wrong,
    )

    assert answer.status_code == 422
    assert queries.cohorts_of(again(grace)) == []


def test_without_a_centre_one_is_told_whom_to_ask(as_trainer, as_admin):
    assert "/centres" not in as_trainer.get("centre.cohort_new").text
    assert "/centres" in as_admin.get("centre.cohort_new").text

    answer = as_trainer.post("centre.cohort_create", data={"name": "Boulangers"})

    assert answer.status_code == 422


def test_somebody_elses_cohort_does_not_exist(as_trainer):
    other = make_cohort()

    for cohort_id in (other.id, 0, 987654321):
        poster = as_trainer.get("centre.poster", cohort_id=cohort_id)
        closing = as_trainer.post("centre.close", cohort_id=cohort_id)

        assert (poster.status_code, closing.status_code) == (404, 404)
    assert db.session.get_one(Cohort, other.id).archived_at is None


# ---- Centres


def test_an_administrator_creates_a_centre_and_names_its_trainer(as_admin):
    trainer = make_user("Marie Dupont")
    as_admin.get("centre.centres")

    created = as_admin.post("centre.centre_create", data={"name": "Marseille"})
    answer = as_admin.post(
        f"{created.location}/trainers",
        data={"login": "Marie.Dupont"},
        follow_redirects=True,
    )

    assert "marie.dupont" in answer.text
    [(centre, _cohorts)] = queries.centres()
    assert again(trainer).scopes(Role.TRAINER, Scope.CENTRE) == [centre.id]


def test_a_trainer_may_be_removed(as_admin):
    trainer = make_user("Marie Dupont")
    centre = make_centre(trainer=trainer)

    as_admin.post("centre.trainer_remove", centre_id=centre.id, user_id=trainer.id)

    assert again(trainer).scopes(Role.TRAINER, Scope.CENTRE) == []


def test_a_name_already_taken_is_said(as_admin):
    make_centre("Marseille")

    for name in ("Marseille", ""):
        answer = as_admin.post("centre.centre_create", data={"name": name})

        assert answer.status_code == 422


def test_a_trainer_nobody_knows_is_said(as_admin):
    centre = make_centre()

    for login in ("personne", ""):
        answer = as_admin.post(
            "centre.trainer_add", centre_id=centre.id, data={"login": login}
        )

        assert answer.status_code == 422


def test_a_centre_that_is_not_there_is_404(as_admin):
    centre = make_centre()

    assert as_admin.get("centre.centre", centre_id=99).status_code == 404
    answer = as_admin.post("centre.trainer_remove", centre_id=centre.id, user_id=99)
    assert answer.status_code == 404
    assert db.session.get(Centre, centre.id)
