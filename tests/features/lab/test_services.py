"""Beginning, acting, ending and beginning again: what is kept, what is refused."""

from datetime import timedelta

import pytest
from werkzeug.exceptions import NotFound

from course.base import clock
from course.base.db import db, transaction
from course.domain.run import MOST_ACTIONS
from course.domain.simulators.base import RefusedError
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.lab import queries, services
from course.features.lab.models import Run
from course.features.progress.queries import standings_of
from tests.conftest import MORNING
from tests.make.account import make_guest, make_user
from tests.make.lab import (
    RIGHT,
    WRONG,
    act,
    again,
    do,
    end,
    events,
    fact,
    failed,
    kept,
    long_run,
    opened,
    passed,
    start,
    switch,
)
from tests.make.quiz import standings, standings_anew

pytestmark = pytest.mark.usefixtures("lab_library")


# ---- Begin


def test_a_run_begins_with_the_revision_and_the_trade_of_that_moment(ada):
    run = start(ada)

    assert (run.lab, run.mode, run.count, run.seed) == ("console", "check", 0, 7)
    assert run.versions == queries.versions_of(queries.lab_of(run))
    assert run.profile == ada.profile.to_dict()
    assert events(ada) == [("started", {"run": run.id, "mode": "check"})]


def test_beginning_twice_gives_the_run_that_is_open(ada):
    first = start(ada)

    assert start(ada).id == first.id
    assert start(ada, Mode.PRACTICE).id != first.id


def test_a_run_begun_at_the_same_time_is_found(ada):
    first = start(ada)

    same = services._begin(ada, first.revision_id, Mode.CHECK)

    assert same.id == first.id


def test_after_the_end_a_new_try_is_a_new_run(ada):
    first = failed(ada)

    second = start(ada)

    assert second.id != first.id
    assert second.count == 0


def test_beginning_again_leaves_the_open_run_without_a_verdict(ada):
    first = do(start(ada), WRONG)

    second = again(ada)

    left = db.session.get_one(Run, first.id)
    assert second.id != first.id
    assert (left.ended_at, left.points, left.passed) == (MORNING, None, None)
    assert opened(left, whole=True).given_up
    assert [verb for verb, _result in events(ada)] == ["started", "ended", "started"]
    standing = standings_of(ada.id)["lab", "console"]
    assert (standing.state, standing.best) == ("started", None)


def test_beginning_again_what_was_not_begun_changes_nothing(ada):
    first = start(ada)

    assert again(ada).id == first.id
    assert len(events(ada)) == 1


def test_beginning_again_after_the_end_is_beginning(ada):
    first = passed(ada)

    assert again(ada).id != first.id
    assert db.session.get_one(Run, first.id).passed


def test_leaving_a_run_that_another_tab_ended_changes_nothing(ada):
    run = passed(ada)

    services._give_up(run)

    assert [verb for verb, _result in events(ada)] == ["started", "passed"]


# ---- Act


def test_what_is_done_is_kept_and_found_again(ada):
    run = do(start(ada))

    assert [(a.position, a.simulator, a.name, a.fields) for a in kept(run)] == [
        (1, "antivirus", "protect", {"on": "yes"}),
        (2, "antivirus", "decide", {"item": "facture", "what": "quarantine"}),
    ]
    assert fact(run, "protection") == "on"
    assert fact(run, "item.facture") == "quarantined"
    assert opened(run).run.count == 2


def test_the_same_act_of_the_same_page_is_done_once(ada):
    run = start(ada)
    first = services.act(ada.id, run.id, "antivirus.protect", {"on": ["yes"]}, "page")
    clock.set_to(MORNING + timedelta(minutes=1))

    twice = services.act(ada.id, run.id, "antivirus.protect", {"on": ["yes"]}, "page")

    assert twice[1] == first[1] == MORNING
    assert len(kept(run)) == 1


def test_two_acts_of_one_page_are_both_done(ada):
    run = start(ada)

    act(run, "antivirus.protect", "page", on="yes")
    act(run, "antivirus.protect", "page", on="no")

    assert len(kept(run)) == 2


@pytest.mark.parametrize("what", ["refused", "done"])
def test_an_act_sent_again_long_after_is_answered_as_done(ada, what):
    run = start(ada)
    act(run, "antivirus.protect", "page", on="yes")
    # The loaded actions do not hold it any more: a snapshot came since.
    switch(run, 60, first="no")
    act(run, "antivirus.protect", on="no") if what == "done" else None

    services.act(ada.id, run.id, "antivirus.protect", {"on": ["yes"]}, "page")

    assert len(kept(run)) == (62 if what == "done" else 61)
    assert fact(run, "protection") == ("off" if what == "done" else "on")


def test_a_page_s_long_token_still_fits(ada):
    run = start(ada)

    act(run, "antivirus.protect", "t" * 36, on="yes")

    assert len(kept(run)[0].client_id) == 40


def test_two_tabs_see_one_state(ada):
    run = start(ada)
    act(run, "antivirus.protect", "first-tab", on="yes")

    with pytest.raises(RefusedError) as refused:
        act(run, "antivirus.protect", "second-tab", on="yes")

    assert refused.value.code == "antivirus.already"
    act(run, "antivirus.protect", "second-tab", on="no")
    assert fact(run, "protection") == "off"


