"""What a trainer sees of a cohort, of a learner, of an attempt."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db, transaction
from course.features.centre import services as centres
from course.features.centre.models import Cohort
from course.features.privacy.services import erase
from course.features.progress.models import Standing
from course.features.progress.services import Verb
from course.features.tracking import evidence
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.library import publish
from tests.make.tracking import (
    did,
    make_attempt,
    make_failing,
    make_guessing,
    make_near,
    make_stopped,
    make_stuck,
    many_modules,
)
from tests.page import parse, said


@pytest.fixture
def cohort(small_library, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def names_in(answer):
    """How many people the picture has."""
    return len(parse(answer.text).findall(".//table[@class='grid-table']/tbody/tr"))


def text_of(answer):
    return " ".join(said(parse(answer.text).find(".//main")).split())


def test_an_empty_cohort_says_how_to_bring_people_in(as_trainer, cohort):
    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert cohort.code in text_of(answer)
    assert f"/cohorts/{cohort.id}/poster" in answer.text


def rows_of(answer, kind="grid-table"):
    return parse(answer.text).findall(f".//table[@class='{kind}']/tbody/tr")


def reasons_of(answer):
    """Who needs somebody, as the page says it."""
    found = parse(answer.text).findall(".//ul[@class='reasons']/li")
    return [said(one) for one in found]


def test_a_cohort_shows_each_learner_and_who_comes_first(as_trainer, cohort):
    ines, elodie = make_learners(cohort, 2)
    did(ines, Verb.READ, "premiere", seconds=90)
    make_failing(elodie)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    first, second = rows_of(answer)
    assert elodie.name in said(first)
    assert [td.get("class") for td in first.findall("td")] == [
        *("todo", "todo", "stuck", "note")
    ]
    assert [td.get("class") for td in second.findall("td")] == [
        *("done", "todo", "todo", "note")
    ]
    # A tap opens the cell: no script.
    assert "2 min" in plain(second.find(".//details/p"))
    assert "40 %" in plain(first.find(".//details/p"))
    [reason] = reasons_of(answer)
    assert elodie.name in reason
    assert "4 essais au quiz" in reason


def plain(element):
    """Its text with plain spaces."""
    return " ".join(said(element).replace("\u202f", " ").replace("\xa0", " ").split())


NEEDS = {
    "4 réponses fausses de suite à « Un PC affiche une alerte": make_stuck,
    "4 essais au quiz « Essai : le quiz »": make_failing,
    "il y a 9 jours ; à reprendre : « Porter plainte »": make_stopped,
    "10 réponses sur 10 plus rapides que la lecture": make_guessing,
    "Plus qu’une étape avant le tampon « Essai »": make_near,
}


@pytest.mark.parametrize("evidence", NEEDS)
def test_why_somebody_comes_first_is_said_with_what_shows_it(
    as_trainer, cohort, evidence
):
    [ines] = make_learners(cohort, 1)
    NEEDS[evidence](ines)

    for endpoint, more in (("cohort", {}), ("learner", {"user_id": ines.id})):
        answer = as_trainer.get(f"tracking.{endpoint}", cohort_id=cohort.id, **more)
        assert evidence in plain(parse(answer.text).find(".//main")), endpoint


def test_wrong_tries_in_a_lesson_are_said(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    for minutes in range(4):
        at = MORNING + timedelta(minutes=minutes)
        did(ines, Verb.TRIED, "premiere", at, **{"try": "placard", "share": 0})

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert "4 essais faux de suite dans la leçon" in reasons_of(answer)[0]


def test_a_question_no_longer_asked_is_told_by_its_quiz(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    make_stuck(ines)
    with transaction():
        for standing in db.session.scalars(select(Standing)):
            standing.hurdle = "disparue"

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert "le quiz" in reasons_of(answer)[0]


@pytest.mark.parametrize(
    ("first", "last", "begun", "evidence"),
    [
        (-12, 20, False, "N’a pas commencé ; le groupe a commencé le 11 novembre."),
        (-40, -3, True, "Le groupe a fini le 20 novembre."),
        (None, -3, False, "N’a pas commencé, 0 jour après son inscription."),
    ],
)
def test_the_days_of_a_cohort_are_said(
    as_trainer, cohort, first, last, begun, evidence
):
    [ines] = make_learners(cohort, 1)
    if begun:
        did(ines, Verb.READ, "premiere", MORNING - timedelta(days=10))
    with transaction():
        kept = db.session.get_one(Cohort, cohort.id)
        kept.place = "Salle des fêtes"
        kept.begins_on = first and MORNING.date() + timedelta(days=first)
        kept.ends_on = MORNING.date() + timedelta(days=last)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert evidence in plain(parse(answer.text).find(".//main"))
    assert "Salle des fêtes" in text_of(answer)


def test_five_people_come_first_and_the_others_on_demand(as_trainer, cohort):
    for learner in make_learners(cohort, 7):
        make_stopped(learner)

    page = as_trainer.get("tracking.cohort", cohort_id=cohort.id)
    everyone = as_trainer.get("tracking.cohort", cohort_id=cohort.id, needs="all")

    assert "7 personnes" in text_of(page)
    assert "Tout voir" in text_of(page)
    assert (len(reasons_of(page)), len(reasons_of(everyone))) == (5, 7)
    assert "Tout voir" not in text_of(everyone)


def test_two_people_of_one_name_are_told_apart(as_trainer, cohort):
    first, *_others, second = make_learners(cohort, 6)

    for view in ({}, {"view": "table"}):
        answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id, **view)
        names = [
            said(row.find("th"))
            for row in rows_of(answer, "cards" if view else "grid-table")
        ]
        assert f"{first.name} {first.login}" in names
        assert f"{second.name} {second.login}" in names
        assert "Luc Moreau" in names


def test_the_same_is_there_in_a_table_and_by_name(as_trainer, cohort):
    ines, elodie = make_learners(cohort, 2)
    make_near(ines)

    answer = as_trainer.get(
        "tracking.cohort", cohort_id=cohort.id, view="table", order="name"
    )

    rows = rows_of(answer, "cards")
    assert [said(row.find("th")) for row in rows] == [elodie.name, ines.name]
    assert "Fait" in said(rows[1])
    assert rows_of(answer) == []
    assert "order=name" in answer.text


def test_a_large_cohort_costs_six_statements(as_trainer, cohort, count_queries):
    make_learners(cohort, 60)
    as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    with count_queries() as sent:
        first = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert len(sent) <= 6
    assert names_in(first) == 50
    second = as_trainer.get("tracking.cohort", cohort_id=cohort.id, page=2)
    assert names_in(second) == 10
    beyond = as_trainer.get("tracking.cohort", cohort_id=cohort.id, page=10**30)
    assert beyond.status_code == 200


def test_a_wide_course_shows_modules_and_opens_one(app, tmp_path, as_trainer, grace):
    publish(tmp_path, many_modules(5))
    cohort = make_cohort(60, trainer=grace)

    whole = as_trainer.get("tracking.cohort", cohort_id=cohort.id)
    one = as_trainer.get("tracking.cohort", cohort_id=cohort.id, module="essai3")
    none = as_trainer.get("tracking.cohort", cohort_id=cohort.id, module="rien")

    heads = parse(whole.text).findall(".//table[@class='grid-table']/thead/tr/th")
    assert len(heads) == 1 + 5 + 1
    assert "module=essai3" in whole.text
    assert len(parse(one.text).findall(".//table[@class='grid-table']//th/span")) >= 3
    assert none.status_code == 404


def test_a_closed_cohort_is_still_readable(as_trainer, cohort):
    make_learners(cohort, 1)
    centres.close_cohort(cohort)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert "poster" not in answer.text


def test_a_learner_is_seen_module_by_module(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    quiet = as_trainer.get("tracking.learner", cohort_id=cohort.id, user_id=ines.id)
    did(ines, Verb.READ, "premiere")
    did(ines, Verb.TRIED, "seconde", share=1.0)
    attempt = make_attempt(ines)
    make_attempt(ines, mode="practice")
    did(ines, Verb.PASSED, "essai", share=0.8)

    answer = as_trainer.get("tracking.learner", cohort_id=cohort.id, user_id=ines.id)

    assert "Couper le réseau" in text_of(quiet)
    assert f"/attempts/{attempt.id}" in answer.text
    assert "Porter plainte" in text_of(answer)


def test_what_is_no_longer_published_is_still_told(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    did(ines, Verb.READ, "ancienne")

    answer = as_trainer.get("tracking.learner", cohort_id=cohort.id, user_id=ines.id)

    assert "ancienne" in text_of(answer)


@pytest.mark.parametrize("end", [True, False])
def test_an_attempt_shows_each_answer(as_trainer, cohort, end):
    [ines] = make_learners(cohort, 1)
    attempt = make_attempt(ines, end=end)

    answer = as_trainer.get(
        "tracking.attempt",
        cohort_id=cohort.id,
        user_id=ines.id,
        attempt_id=attempt.id,
    )

    assert len(parse(answer.text).findall(".//dd")) == 2
    assert ines.name in said(parse(answer.text).find(".//h1"))


def test_only_ones_own_learners_exist(as_trainer, grace, cohort):
    [ines] = make_learners(cohort, 1)
    attempt = make_attempt(ines)
    other = make_cohort(1)
    stranger = make_user("Inconnue")
    theirs = make_attempt(stranger)

    def status(endpoint, **ids):
        return as_trainer.get(endpoint, **ids).status_code

    page, learner, sat = "tracking.cohort", "tracking.learner", "tracking.attempt"
    assert status(page, cohort_id=other.id) == 404
    assert status(page, cohort_id=0) == 404
    assert as_trainer.get(f"/cohorts/{10**30}").status_code == 404
    for cohort_id, user_id in (
        (cohort.id, stranger.id),
        (cohort.id, grace.id),
        (other.id, ines.id),
    ):
        assert status(learner, cohort_id=cohort_id, user_id=user_id) == 404
        assert (
            status(sat, cohort_id=cohort_id, user_id=user_id, attempt_id=attempt.id)
            == 404
        )
    for attempt_id in (theirs.id, 0):
        mine = {"cohort_id": cohort.id, "user_id": ines.id}
        assert status(sat, **mine, attempt_id=attempt_id) == 404


def test_a_whole_module_says_its_stamp(app, tmp_path, as_trainer, grace):
    publish(tmp_path, many_modules(2))
    cohort = make_cohort(trainer=grace)
    [ines] = make_learners(cohort, 1)
    did(ines, Verb.PASSED, "essai2", seconds=3700, share=1)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    [row] = rows_of(answer)
    assert "Fait · 1 h 02 · 100 % · tampon le 23 novembre" in plain(row)


def test_a_long_question_is_quoted_by_its_beginning(as_trainer, cohort, monkeypatch):
    monkeypatch.setattr(evidence, "LONGEST_QUOTE", 12)
    [ines] = make_learners(cohort, 1)
    make_stuck(ines)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert "de suite à « Un PC… »" in plain(parse(answer.text).find(".//main"))


def test_nobody_is_told_to_help_a_pseudonym(cohort, as_trainer):
    [person] = make_learners(cohort, 1)
    clock.set_to(MORNING + timedelta(days=20))
    where = {"cohort_id": cohort.id, "user_id": person.id}
    before = text_of(as_trainer.get("tracking.learner", **where))
    erase(person, by=None)

    many = as_trainer.get("tracking.cohort", cohort_id=cohort.id)
    one = as_trainer.get("tracking.learner", **where)

    assert "Un court message" in before
    for page in (many, one):
        assert "Anonyme" in text_of(page)
        assert "Un court message" not in text_of(page)
