"""What a trainer sees of a cohort, of a learner, of an attempt."""

from datetime import timedelta

import pytest

from course.base import clock
from course.features.centre import services as centres
from course.features.progress.services import Verb
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.library import publish
from tests.make.tracking import did, make_attempt, many_modules
from tests.page import parse, said


@pytest.fixture
def cohort(small_library, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def text_of(answer):
    return " ".join(said(parse(answer.text).find(".//main")).split())


def test_an_empty_cohort_says_how_to_bring_people_in(as_trainer, cohort):
    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert cohort.code in text_of(answer)
    assert f"/cohorts/{cohort.id}/poster" in answer.text


def test_a_cohort_shows_each_learner_and_who_comes_first(as_trainer, cohort):
    ines, elodie = make_learners(cohort, 2)
    did(ines, Verb.READ, "premiere")
    for day in range(3):
        did(elodie, Verb.FAILED, "essai", MORNING - timedelta(days=day), share=0.4)

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    tree = parse(answer.text)
    [picture] = tree.findall(".//table[@class='grid-table']")
    cells = [td.get("class") for td in picture.findall(".//tbody/tr[2]/td")]
    assert cells == ["done", "todo", "todo", "note"]
    assert elodie.name in said(tree.find(".//ul[@class='reasons']"))
    assert "40" in text_of(answer)


@pytest.mark.parametrize(
    ("verb", "keys"),
    [(Verb.READ, ("premiere", "seconde")), (Verb.TRIED, ("premiere",))],
)
def test_why_somebody_comes_first_is_said(as_trainer, cohort, verb, keys):
    [ines] = make_learners(cohort, 1)
    for key in keys:
        did(ines, verb, key)
    clock.set_to(MORNING + timedelta(days=0 if verb == Verb.READ else 9))

    answer = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert ines.name in said(parse(answer.text).find(".//ul[@class='reasons']"))


def test_a_large_cohort_costs_six_statements(as_trainer, cohort, count_queries):
    make_learners(cohort, 60)
    as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    with count_queries() as sent:
        first = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert len(sent) <= 6
    assert first.text.count("/learners/") == 50
    second = as_trainer.get("tracking.cohort", cohort_id=cohort.id, page=2)
    assert second.text.count("/learners/") == 10
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
