"""A run seen again by who follows the learner, step by step."""

import pytest
from flask import current_app

from course.base import clock
from course.base.db import db, transaction
from course.domain.lab import Action as Deed
from course.domain.visibility import Mode
from course.features.catalogue.models import Revision
from course.features.lab import services
from course.features.lab.models import Action, Run
from course.features.tracking import replay, views
from course.features.tracking.replay import Replay, Stored, replay_of
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.ran import given_up, play, raw
from tests.page import parse, said


@pytest.fixture
def cohort(library, grace):
    """Followed by Grace, in which Inès learns."""
    return make_cohort(trainer=grace, name="Boulangers")


@pytest.fixture
def ines(cohort):
    [learner] = make_learners(cohort, 1)
    return learner


def at(run: Run, step: int | None = None) -> Replay:
    found = replay_of(run.user_id, run.id, step, "fr")
    assert isinstance(found, Replay)
    return found


def names(goals, **wanted):
    return {
        each.goal.name
        for each in goals
        if all(getattr(each, name) == value for name, value in wanted.items())
    }


def test_a_replay_opens_at_the_end_and_stays_within_the_run(ines):
    run = play(ines, "placard")

    assert at(run).step == at(run).last == 9
    assert (at(run, 0).here, at(run, -3).step, at(run, 99).step) == (None, 0, 9)
    assert at(run, 0).world == at(run).opened.play.began


def test_each_step_says_what_it_reached(ines):
    run = play(ines, "plein")

    start, first, end = at(run, 0), at(run, 1), at(run)

    assert names(start.goals, reached=True) == set()
    assert names(first.goals, fresh=True) == {"protection"}
    assert all(each.reached for each in end.goals)
    assert start.sprung == []


def test_a_step_says_what_it_undid(ines):
    run = play(ines, "cheval-restaure", end=False)
    do(run, "antivirus.protect", on="no")

    assert names(at(run).goals, lost=True) >= {"protection"}


def do(run: Run, what: str, **fields: str) -> None:
    """One more act."""
    sent = {name: [value] for name, value in fields.items()}
    services.act(run.user_id, run.id, what, sent, f"more-{clock.now()}-{what}"[:30])


def test_a_consequence_is_told_at_the_step_that_sprang_it(ines):
    run = play(ines, "placard")

    sprung = [[one.name for one in at(run, step).sprung] for step in range(1, 10)]

    assert sprung == [[]] * 7 + [["placard"], []]


def test_hints_are_counted_up_to_the_step(ines):
    run = play(ines, hints=("protection", "protection", "analyse"))

    read = [
        {each.goal.name: each.hints for each in at(run, step).goals if each.hints}
        for step in (0, 1, 2, 3)
    ]

    assert read == [
        *({}, {"protection": 1}, {"protection": 2}),
        {"protection": 2, "analyse": 1},
    ]
    assert at(run, 2).here.hint[1] == 2


def test_what_was_taken_back_is_told(ines):
    run = play(ines, "placard-annule", end=False)
    told = [each for each in at(run).lines if each.undone]

    assert len(told) == 1
    assert told[0].undone.action.name == "move"


def test_what_the_learner_saw_is_seen_unless_one_looks_elsewhere(ines):
    run = play(ines, "plein")

    for step in range(at(run).last + 1):
        assert set(at(run, step).view({})) <= {"at", "panel", "plan", "scan"}
    assert at(run).view({"unknown": "x"}) == at(run).view({})


def test_somebody_else_s_run_is_not_there(ines):
    run = play(ines)

    assert replay_of(make_user("Eve").id, run.id, None, "fr") is None


def test_a_replay_is_two_statements_however_long(ines, count_queries):
    run = play(ines, hints=("protection",))
    db.session.close()
    at(run)

    with count_queries() as sent:
        at(run)

    assert len(sent) == 2, sent


# ── what cannot be played again


