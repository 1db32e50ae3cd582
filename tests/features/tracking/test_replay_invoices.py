"""Invoices in a replay: what was done to them, what came of it, and the specimen."""

import json

import pytest
from flask import current_app

from course.domain.einvoice.rules import Finding, Outcome, State, Step
from course.features.centre import services as centres
from course.features.specimen.checker import digest_of
from course.features.specimen.issued import specimen
from course.features.tracking.replay import Replay, replay_of
from tests.features.tracking.test_replay import page_of, text_of, unreadable
from tests.make.account import make_user
from tests.make.centre import make_cohort
from tests.make.lab import act, end
from tests.make.specimen import begin, issued, publish_invoicing
from tests.page import parse


@pytest.fixture(autouse=True)
def library(app, tmp_path):
    """The small library, whose lab is invoicing software."""
    return publish_invoicing(tmp_path)


@pytest.fixture
def cohort(grace, ada):
    """Followed by Grace, in which Ada learns."""
    made = make_cohort(trainer=grace, name="Boulangers")
    centres.join_cohort(ada, made)
    return made


@pytest.fixture
def checks(app, tmp_path, monkeypatch):
    """Where this node keeps what the official rules found."""
    folder = tmp_path / "checks"
    folder.mkdir()
    monkeypatch.setattr(current_app.extensions["specimen"], "folder", folder)
    return folder


def paper_of(browser, cohort, run, name="made-1", **more):
    where = {"cohort_id": cohort.id, "user_id": run.user_id, "run_id": run.id}
    return browser.get("tracking.invoice", **where, name=name, **more)


def mended(user):
    """Issued without the customer's SIREN, rejected, mended, issued again: 5 steps."""
    run = issued(user, siren="")
    act(run, "invoicing.customer", customer="dunes", siren="987 654 321")
    act(run, "invoicing.issue", document="made-1")
    return run


# ---- The replay


def test_what_was_typed_is_read_beside_the_deed(as_trainer, cohort, ada):
    run = issued(ada)

    words = text_of(page_of(as_trainer, cohort, run, step=3))

    assert "Catégorie de l’opérationBiens et services" in words
    assert "Nombre de jours pour payer30" in words
    assert "Pas d’escompte" in words


def test_a_deed_on_an_invoice_says_whose_how_much_and_where_it_stands(
    as_trainer, cohort, ada
):
    words = text_of(page_of(as_trainer, cohort, issued(ada), step=4))

    assert (
        "Facture F-2026-0118 · Hôtel des Dunes · Total TTC 1 236,00 € · "
        "Déposée sur la plateforme"
    ) in words


def test_what_the_platform_rejected_and_why_is_said_at_that_step(
    as_trainer, cohort, ada
):
    run = mended(ada)

    rejected, sent = (
        text_of(page_of(as_trainer, cohort, run, step=step)) for step in (3, 5)
    )

    assert "Rejetée par une plateforme" in rejected
    assert "n’a pas de SIREN" in rejected
    assert "Déposée sur la plateforme" in sent
    assert "n’a pas de SIREN" not in sent


def test_what_a_deed_says_stays_while_one_looks_elsewhere(as_trainer, cohort, ada):
    run = issued(ada)

    page = page_of(as_trainer, cohort, run, step=4, list="quotes", open="d041")

    words = text_of(page)
    assert "Devis D-2026-041" in words
    assert "Facture F-2026-0118 · Hôtel des Dunes" in words


def test_a_payment_says_what_is_left(as_trainer, cohort, ada):
    run = issued(ada)
    act(run, "invoicing.pay", document="made-1", amount="236")

    assert "Reste à payer : 1 000,00 €" in text_of(page_of(as_trainer, cohort, run))


@pytest.mark.parametrize(
    ("model", "attach", "said"),
    [
        ("polite", "yes", "Ton du messagePoli Pièce jointeJoindre la facture"),
        ("threat", "no", "Ton du messageMenaçant Pièce jointe–"),
    ],
)
def test_a_reminder_says_its_tone(as_trainer, cohort, ada, model, attach, said):
    run = issued(ada, days="3")
    fields = {"level": "friendly", "model": model, "attach": attach, "days": "3"}
    act(run, "invoicing.remind", invoice="made-1", **fields)

    assert said in text_of(page_of(as_trainer, cohort, run))


def test_a_file_of_a_customer_is_no_paper(as_trainer, cohort, ada):
    page = page_of(as_trainer, cohort, issued(ada), step=1)

    assert "Hôtel des Dunes » : 987 654 321." in text_of(page)
    assert parse(page.text).findall(".//main//div[@class='notice message']") == []


def test_the_goals_missed_are_named_once_it_is_over(as_trainer, cohort, ada):
    run = begin(ada)
    act(run, "invoicing.draft", customer="dunes")
    before = text_of(page_of(as_trainer, cohort, run))
    end(run)

    after = text_of(page_of(as_trainer, cohort, run))

    assert "but manqué" not in before
    assert "1 but manqué à la fin" in after
    assert "Partez du devis." in after


def test_nothing_is_missed_when_all_is_reached(as_trainer, cohort, ada):
    run = issued(ada)
    end(run)

    assert "but manqué" not in text_of(page_of(as_trainer, cohort, run))


# ---- The specimen


def links(page):
    return [
        link.get("href")
        for link in parse(page.text).find(".//main").iter("a")
        if "/invoices/" in link.get("href", "")
    ]


def test_an_issued_invoice_leads_to_its_specimen_and_back(as_trainer, cohort, ada):
    run = issued(ada)

    [link] = links(page_of(as_trainer, cohort, run, step=4))
    page = as_trainer.get(link)

    assert link.endswith(f"/runs/{run.id}/invoices/made-1?step=4")
    assert page.status_code == 200
    assert "Émise par Ada Lovelace. Telle qu’elle était à l’étape 4 sur 4." in text_of(
        page
    )
    assert f"/runs/{run.id}?step=4#step" in page.text
    assert links(page_of(as_trainer, cohort, run, step=3)) == []


