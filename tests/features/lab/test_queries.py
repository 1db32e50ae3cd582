"""Runs as they are read: whole or from a snapshot, by their learner and by others."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from course.base import clock
from course.base.db import db, transaction
from course.domain.profile import Trade
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.lab import queries
from course.features.lab.models import Action, Run
from course.features.lab.queries import Acted
from course.features.progress.services import Verb
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.make.lab import RIGHT, act, do, failed, opened, passed, start

pytestmark = pytest.mark.usefixtures("lab_library")


def test_a_run_speaks_the_words_of_the_trade_it_began_with(ada):
    with transaction():
        db.session.get_one(User, ada.id).trade = Trade.BAKER
    run = start(db.session.get_one(User, ada.id))
    with transaction():
        db.session.get_one(User, ada.id).trade = Trade.HOTEL

    story = opened(run).lab.words.story.say("fr")

    assert story.startswith("Dans le magasin")


def test_tasks_are_ticked_once_all_their_goals_are_reached(ada):
    run = start(ada, Mode.PRACTICE)
    ticks = [[done for _task, done in opened(run).tasks]]
    for deed in RIGHT:
        do(run, [deed])
        ticks.append([done for _task, done in opened(run).tasks])

    assert ticks == [[False, False], [True, False], [True, True]]


def test_what_was_sprung_is_told_however_it_was_taken_back(ada):
    run = start(ada)
    act(run, "antivirus.protect", on="yes")
    act(run, "antivirus.decide", item="facture", what="restore")
    for time in range(30):
        act(run, "antivirus.protect", on="no" if time % 2 == 0 else "yes")

    assert [each.name for each in opened(run).sprung] == ["ouvert"]
    assert [each.name for each in opened(run, whole=True).sprung] == ["ouvert"]


def test_the_history_has_words_seen_from_before_each_action(ada):
    run = do(start(ada))
    act(run, "lab.hint", goal="protection")

    lines = opened(run).history("fr")

    assert [line.action.name for line in lines] == ["protect", "decide", "hint"]
    assert "facture.pdf.exe" in lines[1].words.values()
    assert lines[2].words == {}
    assert [line.step.position for line in lines] == [1, 2, 3]
    assert lines[1].before == lines[0].step.world


def test_who_follows_a_learner_reads_the_same_run(ada, grace):
    run = do(start(ada))

    found = queries.run_of(ada.id, run.id, whole=True)

    assert found is not None
    assert found.play.world == opened(run).play.world
    assert queries.run_of(grace.id, run.id) is None


def test_a_run_whose_actions_do_not_follow_is_read_whole(ada):
    run = do(start(ada))
    # As who waited for the lock sees it: the count is of after, the actions of before.
    with transaction():
        db.session.execute(delete(Action).where(Action.position == 2))

    assert opened(run).play.count == 1


def test_runs_come_the_newest_first_page_by_page(ada):
    runs = [passed(ada), failed(ada), start(ada)]

    found = queries.runs_of(ada.id)

    assert [run.id for run in found] == [run.id for run in reversed(runs)]
    assert queries.runs_of(ada.id, "console", limit=1, offset=1)[0].id == runs[1].id
    assert queries.runs_of(ada.id, "other") == []


def test_the_open_run_comes_before_a_newer_one(ada):
    older, newer = passed(ada), passed(ada)
    with transaction():
        db.session.get_one(Run, older.id).ended_at = None

    last = queries.last_run(ada.id, "console", Mode.CHECK)

    assert last is not None
    assert (last.id, newer.id > older.id) == (older.id, True)


def test_outcomes_are_asked_for_several_runs_at_once(ada):
    judged, begun = passed(ada), start(ada)

    found = queries.outcomes_of([judged.id, begun.id])

    assert set(found[judged.id]) == {"protection", "fichier", "calme"}
    assert found[begun.id] == {}


def test_actions_between_two_instants(ada):
    run = start(ada)
    for minute, deed in enumerate(RIGHT):
        clock.set_to(MORNING + timedelta(minutes=minute))
        do(run, [deed])
    last = Acted(MORNING + timedelta(minutes=1), 60, "console")

    everything = queries.acted_by(ada.id, None, None)

    assert [one.at for one in everything] == [MORNING, last.at]
    assert queries.acted_by(ada.id, last.at, None) == [last]
    assert queries.acted_by(ada.id, None, last.at) == everything[:1]
    assert queries.acted_by(make_user("Eve").id, None, None) == []


def test_each_action_is_a_deed_of_the_ledger(ada):
    do(start(ada))
    do(start(make_user("Eve")), RIGHT[:1])

    assert len(list(queries.actions())) == 3
    mine = list(queries.actions([ada.id]))
    assert {(deed.user_id, deed.verb, deed.kind, deed.key) for deed in mine} == {
        (ada.id, Verb.ACTED, "lab", "console")
    }


def test_only_what_the_desk_knows_is_looked_at(ada):
    lab = queries.lab_of(start(ada))
    known = dict.fromkeys((*lab.desk[0].views, "at"), "x" * 200)

    seen = queries.views_of(lab, {**known, "admin": "yes", "run_id": "3"})

    assert seen == dict.fromkeys(known, "x" * 80)
