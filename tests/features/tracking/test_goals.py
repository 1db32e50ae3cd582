"""Which goals of a lab a cohort misses, and what its trainer may say."""

import pytest

from course.domain.text import Text
from course.domain.visibility import Mode
from course.features.tracking import goals
from course.features.tracking.goals import practical_of
from tests.make import lab as labs
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.ran import given_up, judged, play
from tests.make.toys import goal, toy_lab
from tests.page import parse, said


@pytest.fixture
def lab(small_library):
    """A compulsory goal, and one that is not."""
    hints = (Text(fr="Regardez.", en="Look."),)
    first = goal("lampe", "toy.lamp is on", required=True, hints=hints)
    return toy_lab(goal("envoi", "toy.sent has cup"), first)


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace, name="Boulangers")


def tallies(cohort, lab):
    found = practical_of(cohort.id, lab)
    return {each.goal.name: each for each in found.tallies}


def test_a_cohort_that_did_nothing_misses_nothing(cohort, lab):
    make_learners(cohort, 2)

    found = practical_of(cohort.id, lab)

    assert (found.runs, found.hardest, found.most_helped) == (0, None, None)
    assert [each.share for each in found.tallies] == [0, 0]


def test_the_last_check_counts_else_the_last_practice(cohort, lab):
    ines, elodie = make_learners(cohort, 2)
    judged(ines, {"lampe": 0, "envoi": 0})
    judged(ines, {"lampe": 1, "envoi": 0})
    judged(ines, {"lampe": 0, "envoi": 0}, mode=Mode.PRACTICE)
    judged(elodie, {"lampe": 0, "envoi": 0}, mode=Mode.PRACTICE)
    judged(elodie, {"lampe": 1, "envoi": 0}, mode=Mode.PRACTICE)

    found = tallies(cohort, lab)

    assert (found["lampe"].runs, found["lampe"].reached) == (2, 2)
    assert (found["envoi"].missed, found["envoi"].share) == (2, 0)


def test_who_missed_a_goal_is_named_with_the_run_that_shows_it(cohort, lab):
    ines, elodie, zoe = make_learners(cohort, 3)
    run = judged(ines, {"lampe": 0.5, "envoi": 1})
    judged(zoe, {"lampe": 0, "envoi": 1})
    judged(zoe, {"lampe": 0, "envoi": 1})
    judged(elodie, {"lampe": 1, "envoi": 1})

    found = tallies(cohort, lab)

    people = found["lampe"].people
    assert [(one.name, bool(one.again)) for one in people] == [
        (zoe.name, True),  # who is stuck comes first
        (ines.name, False),
    ]
    assert people[1].run_id == run.id
    assert found["envoi"].people == []


def test_only_so_many_are_named(cohort, lab, monkeypatch):
    monkeypatch.setattr(goals, "MOST_NAMES", 2)
    for learner in make_learners(cohort, 5):
        judged(learner, {"lampe": 0, "envoi": 1})

    each = tallies(cohort, lab)["lampe"]

    assert (len(each.people), each.others) == (2, 3)


def test_people_of_other_cohorts_and_other_labs_are_left_out(cohort, lab):
    [ines] = make_learners(cohort, 1)
    judged(make_user("Eve"), {"lampe": 0, "envoi": 0})
    judged(ines, {"lampe": 0, "envoi": 0}, lab="autre")
    judged(ines, {"lampe": 1, "envoi": 1, "disparu": 0})

    found = tallies(cohort, lab)

    reached = {name: each.reached for name, each in found.items()}
    assert reached == {"lampe": 1, "envoi": 1}


def test_a_compulsory_goal_is_talked_about_before_others(cohort, lab):
    ines, elodie = make_learners(cohort, 2)
    judged(ines, {"lampe": 0, "envoi": 0}, hints={"lampe": 1})
    judged(elodie, {"lampe": 1, "envoi": 0})

    found = practical_of(cohort.id, lab)

    assert [each.goal.name for each in found.tallies] == ["envoi", "lampe"]
    assert found.hardest.goal.name == "lampe"
    assert found.most_helped.goal.name == "lampe"


def test_without_a_compulsory_one_the_hardest_is_talked_about(cohort, lab):
    [ines] = make_learners(cohort, 1)
    judged(ines, {"lampe": 1, "envoi": 0})

    assert practical_of(cohort.id, lab).hardest.goal.name == "envoi"


