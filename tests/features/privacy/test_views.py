"""My data: all of it shown, taken away, corrected, erased."""

import pytest
from sqlalchemy import select

from course.base.db import db
from course.base.personal import Until
from course.domain.rights import Role
from course.features.account.models import Journal, User
from course.features.centre import services as centres
from course.features.privacy import queries, services
from course.features.privacy.views import UNTIL
from tests.make.account import PASSWORD, again, make_guest, make_user
from tests.make.centre import make_cohort
from tests.make.quiz import answer_all, end, start
from tests.page import parse


@pytest.fixture
def busy(ada, small_library, grace):
    """Ada has joined a cohort and passed a quiz."""
    centres.join_cohort(ada, make_cohort(trainer=grace))
    attempt = start(ada)
    answer_all(attempt)
    end(attempt)
    return again(ada)


def text_of(response) -> str:
    return response.get_data(as_text=True)


def test_each_table_is_shown_with_its_purpose_and_its_end(busy, as_learner):
    said = text_of(as_learner.get("privacy.mine"))

    for holding in queries.HOLDINGS:
        assert str(holding.title) in said
    assert str(UNTIL[Until.ANSWERS]) in said
    assert "Ada Lovelace" in said
    assert "ada.lovelace" in said


def test_the_tables_without_a_line_come_last(busy, as_learner):
    page = parse(as_learner.get("privacy.mine").text)

    empty = [
        "quiet" in (each.get("class") or "").split()
        for each in page.findall(".//main//details")
    ]
    assert len(empty) == len(queries.HOLDINGS)
    assert empty == sorted(empty)
    assert set(empty) == {False, True}


def test_the_page_costs_the_same_whatever_one_did(busy, as_learner, count_queries):
    with count_queries() as few:
        as_learner.get("privacy.mine")
    attempt = start(busy)
    answer_all(attempt)

    with count_queries() as many:
        as_learner.get("privacy.mine")

    assert len(many) == len(few)


def test_the_file_holds_every_line(busy, as_learner):
    response = as_learner.get("privacy.export")

    held = response.get_json()
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert held["user"][0]["name"] == "Ada Lovelace"
    assert len(held["submission"]) == len(held["item"]) > 0
    assert "password" not in text_of(response)
    assert set(held) == {"made_at", *(holding.name for holding in queries.HOLDINGS)}


def test_a_guest_sees_what_is_kept_and_has_no_name_to_correct(app, small_library):
    guest = app.test_client().sign_in(make_guest())

    said = text_of(guest.get("privacy.mine"))

    assert "Corriger mon nom" not in said


def test_a_name_is_corrected(busy, as_learner):
    response = as_learner.post("privacy.correct", data={"name": "Ada King"})

    assert response.status_code == 302
    assert again(busy).name == "Ada King"


def test_a_name_is_not_taken_away(ada, as_learner):
    response = as_learner.post("privacy.correct", data={"name": " "})

    assert response.status_code == 422
    assert again(ada).name == "Ada Lovelace"


def test_one_erases_oneself_with_the_password(busy, as_learner):
    response = as_learner.post(
        "privacy.erase_submit", data={"sure": "y", "password": PASSWORD}
    )

    assert response.status_code == 302
    assert response.headers["Clear-Site-Data"]
    assert again(busy).erased_at
    assert as_learner.get("privacy.mine").status_code == 302
    assert "effacées" in text_of(as_learner.get("site.home"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"password": PASSWORD}, "Cochez la case"),
        ({"sure": "y"}, "Écrivez votre mot de passe"),
        ({"sure": "y", "password": "autre chose"}, "Rien n’a été effacé"),
    ],
)
def test_nothing_is_erased_by_mistake(busy, as_learner, sent, said):
    response = as_learner.post("privacy.erase_submit", data=sent)

    assert response.status_code == 422
    assert said in text_of(response)
    assert again(busy).erased_at is None


def test_a_guest_has_no_password_to_give(app, small_library):
    guest = make_guest()
    browser = app.test_client().sign_in(guest)

    browser.post("privacy.erase_submit", data={"sure": "y"})

    assert again(guest).erased_at


def test_the_page_says_what_the_law_keeps(busy, as_learner, app):
    alone = app.test_client().sign_in(make_user("Sans Groupe"))

    assert "La loi demande une preuve" in text_of(as_learner.get("privacy.erase"))
    assert "La loi demande une preuve" not in text_of(alone.get("privacy.erase"))


def test_the_last_administrator_is_told_to_name_another(linus, as_admin):
    response = as_admin.post(
        "privacy.erase_submit", data={"sure": "y", "password": PASSWORD}
    )
    other = as_admin.post(
        "privacy.erase_account_submit", user_id=linus.id, data={"sure": "y"}
    )

    assert response.location.endswith("/my-data/erase")
    assert other.location.endswith(f"/accounts/{linus.id}")
    assert again(linus).erased_at is None


def test_an_administrator_erases_who_asked(busy, as_admin):
    as_admin.get("privacy.erase_account", user_id=busy.id)

    response = as_admin.post(
        "privacy.erase_account_submit", user_id=busy.id, data={"sure": "y"}
    )

    assert response.status_code == 302
    assert again(busy).name.startswith("Anonyme ")
    again_there = as_admin.get("privacy.erase_account", user_id=busy.id)
    assert again_there.status_code == 404


def test_the_proofs_are_found_by_name(busy, linus, as_admin):
    services.erase(busy, by=linus)

    assert "Ada Lovelace" in text_of(as_admin.get("privacy.proofs"))
    assert "Ada Lovelace" in text_of(as_admin.get("/proofs?q=lovelace"))
    assert "Aucune preuve" in text_of(as_admin.get("/proofs?q=personne"))


def test_proofs_fill_pages(app, as_admin, linus, grace):
    cohort = make_cohort(trainer=grace)
    for number in range(queries.PAGE + 1):
        person = make_user(f"Personne {number:02}")
        centres.join_cohort(person, cohort)
        services.erase(person, by=linus)

    assert "Page suivante" in text_of(as_admin.get("privacy.proofs"))
    assert "Personne 50" in text_of(as_admin.get("/proofs?page=2"))
    assert "Page précédente" in text_of(as_admin.get("/proofs?page=2"))


def test_an_author_sees_what_was_published(as_admin, linus, small_library):
    said = text_of(as_admin.get("privacy.mine"))

    assert "Vos brouillons" in said
    assert db.session.get_one(User, linus.id).may
    assert Role.ADMIN in again(linus).roles()


def test_the_password_cannot_be_guessed_where_one_erases(as_learner, ada):
    for _ in range(10):
        as_learner.post("privacy.erase_submit", data={"sure": "y", "password": "faux"})

    right = {"sure": "y", "password": PASSWORD}
    answer = as_learner.post("privacy.erase_submit", data=right)

    assert "Attendez 15 minutes" in text_of(answer)
    assert again(ada).erased_at is None


def test_who_erases_oneself_did_it_and_no_other(as_learner, ada):
    as_learner.post("privacy.erase_submit", data={"sure": "y", "password": PASSWORD})

    line = db.session.scalars(select(Journal).where(Journal.verb == "erased")).one()
    assert (line.user_id, line.by_id) == (ada.id, None)
