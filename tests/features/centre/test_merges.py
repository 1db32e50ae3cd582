"""The pages that make one account of two, and the journal of a cohort."""

from datetime import timedelta

import pytest

from course.base import clock
from course.base.db import db, transaction
from course.domain.rights import Role
from course.features.account import merging
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.centre import queries, services
from course.features.progress.services import Verb
from tests.conftest import MORNING
from tests.make.account import PASSWORD, again, make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.quiz import start
from tests.make.tracking import did
from tests.page import parse, said


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def learner(cohort, name):
    """Somebody of a cohort."""
    user = make_user(name)
    services.join_cohort(user, cohort)
    return again(user)


@pytest.fixture
def ines(cohort):
    return learner(cohort, "Inès Martin")


@pytest.fixture
def twice(cohort, ines):
    """Inès once more."""
    return learner(cohort, "Ines Martins")


def choose(browser, cohort, **asked):
    """Go to the page of merges."""
    return browser.get("centre.merge_choose", cohort_id=cohort.id, **asked)


def merge(browser, cohort, kept, gone):
    """Press the button under the account that stays."""
    data = {"kept": kept.id, "gone": gone.id}
    return browser.post("centre.merge", cohort_id=cohort.id, data=data)


def text_of(answer):
    """What the page says."""
    return said(parse(answer.text).find(".//main"))


def journal(browser, cohort, **more):
    """What was done."""
    return browser.get("centre.journal", cohort_id=cohort.id, **more)


def part(browser, cohort, line):
    """Press « Undo »."""
    where = {"cohort_id": cohort.id, "line_id": line.id}
    return browser.post("centre.part", **where, follow_redirects=True)


# ---- Choosing


def test_near_names_are_suggested(as_trainer, cohort, ines, twice):
    learner(cohort, "Zoé Durand")

    page = choose(as_trainer, cohort)

    assert f"a={ines.id}&amp;b={twice.id}" in page.text
    assert page.text.count("&amp;b=") == 1


def test_one_of_the_two_may_be_known_already(as_trainer, cohort, ines):
    page = choose(as_trainer, cohort, a=ines.id)

    chosen = [
        o.get("value")
        for o in parse(page.text).iter("option")
        if "selected" in o.attrib
    ]
    assert chosen == [str(ines.id)]


def test_the_two_are_compared_before_anything_is_done(
    as_trainer, small_library, cohort, ines, twice
):
    did(ines, Verb.READ, "premiere", MORNING - timedelta(days=1))
    for user in (ines, twice):
        start(user)

    page = choose(as_trainer, cohort, a=ines.id, b=twice.id)

    text = text_of(page)
    for words in ("ines.martin", "ines.martins", "aujourd’hui", "Leçons lues"):
        assert words in text
    assert "n’est pas repris" in text
    assert queries.journal_of(cohort.id, 1) == []


def test_the_other_account_may_be_in_another_cohort(as_trainer, grace, cohort, ines):
    other = learner(make_cohort(trainer=grace), "Inès Martin")

    page = choose(as_trainer, cohort, a=ines.id, login="Ines.Martin2")

    assert f'value="{other.id}"' in page.text


def test_an_account_one_does_not_follow_does_not_exist(as_trainer, cohort, ines):
    stranger = learner(make_cohort(), "Inès Martin")
    nobody = make_user("Inès Martin")

    for other in (stranger, nobody):
        assert choose(as_trainer, cohort, a=ines.id, b=other.id).status_code == 404
        assert merge(as_trainer, cohort, ines, other).status_code == 422
        assert merge(as_trainer, cohort, other, ines).status_code == 422
    assert again(ines).merged_into_id is None


def test_what_is_no_number_is_nobody(as_trainer, cohort):
    asked = choose(as_trainer, cohort, a="x", b="2" * 40)
    assert asked.status_code == 422
    assert "Choisissez deux comptes à comparer." in text_of(asked)
    answer = as_trainer.post(
        "centre.merge", cohort_id=cohort.id, data={"kept": "9" * 30, "gone": "x"}
    )
    assert answer.status_code == 422


def test_who_trains_is_not_merged(as_trainer, cohort, ines, twice):
    accounts.grant(twice, Role.TRAINER)

    asked = choose(as_trainer, cohort, a=ines.id, b=twice.id)
    done = merge(as_trainer, cohort, ines, twice)

    assert (asked.status_code, done.status_code) == (422, 422)
    assert again(twice).merged_into_id is None


# ---- Merging, and back


def test_one_account_stays_with_its_sign_in_name(
    app, as_trainer, small_library, cohort, ines, twice
):
    did(ines, Verb.READ, "premiere")

    for _click in range(2):
        answer = merge(as_trainer, cohort, twice, ines)
        assert answer.location == f"/cohorts/{cohort.id}/journal"

    assert again(ines).merged_into_id == twice.id
    assert [one.login for one in queries.places_of(cohort.id)] == ["ines.martins"]
    browser = app.test_client().speak("fr")
    data = {"login": "ines.martin", "password": PASSWORD}
    refused = browser.post("account.sign_in_submit", data=data)
    assert refused.status_code in {403, 422}
    assert "ines.martins" in journal(as_trainer, cohort).text


def test_a_merge_is_undone_from_the_journal(as_trainer, cohort, ines, twice):
    merge(as_trainer, cohort, twice, ines)
    [line] = queries.journal_of(cohort.id, 1)
    assert f"/journal/{line.id}/part" in journal(as_trainer, cohort).text

    for _click in range(2):
        page = part(as_trainer, cohort, line)

    assert "part" not in [
        form.get("action", "")[-4:] for form in parse(page.text).iter("form")
    ]
    assert [one.id for one in queries.places_of(cohort.id)] == [twice.id, ines.id] or [
        one.id for one in queries.places_of(cohort.id)
    ] == [ines.id, twice.id]
    assert [one.verb for one in queries.journal_of(cohort.id, 1)] == [
        "parted",
        "merged",
    ]


