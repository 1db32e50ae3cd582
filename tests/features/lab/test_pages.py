"""Pages of a lab as a learner has them; the client checks each by tests/page.py."""

import re

import pytest

from course.domain.run import HINT_COST, MOST_ACTIONS, WARN_AT
from course.domain.visibility import Mode
from tests import page
from tests.make.lab import (
    RIGHT,
    SCRIPT,
    act,
    again,
    do,
    end,
    failed,
    long_run,
    passed,
    sent,
    start,
    unpublish,
)

CHECK, PRACTICE = Mode.CHECK, Mode.PRACTICE


@pytest.fixture
def browser(app, lab_library, ada):
    return app.test_client().sign_in(ada)


def desk(browser, run, **view):
    return browser.get("lab.take", run_id=run.id, **view)


def tree(response):
    return page.parse(response.text)


def mission(response):
    """The words of the mission, without its forms' tokens."""
    found = tree(response).find(".//section[@data-panel='mission']")
    for parent in list(found.iter()):
        for field in parent.findall("input"):
            parent.remove(field)
    return page.said(found)


def classes(response):
    return set(re.findall(r'class="([^"]*)"', response.text))


# ---- What the lab is about


def test_the_lab_says_what_there_is_to_do_and_how_long_it_takes(browser):
    shown = browser.get("lab.show", key="console").text

    assert "personne ne regarde la console" in shown
    assert "en 5 minutes environ" in shown
    assert "Avec 4 points sur 5" in shown


def test_a_run_left_open_is_gone_on_with(browser, ada):
    run = act(start(ada), "antivirus.protect", on="yes").run

    shown = browser.get("lab.show", key="console").text

    assert f'href="/runs/{run.id}"' in shown
    assert "Vous l’avez laissé après 1 geste" in shown
    assert "Reprendre depuis le début" in shown


def test_a_run_just_opened_offers_no_new_beginning(browser, ada):
    start(ada)

    shown = browser.get("lab.show", key="console").text

    assert "rien n’est encore fait" in shown
    assert "Reprendre depuis le début" not in shown


def test_what_was_done_before_leads_to_its_review(browser, ada):
    done = passed(ada)
    left = start(ada)
    act(left, "antivirus.protect", on="yes")
    again(ada)

    shown = browser.get("lab.show", key="console").text

    assert f'href="/runs/{done.id}/review"' in shown
    assert "5 sur 5" in shown
    assert "laissé de côté" in shown


# ---- The desk


def test_each_panel_has_its_tab_and_one_is_open(browser, ada):
    found = tree(desk(browser, start(ada)))

    tabs = found.findall(".//nav[@class='tabs']//a")
    assert [tab.get("data-tab") for tab in tabs] == ["mission", "antivirus"]
    assert [tab.get("aria-current") for tab in tabs] == ["true", None]
    away = [
        one.get("data-panel")
        for one in found.iter("section")
        if one.get("data-panel") and "away" in one.get("class")
    ]
    assert away == ["antivirus"]


def test_the_panel_one_asks_for_stays_open_after_an_act(browser, ada):
    found = tree(desk(browser, start(ada), at="antivirus"))

    actions = {
        form.get("action") for form in found.iter("form") if "data-act" in form.attrib
    }
    assert actions
    assert all("at=antivirus" in action for action in actions)


def test_an_unknown_panel_is_left_aside(browser, ada):
    shown = desk(browser, start(ada), at="kitchen")

    current = tree(shown).find(".//nav[@class='tabs']//a[@aria-current]")
    assert current.get("data-tab") == "mission"


def test_one_comes_back_where_one_acted(browser, ada):
    run = act(start(ada), "antivirus.protect", on="yes").run

    found = tree(desk(browser, run))

    current = found.find(".//nav[@class='tabs']//a[@aria-current]")
    assert current.get("data-tab") == "antivirus"


def test_what_was_done_last_is_said_with_its_hour(browser, ada):
    run = act(start(ada), "antivirus.protect", on="yes").run

    said = tree(desk(browser, run)).find(".//p[@class='said']")

    assert said.get("role") == "status"
    assert "protection" in page.said(said)
    assert "Enregistré à" in page.said(said)