def spoil(run: Run, **fields: object) -> None:
    """Change what is stored of a run."""
    with transaction():
        kept = db.session.get_one(Run, run.id)
        for name, value in fields.items():
            setattr(kept, name, value)


def test_an_action_that_is_refused_today_is_told_to_be_so(ines):
    run = play(ines, "plein")
    with transaction():
        first = db.session.query(Action).filter_by(run_id=run.id, position=1).one()
        first.name = "vanished"

    found = at(run, 1)

    assert found.here.skipped
    assert found.other_version
    assert names(found.goals, reached=True) == set()
    assert set(found.view({})) == set()


def test_another_version_of_a_simulator_is_told(ines):
    run = play(ines, "plein")
    assert not at(run).other_version

    spoil(run, versions={"antivirus": 0})

    assert at(run).other_version


def test_a_run_whose_text_is_no_longer_a_lab_shows_what_was_kept(ines):
    run = play(ines, "placard")
    unreadable(run)

    found = replay_of(ines.id, run.id, None, "fr")

    assert isinstance(found, Stored)
    assert len(found.actions) == 9
    assert found.outcomes["second-poste"].reached == 0
    assert replay_of(make_user("Eve").id, run.id, None, "fr") is None


def unreadable(run: Run) -> None:
    """As a text of long ago would be once labs are written otherwise."""
    with transaction():
        revision = db.session.get_one(Revision, run.revision_id)
        revision.source = {"lessons/1-antivirus/console.lab.fr.md": "# Console"}
    for kept in ("labs", "sources"):
        current_app.extensions.pop(kept, None)


# ── the page


def text_of(answer):
    words = said(parse(answer.text).find(".//main"))
    return " ".join(words.replace("\u202f", " ").replace("\xa0", " ").split())


def page_of(browser, cohort, run, **more):
    where = {"cohort_id": cohort.id, "user_id": run.user_id, "run_id": run.id}
    return browser.get("tracking.run", **where, **more)


def test_a_step_shows_the_desk_the_goals_and_the_list(as_trainer, cohort, ines):
    run = play(ines, "placard", hints=("second-poste",))

    page = page_of(as_trainer, cohort, run, step=9)

    words = text_of(page)
    assert "Étape 9 sur 10" in words
    assert "Le PC au placard" in words
    assert "pas atteint · obligatoire · 1 indice lu" in words
    assert f"Ici, « vous » désigne {ines.name}." in words
    main = parse(page.text).find(".//main")
    current = main.findall(".//*[@aria-current='step']")
    assert len(current) == 1
    assert main.findall(".//form") == []
    pressed = [one for one in main.iter("button") if one.get("disabled") is None]
    inside = {id(b) for f in main.iter("fieldset") for b in f.iter("button")}
    assert [one for one in pressed if id(one) not in inside] == []


def links(answer):
    nav = parse(answer.text).find(".//nav[@aria-label='Les étapes de cet essai']")
    return [said(link) for link in nav.iter("a")]


def test_one_goes_from_step_to_step_with_links(as_trainer, cohort, ines):
    run = play(ines, "plein")

    assert links(page_of(as_trainer, cohort, run)) == ["Début", "Étape précédente"]
    assert links(page_of(as_trainer, cohort, run, step=0)) == [
        *("Étape suivante", "Fin")
    ]
    assert len(links(page_of(as_trainer, cohort, run, step=4))) == 4
    assert "Avant la première étape" in text_of(
        page_of(as_trainer, cohort, run, step=0)
    )
    assert page_of(as_trainer, cohort, run, step="junk").status_code == 200


def test_every_step_of_every_sample_can_be_shown(as_trainer, cohort, ines):
    for sample in ("placard-annule", "cheval-restaure", "attaque-d-abord"):
        run = play(ines, sample)
        for step in range(run.count + 1):
            assert page_of(as_trainer, cohort, run, step=step).status_code == 200


