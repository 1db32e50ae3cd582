"""The doors of a lab: what a form or a script sends, and what it gets back."""

import pytest

from course.base.db import db
from course.domain.visibility import Mode
from course.features.lab import queries
from course.features.lab.models import Action, Run
from course.features.progress.models import Event, Standing
from tests.make.account import PASSWORD, make_guest, make_user
from tests.make.lab import (
    RIGHT,
    SCRIPT,
    act,
    do,
    end,
    kept,
    long_run,
    opened,
    passed,
    publish_beside,
    sent,
    start,
)
from tests.page import parse, said

pytestmark = pytest.mark.usefixtures("lab_library")


def text_of(answer):
    return " ".join(said(parse(answer.text)).split())


# ---- Begin


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ({"mode": "check"}, "check"),
        ({"mode": "practice"}, "practice"),
        ({}, "practice"),
    ],
)
def test_beginning_leads_to_the_desk(as_learner, ada, form, mode):
    went = as_learner.post("lab.start", key="console", data=form)

    (run,) = queries.runs_of(ada.id)
    assert run.mode == mode
    assert went.location == f"/runs/{run.id}"
    assert as_learner.get(went.location).status_code == 200


def test_beginning_again_leads_to_another_run(as_learner, ada):
    first = do(start(ada))

    went = as_learner.post(
        "lab.start", key="console", data={"mode": "check", "again": "yes"}
    )

    assert went.location != f"/runs/{first.id}"
    assert opened(first, whole=True).given_up


def test_beginning_again_twice_at_once_makes_one_run(as_learner, ada):
    do(start(ada))
    form = {"mode": "check", "again": "yes"}

    went = [as_learner.post("lab.start", key="console", data=form) for _ in range(2)]

    assert went[0].location == went[1].location
    assert len(queries.runs_of(ada.id)) == 2


def test_there_is_no_lab_of_another_name(as_learner):
    assert as_learner.get("lab.show", key="other").status_code == 404
    assert as_learner.post("lab.start", key="other").status_code == 404


# ---- Act


def test_a_plain_form_leads_back_to_the_desk(as_learner, ada):
    run = start(ada)

    went = sent(as_learner, run, "antivirus.protect", on="yes")

    assert went.status_code == 302
    assert went.location == f"/runs/{run.id}"
    assert "Vous avez activé la protection" in text_of(as_learner.get(went.location))


def test_a_script_gets_the_desk_at_once(as_learner, ada):
    run = start(ada)

    got = sent(as_learner, run, "antivirus.protect", on="yes", headers=SCRIPT).json

    assert set(got) == {"html", "url", "saved"}
    assert got["url"] == f"/runs/{run.id}"
    assert "Vous avez activé la protection" in got["html"]


@pytest.mark.parametrize(
    ("what", "fields", "told"),
    [
        ("lab.undo", {}, "Vous avez annulé le dernier geste."),
        ("lab.hint", {"goal": "fichier"}, "Vous avez lu un indice."),
    ],
)
def test_what_the_lab_itself_does_is_told_as_well(as_learner, ada, what, fields, told):
    run = do(start(ada), RIGHT[:1])

    got = sent(as_learner, run, what, **fields, headers=SCRIPT).json

    assert got["url"] == f"/runs/{run.id}"
    act(run, "lab.hint", goal="protection")
    end(run)
    assert told in text_of(as_learner.get("lab.review", run_id=run.id))


def test_the_button_that_was_pressed_says_which_act(as_learner, ada):
    run = start(ada)

    as_learner.post(
        "lab.act",
        run_id=run.id,
        data={"act": ["antivirus.update", "antivirus.protect"], "on": "yes"},
    )

    assert [action.name for action in kept(run)] == ["protect"]


def test_a_page_without_a_token_acts_as_well(as_learner, ada):
    run = start(ada)

    for state in ("yes", "no", "yes"):
        as_learner.post(
            "lab.act",
            run_id=run.id,
            data={"act": "antivirus.protect", "on": state, "client": "ça !"},
        )

    assert len(kept(run)) == 3


