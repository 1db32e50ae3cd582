"""The page of the check: how far it is, and what it found, in the lesson's words."""

import pytest

from course.domain.einvoice import rules
from course.domain.einvoice.rules import Finding, Outcome, State, Step
from course.features.specimen import checker as module
from course.features.specimen import views, wording
from course.features.specimen.checker import BusyError, Progress, Stage
from tests.make.specimen import issued, sold
from tests.page import parse, said

pytestmark = pytest.mark.usefixtures("invoicing")
PASSED = tuple(Outcome(step, State.PASSED) for step in Step)


def text_of(answer):
    return " ".join(said(parse(answer.text)).split())


class Told:
    """A checker that knows one thing about whatever it is asked."""

    def __init__(self, progress, *, busy=False):
        self.told, self.busy, self.asked = progress, busy, []

    def ask(self, xml):
        if self.busy:
            raise BusyError
        self.asked.append(xml)
        return "asked"

    def progress(self, digest):
        return Progress(Stage.QUEUED, 1) if digest == "asked" else self.told


@pytest.fixture
def told(app):
    """`told(progress)`: what every check has come to."""

    def told(progress, **given):
        app.extensions["specimen"] = Told(progress, **given)
        return app.extensions["specimen"]

    return told


def done(*findings, why=""):
    """A check that is over: what the French rules found, or why they did not run."""
    state = State.NOT_RUN if why else State.BROKEN if findings else State.PASSED
    last = Outcome(Step.FRANCE, state, findings, why)
    return Progress(Stage.DONE, report=(*PASSED[:2], last))


def check(browser, run, **view):
    answer = browser.get("specimen.check", run_id=run.id, name="made-1", **view)
    assert answer.status_code == 200
    return answer


def test_asking_leads_to_the_page_of_the_check(as_learner, ada, told):
    run = issued(ada)
    checker = told(Progress(Stage.UNKNOWN))

    went = as_learner.post("specimen.check_start", run_id=run.id, name="made-1")

    assert went.location == f"/runs/{run.id}/invoices/made-1/check?asked=asked"
    assert b"F-2026-0118" in checker.asked[0]


def test_too_many_checks_are_told(as_learner, ada, told):
    run = issued(ada)
    told(Progress(Stage.UNKNOWN), busy=True)

    went = as_learner.post("specimen.check_start", run_id=run.id, name="made-1")

    assert "attendent d’être vérifiées" in text_of(as_learner.get(went.location))


def test_nothing_is_checked_until_it_is_asked(as_learner, ada, told):
    run = issued(ada)
    checker = told(Progress(Stage.UNKNOWN))

    for view in ({}, {"asked": "another"}):
        text = text_of(check(as_learner, run, **view))
        assert "n’a pas encore été vérifiée" in text
        assert "Demander la vérification" in text
    assert checker.asked == []


def test_a_node_that_was_not_asked_begins_what_another_was(
    as_learner, ada, app, monkeypatch
):
    run = issued(ada)
    here = Told(module.UNKNOWN)
    app.extensions["specimen"] = here
    monkeypatch.setattr(views, "digest_of", lambda _xml: "the-digest")

    text = text_of(check(as_learner, run, asked="the-digest"))

    assert "1 vérification passe avant" in text
    assert len(here.asked) == 1


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(Stage.QUEUED, 1), "1 vérification passe avant. La vôtre suit."),
        (Progress(Stage.QUEUED, 7), "7 vérifications passent avant."),
        (Progress(Stage.RUNNING), "Le programme qui vérifie démarre."),
        (
            Progress(Stage.RUNNING, step=Step.FRANCE),
            "En cours : Les règles françaises (BR-FR)",
        ),
    ],
)
def test_how_far_it_is_is_told_with_or_without_script(
    as_learner, ada, told, progress, words
):
    run = issued(ada)
    told(progress)

    answer = check(as_learner, run)

    assert words in text_of(answer)
    assert 'data-check="busy"' in answer.text
    assert "Regarder de nouveau" in answer.text


def test_what_passes_is_said_and_is_not_asked_again(as_learner, ada, told):
    run = issued(ada)
    told(done())

    answer = check(as_learner, run)

    assert "une plateforme la prendrait" in text_of(answer)
    assert 'data-check="done"' in answer.text
    assert "refresh" not in answer.text
    assert "Redemander" not in answer.text


@pytest.mark.parametrize("key", sorted(set(rules.MEANING.values())))
def test_each_broken_rule_is_told_in_the_lesson_s_words(as_learner, ada, told, key):
    run = issued(ada)
    ids = [rule for rule, meaning in rules.MEANING.items() if meaning == key]
    told(done(*(Finding(rule, "own words") for rule in ids)))

    answer = check(as_learner, run)

    text = text_of(answer)
    meaning = wording.meaning(key)
    for words in (*meaning, *ids):
        assert " ".join(words.split()) in text, words
    assert f"#doc-{rules.PLACES[key]}" in answer.text
    assert "1 point à revoir" in text
    assert "own words" not in text


def test_a_rule_without_explanation_is_shown_as_it_is(as_learner, ada, told):
    run = issued(ada)
    told(done(Finding("BR-CO-15", "Total <b> differs")))

    text = text_of(check(as_learner, run))

    assert "BR-CO-15Total <b> differs" in text
    assert "Dans les mots des règles" in text


@pytest.mark.parametrize(
    ("why", "words"),
    [("missing", "n’est pas installé ici"), ("failed", "s’est arrêté")],
)
def test_what_could_not_be_run_is_not_said_to_pass(as_learner, ada, told, why, words):
    run = issued(ada)
    told(done(why=why))

    text = text_of(check(as_learner, run))

    assert "Tout n’a pas pu être vérifié." in text
    assert "Les règles françaises (BR-FR) Pas vérifié" in text
    assert words in text
    assert "prendrait" not in text
    assert "Redemander la vérification" in text


def test_a_private_person_s_invoice_is_explained_without_blame(as_learner, ada, told):
    run = issued(ada)
    name = sold(run, "martin", "work")
    told(done(Finding("BR-FR-12_BT-49", "")))

    answer = as_learner.get("specimen.check", run_id=run.id, name=name)

    assert "Ce client est un particulier." in text_of(answer)


def test_what_no_rule_looks_at_is_told_beside_them(as_learner, ada, told):
    run = issued(ada, days="")
    told(done())

    text = text_of(check(as_learner, run))

    assert "prendrait" in text
    assert "Ce qu’aucune règle ne regarde" in text
    assert "L’échéance manque." in text


def test_it_reads_the_run_in_one_statement(as_learner, ada, told, count_queries):
    run = issued(ada)
    told(done())
    check(as_learner, run)

    with count_queries() as sent:
        check(as_learner, run)

    assert len(sent) <= 4