def test_a_long_run_is_listed_by_parts(as_trainer, cohort, ines, monkeypatch):
    monkeypatch.setattr(replay, "SHOWN", 4)
    run = play(ines, "plein")

    first, middle, last = (
        text_of(page_of(as_trainer, cohort, run, step=step)) for step in (0, 5, 10)
    )

    assert "Étapes d’avant" not in first
    assert "Étapes d’après" in first
    assert "Étapes d’avant" in middle
    assert "Étapes d’après" in middle
    assert "Étapes d’après" not in last


def test_an_untouched_run_says_so(as_trainer, cohort, ines):
    run = services.start_run(ines, views.shelf(), "console", Mode.PRACTICE)

    assert "Rien n’a été fait" in text_of(page_of(as_trainer, cohort, run))


def test_what_changed_since_is_said_without_a_crash(as_trainer, cohort, ines):
    run = play(ines, "plein")
    with transaction():
        for action in db.session.query(Action).filter_by(run_id=run.id):
            if action.position in {1, 2}:
                action.simulator = "vanished"

    words = text_of(page_of(as_trainer, cohort, run, step=1))

    assert "Les outils de cet atelier ont changé" in words
    assert "A fait un geste que l’atelier ne connaît plus." in words


@pytest.mark.parametrize("end", [True, False])
def test_what_was_kept_is_shown_when_nothing_else_can_be(as_trainer, cohort, ines, end):
    run = play(ines, "placard", end=end)
    unreadable(run)

    words = text_of(page_of(as_trainer, cohort, run))

    assert "ne peut plus être rejoué" in words
    assert "antivirus move post=workshop place=cupboard" in words
    assert "who=contact, colleagues" in words
    assert ("second-poste" in words) == end


def test_a_run_given_up_before_anything_was_kept_is_shown_too(as_trainer, cohort, ines):
    run = services.start_run(ines, views.shelf(), "console", Mode.PRACTICE)
    unreadable(run)

    assert "ne peut plus être rejoué" in text_of(page_of(as_trainer, cohort, run))


def test_the_page_of_a_step_costs_five_statements(
    as_trainer, cohort, ines, count_queries
):
    run = play(ines)
    page_of(as_trainer, cohort, run)

    with count_queries() as sent:
        page_of(as_trainer, cohort, run, step=3)

    assert len(sent) == 5, sent


def test_a_learner_s_runs_are_listed_with_their_minutes(as_trainer, cohort, ines):
    given_up(ines)
    play(ines, "placard", pace=60)
    play(ines, end=False)
    where = {"cohort_id": cohort.id, "user_id": ines.id}

    page = as_trainer.get("tracking.learner", **where)

    words = text_of(page)
    assert "8 points sur 10 · pas encore" in words
    assert "9 min" in words
    assert "pas encore terminé" in words
    assert "recommencé, pas jugé" in words
    assert "A commencé l’atelier" in words
    assert "gestes dans l’atelier" in words


def test_runs_come_page_by_page(as_trainer, cohort, ines, monkeypatch):
    monkeypatch.setattr(views, "SAT", 1)
    for _time in range(2):
        play(ines, mode=Mode.PRACTICE)
    where = {"cohort_id": cohort.id, "user_id": ines.id}

    first = as_trainer.get("tracking.learner", **where)
    second = as_trainer.get("tracking.learner", **where, ran=2)
    beyond = as_trainer.get("tracking.learner", **where, ran=9)

    assert "ran=2" in first.text
    assert "ran=1" in second.text
    assert "ran=3" not in second.text
    assert "Il n’y a pas d’essai plus ancien." in text_of(beyond)
    assert "10 points sur 10" in text_of(first)


def test_a_form_s_fields_are_lists():
    assert raw(Deed("a", "b", {"one": "x", "many": ["y", "z"]})) == {
        "one": ["x"],
        "many": ["y", "z"],
    }