def test_in_practice_a_task_is_ticked_as_soon_as_it_is_done(browser, ada):
    run = act(start(ada, PRACTICE), "antivirus.protect", on="yes").run

    found = tree(desk(browser, run))

    steps = found.findall(".//section[@data-panel='mission']//ol[@class='stepper']/li")
    assert [step.get("class") for step in steps] == ["done", "todo"]
    said = [[one.get("aria-label") for one in step.iter()] for step in steps]
    assert ["Fait" in words for words in said] == [True, False]


def test_in_a_check_the_mission_stays_the_same_whatever_is_reached(browser, ada):
    run = act(start(ada), "antivirus.protect", on="yes").run
    before = mission(desk(browser, run))
    kept = classes(desk(browser, run))

    act(run, "antivirus.protect", on="no")
    act(run, "antivirus.protect", on="yes")
    act(run, "antivirus.decide", item="facture", what="quarantine")
    after = desk(browser, run)

    assert mission(after) == before
    assert classes(after) - kept <= {"became quarantined", "light good", "entries"}


def test_a_check_holds_none_of_the_words_of_its_goals(browser, ada):
    run = do(start(ada))

    shown = desk(browser, run).text + sent(
        browser, run, "antivirus.update", headers=SCRIPT
    ).json.get("html", "")

    for secret in ("La protection est active", "Elle surveille", "ne s’ouvre pas"):
        assert secret not in shown
    assert "Appuyez sur" not in shown


def test_a_hint_in_a_check_says_what_it_takes(browser, ada):
    shown = desk(browser, start(ada)).text

    assert HINT_COST == 0.25
    assert "il coûte 0,5 point sur 2" in shown


def test_a_hint_in_practice_is_free(browser, ada):
    shown = desk(browser, start(ada, PRACTICE)).text

    assert "Un indice" in shown
    assert "coûte" not in shown


def test_a_hint_that_was_read_is_said_and_stays(browser, ada):
    run = act(start(ada, PRACTICE), "lab.hint", goal="protection").run

    found = tree(desk(browser, run))

    assert "Regardez la première case." in page.said(found.find(".//p[@class='said']"))
    hints = found.find(".//details[@id='hints']")
    assert "open" in hints.attrib
    assert "Regardez la première case." in page.said(hints)
    assert "Appuyez sur" not in page.said(hints)
    assert "Un autre indice" in page.said(hints)


def test_the_last_deed_is_offered_to_be_taken_back_once_there_is_one(browser, ada):
    run = start(ada)
    assert "Annuler mon dernier geste" not in desk(browser, run).text

    act(run, "antivirus.protect", on="yes")

    assert "Annuler mon dernier geste" in desk(browser, run).text


def test_a_consequence_is_told_once_with_a_way_back_where_there_is_one(browser, ada):
    run = act(start(ada, PRACTICE), "antivirus.decide", item="facture", what="restore")
    run = run.run

    shown = desk(browser, run)
    found = tree(shown).find(".//section[@class='card event']")
    act(run, "antivirus.protect", on="yes")

    assert found.find("h2").get("data-focus") is not None
    assert "L’atelier continue" in page.said(found)
    assert 'class="card event"' not in desk(browser, run).text


def test_a_refusal_is_said_to_who_has_no_script(browser, ada):
    run = start(ada)

    answer = sent(browser, run, "antivirus.wait")

    assert answer.status_code == 422
    alert = tree(answer).find(".//div[@role='alert']")
    assert "Aucune analyse" in page.said(alert)


def test_the_bound_is_told_before_it_is_met(browser, ada):
    run = long_run(start(ada), WARN_AT - 1)
    assert "accepte encore" not in desk(browser, run).text

    act(run, "antivirus.update")

    left = MOST_ACTIONS - WARN_AT
    assert f"accepte encore {left} gestes" in desk(browser, run).text