def test_the_specimen_is_the_one_of_that_step(as_trainer, cohort, ada):
    run = mended(ada)

    before, after = (paper_of(as_trainer, cohort, run, step=s).text for s in (3, 5))

    place = ".//span[@class='lacking']"
    assert [e.get("id") for e in parse(before).findall(place)] == ["doc-bt-47"]
    assert parse(after).findall(place) == []
    assert "étape 5 sur 5" in text_of(paper_of(as_trainer, cohort, run))
    assert paper_of(as_trainer, cohort, run, step=2).status_code == 404


def test_who_follows_can_ask_for_nothing_there(as_trainer, cohort, ada):
    main = parse(paper_of(as_trainer, cohort, issued(ada)).text).find(".//main")

    assert [*main.iter("form"), *main.iter("button")] == []
    assert [a for a in main.iter("a") if a.get("href").startswith("/runs/")] == []


def found(folder, xml, *findings, state=State.PASSED):
    """As if the official rules had looked at it."""
    report = [
        Outcome(Step.SCHEMA, State.PASSED),
        Outcome(Step.EUROPE, State.PASSED),
        Outcome(Step.FRANCE, state, findings),
    ]
    said = json.dumps([each.dump() for each in report])
    (folder / f"{digest_of(xml)}.json").write_text(said, "utf-8")


def test_nothing_is_checked_because_somebody_looks(as_trainer, cohort, ada, checks):
    page = paper_of(as_trainer, cohort, issued(ada))

    assert "Cette facture n’a pas encore été vérifiée." in text_of(page)
    assert list(checks.iterdir()) == []
    assert not current_app.extensions["specimen"].is_working


def test_what_the_rules_found_is_shown(as_trainer, cohort, ada, checks):
    run = issued(ada)
    found(checks, specimen(ada.id, run.id, "made-1").xml)

    page = paper_of(as_trainer, cohort, run)

    assert "Toutes les règles sont respectées" in text_of(page)


def test_what_lacks_leads_to_its_place(as_trainer, cohort, ada, checks):
    run = issued(ada, siren="", days="")
    broken = [Finding("BR-FR-11_BT-47", "…"), Finding("BR-99", "In their own words")]
    found(checks, specimen(ada.id, run.id, "made-1").xml, *broken, state=State.BROKEN)

    page = paper_of(as_trainer, cohort, run)

    words = text_of(page)
    assert "2 points à revoir." in words
    assert "In their own words BR-99" in words
    assert 'href="#doc-bt-47"' in page.text
    assert 'href="#doc-bt-9"' in page.text


def test_what_could_not_be_checked_is_said(as_trainer, cohort, ada, monkeypatch):
    run = issued(ada)
    checker = current_app.extensions["specimen"]
    report = (Outcome(Step.SCHEMA, State.NOT_RUN, why="missing"),)
    digest = digest_of(specimen(ada.id, run.id, "made-1").xml)
    monkeypatch.setitem(checker._not_run, digest, report)

    page = paper_of(as_trainer, cohort, run)

    assert "Tout n’a pas pu être vérifié." in text_of(page)


# ---- Who may


def test_a_trainer_of_another_centre_sees_no_invoice(app, cohort, ada):
    run = issued(ada)
    stranger = make_user("Eve")
    other = make_cohort(trainer=stranger)
    browser = app.test_client().sign_in(stranger)

    assert paper_of(browser, cohort, run).status_code == 404
    assert paper_of(browser, other, run).status_code == 404


def test_who_learns_has_no_right_to_that_page(as_learner, cohort, ada):
    assert paper_of(as_learner, cohort, issued(ada)).status_code == 403


def test_who_left_the_cohort_is_not_followed_any_more(as_trainer, grace, cohort, ada):
    run = issued(ada)
    assert paper_of(as_trainer, cohort, run).status_code == 200

    centres.remove_learner(grace, ada, cohort)

    assert paper_of(as_trainer, cohort, run).status_code == 404


def test_an_invoice_of_somebody_else_of_the_cohort_is_not_hers(as_trainer, cohort, ada):
    other = make_user("Inès")
    centres.join_cohort(other, cohort)
    run = issued(ada)
    where = {"cohort_id": cohort.id, "user_id": other.id, "run_id": run.id}

    page = as_trainer.get("tracking.invoice", **where, name="made-1")

    assert page.status_code == 404


@pytest.mark.parametrize("name", ["made-2", "d041", "quais", "nothing"])
def test_there_is_no_other_specimen(as_trainer, cohort, ada, name):
    page = paper_of(as_trainer, cohort, issued(ada), name)

    assert page.status_code == 404


def test_a_run_that_can_no_longer_be_read_has_no_specimen(as_trainer, cohort, ada):
    run = issued(ada)
    unreadable(run)

    assert paper_of(as_trainer, cohort, run).status_code == 404


def test_a_replay_without_a_deed_left_nothing(ada):
    run = issued(ada)

    found = replay_of(ada.id, run.id, 0, "fr")

    assert isinstance(found, Replay)
    assert (found.handled, found.left("fr")) == (None, {})


@pytest.mark.parametrize(
    ("siren", "said"),
    [
        ("", "n’a pas de SIREN"),
        ("12", "n’a pas neuf chiffres"),
        ("111 222 333", "ne connaît pas ce SIREN"),
    ],
)
def test_each_cause_of_a_rejection_has_its_words(as_trainer, cohort, ada, siren, said):
    assert said in text_of(page_of(as_trainer, cohort, issued(ada, siren=siren)))
