"""What becomes of each goal of a lab, for its author."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.text import Text
from course.domain.visibility import Mode
from course.features.author import goals
from course.features.author.goals import Flag, report_on
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.make.ran import given_up, judged, play
from tests.make.toys import goal, toy_lab
from tests.page import parse, said

HINTS = (Text(fr="Regardez.", en="Look."), Text(fr="Appuyez.", en="Press."))


@pytest.fixture
def lab(small_library):
    """Two goals, the first of which has two hints."""
    first = goal("lampe", "toy.lamp is on", required=True, hints=HINTS)
    return toy_lab(first, goal("envoi", "toy.sent has cup"))


def figures(lab, mode=None):
    return {each.goal.name: each for each in report_on(lab, mode).figures}


def test_a_lab_that_nobody_ended_has_no_figures(lab, ada):
    report = report_on(lab)

    assert (report.runs, report.few, report.full, report.again) == (0, True, False, [])
    each = report.figures[0]
    assert (each.share_reached, each.average, each.share_of_hint(1)) == (0, 0, 0)
    assert (each.share_first, each.median) == (None, None)


def test_each_goal_says_how_many_reach_it_and_what_it_brings(lab, ada):
    judged(ada, {"lampe": 1, "envoi": 0.5})
    judged(ada, {"lampe": 1, "envoi": 0})
    judged(make_user("Eve"), {"lampe": 0, "envoi": 1})

    found = figures(lab)

    assert found["lampe"].runs == 3
    assert found["lampe"].share_reached == pytest.approx(2 / 3)
    assert found["envoi"].share_reached == pytest.approx(1 / 3)
    assert found["envoi"].average == pytest.approx(0.5)


def test_only_a_learner_s_first_run_is_a_first_try(lab, ada):
    judged(ada, {"lampe": 0, "envoi": 1})
    judged(ada, {"lampe": 1, "envoi": 1})
    judged(make_user("Eve"), {"lampe": 1, "envoi": 0})

    found = figures(lab)

    assert found["lampe"].share_first == 0.5
    assert found["envoi"].share_first == 0.5


@pytest.mark.parametrize(
    ("seconds", "median"), [([30], 30), ([10, 500, 30], 30), ([40, 10, 30, 20], 20)]
)
def test_the_median_is_of_those_who_reach_the_goal(lab, seconds, median):
    for spent in seconds:
        reached = {"lampe": 1, "envoi": 0}
        judged(make_user("Ada"), reached, seconds={"lampe": spent, "envoi": 9})

    found = figures(lab)

    assert found["lampe"].median == median
    assert found["envoi"].median is None


def test_hints_are_counted_one_by_one(lab, ada):
    for read in (0, 1, 2, 2):
        judged(ada, {"lampe": 1, "envoi": 1}, hints={"lampe": read})

    each = figures(lab)["lampe"]

    assert [each.share_of_hint(place) for place in (1, 2, 3)] == [0.75, 0.5, 0]


def test_runs_of_one_mode_or_of_another_lab_can_be_left_out(lab, ada):
    judged(ada, {"lampe": 1, "envoi": 1})
    judged(ada, {"lampe": 0, "envoi": 1}, mode=Mode.PRACTICE)
    judged(ada, {"lampe": 0, "envoi": 0}, lab="autre")

    assert figures(lab, "check")["lampe"].share_reached == 1
    assert figures(lab, "practice")["lampe"].share_reached == 0
    assert figures(lab)["lampe"].runs == 2


def test_a_goal_of_an_older_text_is_left_aside(lab, ada):
    judged(ada, {"lampe": 1, "envoi": 1, "disparu": 0})

    assert set(figures(lab)) == {"lampe", "envoi"}


def test_goals_to_read_again_are_told_once_there_are_ten_runs(lab, ada):
    reached = {"lampe": 0, "envoi": 1}
    for _time in range(9):
        judged(ada, reached, hints={"envoi": 1})
    assert report_on(lab).again == []

    judged(ada, reached, hints={"envoi": 1})

    report = report_on(lab)
    assert not report.few
    assert [(each.goal.name, each.flags) for each in report.again] == [
        ("lampe", (Flag.RARE,)),
        ("envoi", (Flag.HINTS,)),
    ]


def test_only_the_last_runs_are_counted(lab, ada, monkeypatch):
    monkeypatch.setattr(goals, "MOST", 2)
    for minutes, share in enumerate((0, 1, 1)):
        at = MORNING + timedelta(minutes=minutes)
        judged(ada, {"lampe": share, "envoi": 1}, at=at)

    report = report_on(lab)

    assert (report.runs, report.full) == (2, True)
    assert report.figures[0].share_reached == 1
    assert report.figures[0].share_first is None  # it is older


@pytest.mark.parametrize("much", [1, 30])
def test_a_report_is_one_statement_whatever_was_done(lab, ada, count_queries, much):
    for _time in range(much):
        judged(ada, {"lampe": 1, "envoi": 0})

    with count_queries() as sent:
        report_on(lab)

    assert len(sent) == 1, sent


# ── the page


def text_of(answer):
    return said(parse(answer.text).find(".//main")).replace("\u202f", " ")


def test_contents_lead_to_the_goals_of_a_lab(as_admin, library):
    assert "/content/lab/console/goals" in as_admin.get("author.contents").text


def test_a_lab_that_nobody_ended_says_what_will_be_here(as_admin, library):
    page = as_admin.get("author.goals", key="console")

    assert "Personne n’a encore terminé" in text_of(page)


def test_few_runs_are_told_to_be_few(as_admin, library, ada):
    play(ada, "placard", hints=("second-poste",))
    given_up(ada)

    page = as_admin.get("author.goals", key="console")

    words = text_of(page)
    assert "1 essai a été terminé." in words
    assert "ces chiffres disent encore peu" in words
    assert "à relire" not in words.replace("les buts à relire", "")


def test_goals_to_read_again_come_first(as_admin, library, ada):
    names = [goal.name for goal in library.lab("console").goals]
    for _time in range(10):
        reached = dict.fromkeys(names, 1) | {"second-poste": 0, "analyse": 0}
        hints = {"protection": 1}
        seconds = dict.fromkeys(names, 30) | {"prevenir": 130}
        judged(ada, reached, lab="console", hints=hints, seconds=seconds)

    page = as_admin.get("author.goals", key="console")

    words = text_of(page)
    assert "3 buts" in words
    assert "30 s" in words
    assert "2 min" in words
    assert words.index("À relire") < words.index("But par but")


def test_figures_can_be_those_of_checks_alone(as_admin, library, ada):
    for _time in range(10):
        names = [goal.name for goal in library.lab("console").goals]
        judged(ada, dict.fromkeys(names, 1), lab="console")

    checks = as_admin.get("author.goals", key="console", mode="check")
    practices = as_admin.get("author.goals", key="console", mode="practice")
    odd = as_admin.get("author.goals", key="console", mode="junk")

    assert "10 essais ont été terminés." in text_of(checks)
    assert "Aucun but ne se détache" in text_of(checks)
    assert "Personne n’a encore terminé" in text_of(practices)
    assert "10 essais ont été terminés." in text_of(odd)


def test_when_older_runs_are_left_out_the_page_says_so(
    as_admin, library, ada, monkeypatch
):
    monkeypatch.setattr(goals, "MOST", 1)
    for _time in range(2):
        clock.set_to(clock.now() + timedelta(minutes=1))
        judged(ada, {"protection": 1}, lab="console")

    page = as_admin.get("author.goals", key="console")

    assert "Les derniers essais terminés : 1." in text_of(page)


def test_a_lab_that_is_not_published_has_no_page(as_admin, small_library):
    assert as_admin.get("author.goals", key="console").status_code == 404