def test_after_a_month_there_is_nothing_to_undo_with(as_trainer, cohort, ines, twice):
    merge(as_trainer, cohort, twice, ines)
    [line] = queries.journal_of(cohort.id, 1)
    clock.set_to(MORNING + timedelta(days=32))

    page = journal(as_trainer, cohort)
    answer = part(as_trainer, cohort, line)

    assert f"/journal/{line.id}/part" not in page.text
    assert answer.status_code == 200
    assert again(ines).merged_into_id == twice.id


def test_a_line_of_another_cohort_is_not_undone_here(
    as_trainer, grace, cohort, ines, twice
):
    merge(as_trainer, cohort, twice, ines)
    [line] = queries.journal_of(cohort.id, 1)
    other = make_cohort(trainer=grace)

    assert part(as_trainer, other, line).status_code == 404


# ---- The journal


def test_an_empty_journal_says_what_will_be_there(as_trainer, cohort):
    assert journal(as_trainer, cohort).status_code == 200
    assert journal(as_trainer, cohort, page=9).status_code == 200


def test_each_deed_is_said_with_who_and_when(
    as_trainer, as_admin, grace, linus, cohort
):
    made = services.add_learners(grace, cohort, ["Inès Martin", "Ines Martin", "Zoé"])
    target = make_cohort(trainer=grace, name="Artisans")
    services.make_slips(linus, cohort, made, "a")
    services.make_slips(linus, cohort, made[:1], "b")
    line = merging.merge(grace, made[0], made[1], cohort.id)
    merging.part(grace, line.id)
    services.move_learner(grace, made[2], cohort, target)
    services.move_learner(grace, made[2], target, cohort)
    services.remove_learner(grace, made[2], cohort)
    services.add_cohort_trainer(linus, cohort, linus)
    services.remove_cohort_trainer(linus, cohort, linus)
    services.update_cohort(grace, cohort, "Boulangers du soir")
    services.close_cohort(cohort)
    services.reopen_cohort(cohort, grace)
    accounts.journal(grace, "danced", cohort_id=cohort.id)

    text = text_of(journal(as_trainer, cohort))

    for sentence in (
        "Grace Hopper 3 apprenants ont été ajoutés : Inès Martin, Ines Martin, Zoé.",
        "Linus Torvalds 3 billets ont été faits",
        "1 billet a été fait, pour Inès Martin.",
        "Ines Martin (ines.martin2) a rejoint Inès Martin (ines.martin).",
        "Deux comptes ont été séparés",
        "Zoé a continué dans « Artisans ».",
        "Zoé est arrivé de « Artisans ».",
        "Zoé a été retiré du groupe.",
        "Linus Torvalds suit désormais le groupe.",
        "Linus Torvalds ne suit plus le groupe.",
        "Le nom, le lieu ou les jours ont changé.",
        "Une commande du serveur Le groupe a été archivé.",
        "Le groupe a été rouvert.",
        "Autre chose a été fait (danced).",
        "23/11/2026",
    ):
        assert sentence in plain(text)
    copy = services.copy_cohort(grace, cohort, "Copie")
    assert "Boulangers du soir" in text_of(journal(as_trainer, copy))


def plain(text):
    """With ordinary spaces, and without the dot between who and when."""
    return " ".join(text.replace("\u00a0", " ").replace("·", " ").split())


def test_many_names_are_not_all_said(as_trainer, grace, cohort):
    services.add_learners(grace, cohort, [f"Zoé {number}" for number in range(20)])

    text = plain(text_of(journal(as_trainer, cohort)))

    assert "Zoé 11 et 8 autres." in text
    assert "Zoé 12" not in text


def test_what_nobody_can_name_any_more_is_said_all_the_same(as_trainer, grace, cohort):
    with transaction():
        nobody = db.session.get_one(User, make_user("x").id)
        nobody.name = ""
    accounts.journal(grace, "moved", user_id=nobody.id, cohort_id=cohort.id, to=0)

    text = plain(text_of(journal(as_trainer, cohort)))

    assert "quelqu’un a continué dans « un autre groupe »." in text


def test_the_journal_comes_fifty_at_a_time_in_as_many_statements(
    as_trainer, grace, cohort, count_queries
):
    one, other = make_learners(cohort, 2)
    services.make_slips(grace, cohort, [one], "a")
    merging.merge(grace, one, other, cohort.id)
    with count_queries() as few:
        journal(as_trainer, cohort)
    for number in range(queries.PAGE):
        services.make_slips(grace, cohort, [one], f"{number}")
    two = make_learners(cohort, 2)
    merging.merge(grace, *two, cohort.id)

    with count_queries() as many:
        page = journal(as_trainer, cohort)

    assert len(many) <= len(few)
    assert "page=2" in page.text
    assert "page=1" in journal(as_trainer, cohort, page=2).text


@pytest.mark.parametrize("login", ["zoe.ailleurs", "personne.du.tout", "zo\0e"])
def test_a_sign_in_name_of_other_trainers_is_as_one_of_nobody(
    as_trainer, cohort, ines, login
):
    make_user("Zoé Ailleurs")

    answer = choose(as_trainer, cohort, a=ines.id, login=login)

    assert answer.status_code == 422
    assert "Personne dans vos groupes" in text_of(answer)