def test_the_last_action_says_that_no_other_follows(browser, ada):
    run = long_run(start(ada), MOST_ACTIONS)

    shown = desk(browser, run).text

    assert "il n’en prend plus" in shown
    assert "encore 0 geste" not in shown


def test_a_script_gets_the_part_of_the_page_that_changes(browser, ada):
    run = start(ada)

    html = sent(browser, run, "antivirus.update", headers=SCRIPT).json["html"]

    assert "data-lab" in html
    assert "lab.css" not in html


def test_the_desk_brings_its_own_style_and_script(browser, ada):
    shown = desk(browser, start(ada)).text

    assert "lab.css" in shown
    assert "lab.js" in shown


def test_each_language_has_the_whole_desk(browser, ada):
    run = do(start(ada, PRACTICE), RIGHT[:1])
    browser.post("site.language", data={"language": "en"})

    shown = desk(browser, run).text

    assert "Your mission" in shown
    assert "Votre mission" not in shown


# ---- The review


def review(browser, run):
    return browser.get("lab.review", run_id=run.id)


def test_the_review_of_a_pass_says_what_was_done_and_when(browser, ada):
    shown = review(browser, passed(ada))

    goals = tree(shown).findall(".//li[@class='card goal']")
    assert "L’atelier est à vous" in shown.text
    assert len(goals) == 3
    assert "5 points sur 5" in shown.text
    assert "Elle surveille." in shown.text
    assert "Ce qui manque" not in shown.text


def test_the_review_of_a_failure_says_what_cannot_be_done_without(browser, ada):
    shown = review(browser, failed(ada))

    notice = tree(shown).find(".//div[@class='notice attention']")
    assert "La protection est active." in page.said(notice)
    assert "Elle est coupée." in shown.text
    assert "/lessons/premiere#cable" in shown.text
    assert "Un nouvel essai" in shown.text


def test_the_review_tells_what_happened_on_the_way(browser, ada):
    shown = review(browser, failed(ada))

    assert "Ce qui est arrivé en chemin" in shown.text
    assert "En chemin" in shown.text


def test_the_review_of_practice_gives_no_points(browser, ada):
    shown = review(browser, passed(ada, PRACTICE))

    assert "L’entraînement n’est jamais noté." in shown.text
    assert "points sur" not in shown.text


def test_a_run_that_was_left_for_another_is_not_judged(browser, ada):
    run = act(start(ada), "antivirus.protect", on="yes").run
    again(ada)

    shown = review(browser, run).text

    assert "Un essai laissé de côté" in shown
    assert "Ce qui manque" not in shown
    assert "1 geste" in shown


def test_a_run_in_which_nothing_was_done_can_be_read_as_well(browser, ada):
    shown = review(browser, end(start(ada))).text

    assert "Ce qui manque" in shown
    assert "Tous vos gestes" not in shown


def test_hints_that_were_read_are_counted_in_the_review(browser, ada):
    run = start(ada)
    act(run, "lab.hint", goal="protection")

    assert "1 indice lu" in review(browser, end(do(run))).text


# ---- Around


def test_the_module_and_the_path_name_the_lab(browser, ada):
    shown = browser.get("path.module", key="essai").text

    assert "La console" in shown
    assert "atelier, 5" in shown


def test_the_path_goes_on_in_the_lab(browser, ada):
    run = act(start(ada), "antivirus.protect", on="yes").run

    shown = browser.get("path.home").text

    assert f'href="/runs/{run.id}"' in shown
    assert "Atelier" in shown


@pytest.mark.parametrize(("make", "place"), [(failed, "review"), (start, "take")])
def test_a_run_whose_lab_is_no_longer_published_leads_to_no_page_that_is_gone(
    browser, ada, tmp_path, make, place
):
    run = make(ada)
    before = browser.get(f"lab.{place}", run_id=run.id).text
    unpublish(tmp_path)

    shown = browser.get(f"lab.{place}", run_id=run.id).text

    assert "/labs/console" in before
    assert "/labs/console" not in shown
    assert "/path" in shown