def test_a_double_click_acts_once_and_is_answered_twice(as_learner, ada):
    run = start(ada)
    form = {"act": "antivirus.protect", "on": "yes", "client": "page"}

    answers = [
        as_learner.post("lab.act", run_id=run.id, data=form, headers=SCRIPT)
        for _click in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json["saved"] == answers[1].json["saved"]
    assert len(kept(run)) == 1


def test_what_is_refused_says_why_and_keeps_the_desk(as_learner, ada):
    run = do(start(ada))

    plain = sent(as_learner, run, "antivirus.protect", on="yes")
    script = sent(as_learner, run, "antivirus.protect", on="yes", headers=SCRIPT)

    assert (plain.status_code, script.status_code) == (422, 422)
    assert " ".join(script.json["message"].split()) in text_of(plain)
    assert len(kept(run)) == 2


def test_a_refusal_names_the_field_to_write_again(as_learner, ada):
    run = start(ada)

    named = sent(as_learner, run, "antivirus.protect", on="maybe", headers=SCRIPT)
    other = sent(as_learner, run, "antivirus.wait", headers=SCRIPT)

    assert (named.json["field"], other.json["field"]) == ("on", "")


def test_what_goes_further_leads_to_no_stamp_and_to_no_questions(
    app, tmp_path, as_learner, ada
):
    publish_beside(tmp_path)
    run = start(ada)

    shown = text_of(as_learner.get("lab.show", key="console"))
    taken = text_of(as_learner.get("lab.take", run_id=run.id))
    review = text_of(as_learner.get("lab.review", run_id=passed(ada).id))

    assert "Pour aller plus loin" in shown
    assert "Pour le tampon" not in shown
    assert "étape" not in taken
    assert "Continuer mon parcours" in review
    assert "questions" not in review


REFUSED = {
    "another lab's simulator": {"act": "mailbox.send"},
    "nothing": {},
    "junk": {"act": "é" * 300, "on": "yes"},
    "a choice that is not there": {"act": "antivirus.protect", "on": "perhaps"},
    "too long": {"act": "lab.hint", "goal": "x" * 9000},
    "nothing to take back": {"act": "lab.undo"},
    "no more hints": {"act": "lab.hint", "goal": "calme"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_each_refusal_is_a_sentence(as_learner, ada, case):
    run = start(ada)
    if case == "no more hints":
        act(run, "lab.hint", goal="calme")
    before = len(kept(run))

    got = as_learner.post("lab.act", run_id=run.id, data=REFUSED[case], headers=SCRIPT)

    assert got.status_code == 422
    assert got.json["message"].endswith(".")
    assert len(kept(run)) == before


def test_what_life_does_not_take_back_says_so(as_learner, ada):
    run = start(ada)
    act(run, "antivirus.warn", who="contact", by="phone")

    got = sent(as_learner, run, "lab.undo", headers=SCRIPT)

    assert got.status_code == 422
    assert "comme dans la vie" in got.json["message"]


def test_the_last_bound_is_refused_in_words(as_learner, ada):
    run = long_run(start(ada), 600)

    got = sent(as_learner, run, "antivirus.protect", on="yes", headers=SCRIPT)

    assert got.status_code == 422
    assert "600" in got.json["message"]


def test_a_post_of_five_megabytes_is_too_big(as_learner, ada):
    run = start(ada)

    got = sent(as_learner, run, "antivirus.protect", on="y" * 5_000_000)

    assert got.status_code == 413
    assert kept(run) == []


def test_an_ended_run_refuses_kindly(as_learner, ada):
    run = passed(ada)

    plain = sent(as_learner, run, "antivirus.protect", on="no")
    script = sent(as_learner, run, "antivirus.protect", on="no", headers=SCRIPT)

    assert plain.location == f"/runs/{run.id}/review"
    assert "trop tard" in text_of(as_learner.get(plain.location))
    assert script.status_code == 409
    assert script.json["url"] == f"/runs/{run.id}/review"
    assert len(kept(run)) == 2


def test_another_person_s_run_is_not_there(app, ada):
    run = start(ada)
    eve = app.test_client().sign_in(make_user("Eve"))

    statuses = [
        sent(eve, run, "antivirus.protect", on="yes", headers=SCRIPT).status_code,
        eve.get("lab.take", run_id=run.id).status_code,
        eve.get("lab.review", run_id=run.id).status_code,
        eve.post("lab.end", run_id=run.id).status_code,
    ]

    assert statuses == [404] * 4
    assert (kept(run), opened(run).run.ended_at) == ([], None)


# ---- Look


def test_looking_keeps_what_is_looked_at_and_forgets_the_rest(as_learner, ada):
    run = start(ada)
    view = {"at": "antivirus", "admin": "yes"}

    went = sent(as_learner, run, "antivirus.protect", on="yes", view=view)

    assert "admin" not in went.location
    assert as_learner.get("lab.take", run_id=run.id, **view).status_code == 200


def counts():
    """How many rows there are, of all that a lab writes."""
    db.session.close()
    tables = (Run, Action, Event, Standing)
    return [db.session.query(table).count() for table in tables]


def test_looking_writes_nothing(as_learner, ada):
    run, done = do(start(ada)), passed(ada, Mode.PRACTICE)
    before = counts()

    for page, number in (("take", run.id), ("review", done.id), ("take", done.id)):
        as_learner.get(f"lab.{page}", run_id=number)
    as_learner.get("lab.show", key="console")

    assert counts() == before


# ---- End


def test_only_its_button_ends_a_run(as_learner, ada):
    run = do(start(ada))
    assert as_learner.get("lab.review", run_id=run.id).location == f"/runs/{run.id}"

    went = as_learner.post("lab.end", run_id=run.id)

    assert went.location == f"/runs/{run.id}/review"
    assert as_learner.get(went.location).status_code == 200
    assert as_learner.get("lab.take", run_id=run.id).location == went.location


def test_a_guest_who_signs_in_goes_on_with_the_same_desk(app, ada):
    guest = make_guest()
    browser = app.test_client().sign_in(guest)
    run = do(start(guest), RIGHT[:1])

    browser.post("account.sign_in", data={"login": ada.login, "password": PASSWORD})

    assert browser.get("lab.take", run_id=run.id).status_code == 200
    (mine,) = queries.runs_of(ada.id)
    assert (mine.id, mine.count) == (run.id, 1)