HOSTILE = {
    "no simulator": ("", {}),
    "an unknown simulator": ("mailbox.send", {}),
    "an unknown act": ("antivirus.explode", {}),
    "an act of Python": ("antivirus.__class__", {}),
    "an unknown thing of the lab": ("lab.finish", {}),
    "a missing field": ("antivirus.decide", {"item": ["facture"]}),
    "an unknown choice": ("antivirus.protect", {"on": ["perhaps"]}),
    "an unknown file": (
        "antivirus.decide",
        {"item": ["nothing"], "what": ["delete"]},
    ),
    "too long a field": (
        "antivirus.decide",
        {"item": ["x" * 5000], "what": ["delete"]},
    ),
    "too many values": ("antivirus.warn", {"who": ["contact"] * 5000}),
    "a hint of nothing": ("lab.hint", {"goal": ["nothing"]}),
    "a long hint": ("lab.hint", {"goal": ["x" * 9000]}),
    "nothing to take back": ("lab.undo", {}),
    "out of order": ("antivirus.wait", {}),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_refused_changes_nothing(ada, case):
    run = start(ada)
    before = opened(run).play.world
    what, raw = HOSTILE[case]

    with pytest.raises(RefusedError):
        services.act(ada.id, run.id, what, raw, "page")

    after = opened(run)
    assert after.play.world == before
    assert (after.run.count, kept(run)) == (0, [])
    assert [verb for verb, _result in events(ada)] == ["started"]


def test_signs_that_no_database_keeps_are_left_out(ada):
    run = start(ada)

    act(run, "antivirus.decide", item="fac\x00ture", what="delete")

    assert kept(run)[0].fields["item"] == "facture"


def test_fields_that_an_act_does_not_know_are_left_alone(ada):
    run = start(ada)

    act(run, "antivirus.protect", on="yes", admin="yes", points="99")

    assert kept(run)[0].fields == {"on": "yes"}


def test_another_person_s_run_does_not_exist(ada):
    eve = make_user("Eve")
    run = start(ada)

    for intrude in (
        lambda: services.act(eve.id, run.id, *("antivirus.update", {}, "page")),
        lambda: services.end_run(eve.id, run.id),
        lambda: queries.opened(eve.id, run.id),
    ):
        with pytest.raises(NotFound):
            intrude()

    assert opened(run).run.ended_at is None


def test_who_was_erased_does_nothing_more(ada):
    run = start(ada)
    with transaction():
        db.session.get_one(User, ada.id).erased_at = MORNING

    with pytest.raises(NotFound):
        act(run, "antivirus.protect", on="yes")


def test_an_ended_run_takes_nothing_more(ada):
    run = passed(ada)

    with pytest.raises(services.EndedError):
        act(run, "antivirus.protect", on="no")

    assert len(kept(run)) == 2


def test_the_action_after_the_last_one_is_refused(ada):
    run = long_run(start(ada), MOST_ACTIONS - 1)
    act(run, "antivirus.protect", on="no")

    with pytest.raises(RefusedError) as refused:
        act(run, "antivirus.protect", on="yes")

    assert refused.value.code == "act.too-many"
    assert len(kept(run)) == MOST_ACTIONS
    assert opened(run).left == 0
    assert end(run).passed is False


def test_the_bound_is_told_before_it_is_met(ada):
    assert opened(long_run(start(ada), 549)).left is None
    assert opened(long_run(start(ada, Mode.PRACTICE), 550)).left == 50


def test_hints_are_actions(ada):
    run = start(ada)

    act(run, "lab.hint", goal="protection")

    (action,) = kept(run)
    assert (action.simulator, action.name) == ("lab", "hint")
    assert action.fields == {"goal": "protection"}
    read = {goal.name: count for goal, count in opened(run).hints}
    assert read["protection"] == 1


def test_minutes_are_counted_with_each_action(ada):
    run = start(ada)
    for minute in (1, 3, 33):
        clock.set_to(MORNING + timedelta(minutes=minute))
        act(run, "antivirus.protect", on="yes" if minute != 3 else "no")

    # A minute for the beginning, then one, two, and one after half an hour away.
    assert [action.seconds for action in kept(run)] == [60, 120, 60]
    assert standings_of(ada.id)["lab", "console"].seconds == 60 + 240
    assert standings() == standings_anew()


# ---- A guest signs in


def test_a_guest_s_runs_go_to_the_account(ada):
    guest = make_guest()
    done, begun = passed(guest), do(start(guest, Mode.PRACTICE), RIGHT[:1])

    services.adopt(guest.id, ada.id)

    assert {run.id for run in queries.runs_of(ada.id)} == {done.id, begun.id}
    assert act(fresh_of(ada, begun), "antivirus.protect", on="no").run.count == 2
    assert standings() == standings_anew()


def fresh_of(user, run):
    """The run once it is this person's."""
    return queries.opened(user.id, run.id).run


def test_of_two_open_runs_the_account_s_stays_open(ada):
    guest = make_guest()
    mine, theirs = do(start(ada), RIGHT[:1]), do(start(guest), RIGHT[:1])

    services.adopt(guest.id, ada.id)

    left = queries.opened(ada.id, theirs.id)
    assert left.given_up
    assert start(ada).id == mine.id
    assert queries.runs_of(guest.id) == []
