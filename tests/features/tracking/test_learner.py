"""The page of a learner: minutes, visits, notes that can be read."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.rights import Role, Scope
from course.domain.visibility import Mode
from course.features.account import services as accounts
from course.features.progress.services import Verb
from course.features.tracking import queries, services, views
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.quiz import answer, start
from tests.make.tracking import did, make_attempt
from tests.page import parse, said


@pytest.fixture
def cohort(small_library, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def text_of(answer):
    return said(parse(answer.text).find(".//main"))


def plain(element):
    """Its text with plain spaces."""
    return " ".join(said(element).replace("\u202f", " ").replace("\xa0", " ").split())


def learner_page(browser, cohort, user, **more):
    return browser.get("tracking.learner", cohort_id=cohort.id, user_id=user.id, **more)


def test_a_learner_s_time_and_stamps_are_said_module_by_module(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    did(ines, Verb.READ, "premiere", seconds=125)
    did(ines, Verb.PASSED, "essai", seconds=60, share=0.699)

    tree = parse(learner_page(as_trainer, cohort, ines).text)

    module = plain(tree.find(".//*[@id='module-essai']"))
    assert "Temps passé : 4 min · tampon le 23 novembre" in module
    assert "69 %" in module  # never rounded up


def test_visits_are_told_day_by_day_with_their_minutes(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    clock.set_to(MORNING - timedelta(days=1))
    did(ines, Verb.READ, "premiere")
    clock.set_to(MORNING)
    attempt = start(ines, Mode.PRACTICE)
    for minutes in (2, 4):
        clock.set_to(MORNING + timedelta(minutes=minutes))
        answer(attempt, "delai", "72", f"after-{minutes}")
    for _time in range(2):
        clock.set_to(clock.now() + timedelta(minutes=1))
        did(ines, Verb.TRIED, "seconde")

    page = plain(parse(learner_page(as_trainer, cohort, ines).text).find(".//main"))

    assert "Lundi 23 novembre 2026 10 h 00 · 7 min A commencé le quiz" in page
    assert "A donné 2 réponses au quiz « Essai : le quiz »." in page
    assert "(2 fois)" in page
    assert page.index("Lundi 23") < page.index("Dimanche 22 novembre 2026")


def test_what_was_done_and_the_attempts_come_page_by_page(
    as_trainer, cohort, monkeypatch
):
    monkeypatch.setattr(queries, "EVENTS", 2)
    monkeypatch.setattr(views, "SAT", 1)
    [ines] = make_learners(cohort, 1)
    for minutes in range(3):
        clock.set_to(MORNING + timedelta(minutes=minutes))
        did(ines, Verb.TRIED, "premiere")
    make_attempt(ines)
    make_attempt(ines, mode="practice")

    first = learner_page(as_trainer, cohort, ines)
    second = learner_page(as_trainer, cohort, ines, page=2, sat=2)
    beyond = learner_page(as_trainer, cohort, ines, page=99, sat=99)

    assert "page=2" in first.text
    assert "sat=2" in first.text
    assert "page=3" in second.text
    assert "sat=1" in second.text
    assert "sat=3" not in second.text
    assert "rien de plus ancien" in text_of(beyond)
    assert "pas de tentative plus ancienne" in text_of(beyond)


@pytest.mark.parametrize("much", [1, 12])
def test_a_learner_costs_twelve_statements_whatever_was_done(
    as_trainer, cohort, grace, count_queries, much
):
    [ines] = make_learners(cohort, 1)
    for _time in range(much):
        make_attempt(ines, mode="practice")
        services.add_note(grace, ines.id, "Un mot")
    learner_page(as_trainer, cohort, ines)

    with count_queries() as sent:
        learner_page(as_trainer, cohort, ines)

    # One more tells the minutes of the runs, when there are some.
    assert len(sent) == 12, sent


# ── notes


def keep(browser, cohort, user, text):
    where = {"cohort_id": cohort.id, "user_id": user.id}
    return browser.post("tracking.note_add", **where, data={"text": text})


def test_a_note_is_kept_and_read_by_the_learner(app, as_trainer, cohort):
    [ines] = make_learners(cohort, 1)
    words = "Vue mardi.\r\n<script>alert(1)</script> & à rappeler"

    went = keep(as_trainer, cohort, ines, words)

    assert went.location.endswith(f"/learners/{ines.id}#notes")
    hers = app.test_client().sign_in(ines).get("tracking.notes")
    for page in (learner_page(as_trainer, cohort, ines), hers):
        assert "<script>alert" not in page.text
        assert "<script>alert(1)</script> & à rappeler" in text_of(page)
        assert "Grace Hopper · 23/11/2026" in text_of(page)


def test_the_page_says_that_the_learner_reads_it(as_trainer, cohort):
    [ines] = make_learners(cohort, 1)

    assert f"{ines.name} peut lire ces notes." in text_of(
        learner_page(as_trainer, cohort, ines)
    )


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_note_that_cannot_be_kept_says_what_to_do(as_trainer, cohort, text):
    [ines] = make_learners(cohort, 1)

    page = keep(as_trainer, cohort, ines, text)

    assert page.status_code == 422
    assert parse(page.text).find(".//*[@role='alert']") is not None
    assert queries.notes_about(ines.id) == []


def test_who_wrote_a_note_takes_it_back_and_who_administrates(
    app, as_trainer, as_admin, grace, cohort
):
    [ines] = make_learners(cohort, 1)
    colleague = make_user("Collègue", role=Role.TRAINER)
    accounts.grant(colleague, Role.TRAINER, Scope.COHORT, cohort.id)
    others = app.test_client().sign_in(colleague)
    where = {"cohort_id": cohort.id, "user_id": ines.id}

    for browser in (as_trainer, as_admin):
        note = services.add_note(grace, ines.id, "Un mot")
        seen = learner_page(others, cohort, ines)
        refused = others.post("tracking.note_remove", **where, note_id=note.id)
        went = browser.post("tracking.note_remove", **where, note_id=note.id)
        again = browser.post("tracking.note_remove", **where, note_id=note.id)

        assert "Un mot" in text_of(seen)
        assert "/removal" not in seen.text
        assert (refused.status_code, went.status_code, again.status_code) == (
            *(403, 302, 302),
        )
        assert queries.notes_about(ines.id) == []


def test_who_has_no_note_reads_why(as_learner):
    page = as_learner.get("tracking.notes")

    assert "Pas encore de note" in text_of(page)


def test_reading_one_s_notes_costs_two_statements(
    as_learner, ada, grace, count_queries
):
    for _time in range(3):
        services.add_note(grace, ada.id, "Un mot")

    with count_queries() as sent:
        as_learner.get("tracking.notes")

    assert len(sent) == 2, sent
