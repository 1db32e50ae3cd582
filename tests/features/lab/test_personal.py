"""What labs hold about people: shown, and forgotten on demand."""

import pytest

from course.base.db import db, transaction
from course.features.lab import personal, queries
from course.features.lab.models import Action, Run
from tests.make.lab import RIGHT, act, do, kept, opened, passed, start

pytestmark = pytest.mark.usefixtures("lab_library")


def forget(user):
    with transaction():
        personal.forget_words(user.id)
    db.session.close()


def test_each_table_shows_what_is_somebody_s_own(ada, grace):
    passed(ada)
    do(start(grace))

    held = {each.name: list(each.entries(ada.id)) for each in personal.HOLDINGS}

    assert {name: len(rows) for name, rows in held.items()} == {
        "run": 1,
        "action": 2,
        "outcome": 3,
    }
    assert held["action"][1]["fields"] == {"item": "facture", "what": "quarantine"}


def test_what_was_chosen_stays_and_what_was_typed_is_forgotten(ada):
    run = do(start(ada))
    act(run, "antivirus.warn", who=["contact"], by="phone")
    with transaction():
        typed = kept(run)[1]
        typed.fields = {"item": "Marie Dupont", "what": "quarantine"}
        kept(run)[2].fields = {"who": ["contact", "marie@dupont.example"]}

    forget(ada)

    assert [action.fields for action in kept(run)] == [
        {"on": "yes"},
        {"item": "", "what": "quarantine"},
        {"who": ["contact", ""]},
    ]


def test_hints_and_older_acts_are_forgotten_as_well(ada):
    run = do(start(ada), RIGHT[:1])
    act(run, "lab.hint", goal="protection")
    with transaction():
        old = kept(run)[0]
        old.name, old.fields = "shout", {"words": "Marie Dupont", "loud": 3}

    forget(ada)

    assert kept(run)[0].fields == {"words": "", "loud": ""}
    assert kept(run)[1].fields == {"goal": "protection"}


def test_a_snapshot_holds_what_was_typed_and_goes_too(ada):
    run = start(ada)
    for time in range(30):
        act(run, "antivirus.protect", on="no" if time % 2 else "yes")
    assert db.session.get_one(Run, run.id).snapshot
    world = opened(run).play.world

    forget(ada)

    assert db.session.get_one(Run, run.id).snapshot is None
    assert opened(run).play.world == world


def test_others_words_stay(ada, grace):
    run = start(grace)
    do(run)
    with transaction():
        mine = db.session.get_one(Action, kept(run)[1].id)
        mine.fields = {"item": "words", "what": "delete"}

    forget(ada)

    assert kept(run)[1].fields["item"] == "words"
    assert queries.opened(grace.id, run.id).play.count == 2