@pytest.mark.parametrize("learners", [2, 20])
def test_the_goals_of_a_cohort_are_two_statements(cohort, lab, count_queries, learners):
    for learner in make_learners(cohort, learners):
        judged(learner, {"lampe": 0, "envoi": 0})

    with count_queries() as sent:
        practical_of(cohort.id, lab)

    assert len(sent) == 2, sent


# ── the page


def text_of(answer):
    words = said(parse(answer.text).find(".//main"))
    return " ".join(words.replace("\u202f", " ").replace("\xa0", " ").split())


def page_of(browser, cohort, **more):
    return browser.get("tracking.missed", cohort_id=cohort.id, **more)


def test_without_a_lab_the_cohort_has_no_link_to_its_goals(
    as_trainer, cohort, small_library
):
    make_learners(cohort, 1)

    page = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert "/goals" not in page.text
    assert "Aucun atelier n’est encore publié" in text_of(page_of(as_trainer, cohort))


def test_a_cohort_leads_to_the_goals_of_its_labs(as_trainer, cohort, library):
    make_learners(cohort, 1)

    page = as_trainer.get("tracking.cohort", cohort_id=cohort.id)

    assert f"/cohorts/{cohort.id}/goals" in page.text
    assert "Personne n’a encore terminé" in text_of(page_of(as_trainer, cohort))


def test_the_page_says_what_is_missed_by_whom_and_what_to_say(
    as_trainer, cohort, library
):
    ines, elodie, *_others, other_ines = make_learners(cohort, 6)
    assert ines.name == other_ines.name
    play(ines, "placard")
    run = play(ines, "placard", hints=("second-poste",))
    play(other_ines, "placard")
    given_up(elodie)
    play(elodie, mode=Mode.PRACTICE)

    page = page_of(as_trainer, cohort)

    words = text_of(page)
    assert "Montrez ceci une fois, ensemble : « Le poste attaqué" in words
    assert "1 sur 3 l’ont atteint" in words
    assert f"{ines.name} {ines.login} (plusieurs fois)" in words
    assert f"/learners/{ines.id}/runs/{run.id}" in page.text
    assert "1 personne a lu ses indices." in words


def test_when_nothing_is_missed_there_is_a_good_word_to_say(
    as_trainer, cohort, library
):
    [ines] = make_learners(cohort, 1)
    play(ines)

    assert "Tout le monde atteint tous les buts." in text_of(
        page_of(as_trainer, cohort)
    )


def test_many_names_are_shortened(as_trainer, cohort, library, monkeypatch):
    monkeypatch.setattr(goals, "MOST_NAMES", 1)
    for learner in make_learners(cohort, 3):
        judged(learner, {"protection": 0}, lab="console")

    assert "et 2 autres" in text_of(page_of(as_trainer, cohort))


def test_one_chooses_among_several_labs(as_trainer, cohort, library):
    page = page_of(as_trainer, cohort, lab="envoi")

    links = [link.get("href") for link in parse(page.text).findall(".//main//a")]
    assert f"/cohorts/{cohort.id}/goals?lab=console" in links
    assert f"/cohorts/{cohort.id}/goals?lab=envoi" not in links
    assert page_of(as_trainer, cohort, lab="absent").status_code == 404


def test_the_only_lab_is_named(as_trainer, cohort, tmp_path):
    labs.publish_lab(tmp_path)
    [ines] = make_learners(cohort, 1)

    empty = text_of(page_of(as_trainer, cohort))
    labs.passed(ines)
    full = text_of(page_of(as_trainer, cohort))

    assert "La console" in empty
    assert "La console · 1 apprenant l’a terminé" in full


def test_a_lab_offered_to_go_further_is_followed_too(as_trainer, cohort, tmp_path):
    labs.publish_beside(tmp_path)
    [ines] = make_learners(cohort, 1)
    labs.passed(ines)

    assert "La console · 1 apprenant l’a terminé" in text_of(
        page_of(as_trainer, cohort)
    )


def test_the_labs_of_a_module_come_before_those_of_the_next(library):
    found = [lab.key for lab in goals.labs_of(library)]

    assert found == ["console", "devis", "recues", "envoi"]


@pytest.mark.parametrize("learners", [1, 12])
def test_the_page_costs_four_statements(
    as_trainer, cohort, library, count_queries, learners
):
    for learner in make_learners(cohort, learners):
        judged(learner, {"protection": 0}, lab="console")
    page_of(as_trainer, cohort)

    with count_queries() as sent:
        page_of(as_trainer, cohort)

    assert len(sent) == 4, sent
