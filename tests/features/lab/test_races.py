"""Tabs and fingers that act at the same time: one state, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from course.base.db import db
from course.domain.visibility import Mode
from course.features.catalogue.queries import shelf
from course.features.lab import queries, services
from course.features.lab.models import Run
from course.features.progress.models import Event
from tests.make.lab import LAB, do, kept, opened, start
from tests.make.quiz import standings, standings_anew

pytestmark = pytest.mark.usefixtures("real_commits", "lab_library")
TABS = 4


def together(app, deed):
    """What each of some tabs gets that do something at once."""
    ready = Barrier(TABS)

    def in_tab(number):
        with app.app_context():
            ready.wait(10)
            return deed(number)

    db.session.close()
    with ThreadPoolExecutor(TABS) as tabs:
        return list(tabs.map(in_tab, range(TABS)))


def test_tabs_that_act_together_are_put_in_a_row(app, ada):
    run = start(ada)
    user_id, number = ada.id, run.id

    def warn(tab):
        what = "lab.hint" if tab % 2 else "antivirus.decide"
        raw = {"goal": ["protection"], "item": ["facture"]}
        raw["what"] = ["quarantine" if tab else "delete"]
        try:
            services.act(user_id, number, what, raw, f"tab-{tab}")
        except services.RefusedError as refused:
            return refused.code
        return "done"

    said = together(app, warn)

    positions = [action.position for action in kept(run)]
    assert positions == list(range(1, said.count("done") + 1))
    assert opened(run).run.count == len(positions)
    assert opened(run).play.world == opened(run, whole=True).play.world
    assert standings() == standings_anew()


def test_four_clicks_at_once_act_once(app, ada):
    run = start(ada)
    user_id, number = ada.id, run.id

    answers = together(
        app,
        lambda _tab: services.act(
            user_id, number, "antivirus.protect", {"on": ["yes"]}, "page"
        )[1],
    )

    assert len(kept(run)) == 1
    assert len(set(answers)) == 1


def test_four_ends_at_once_judge_once(app, ada):
    run = do(start(ada))
    user_id, number = ada.id, run.id

    together(app, lambda _tab: services.end_run(user_id, number).run.points)

    assert len(queries.outcomes_of([number])[number]) == 3
    assert standings() == standings_anew()


def test_beginning_again_while_another_tab_ends_leaves_the_verdict(app, ada):
    run = do(start(ada))
    user_id, number = ada.id, run.id

    def begin_or_end(tab):
        if tab % 2:
            services.end_run(user_id, number)
        else:
            user = db.session.get_one(type(ada), user_id)
            services.restart_run(user, shelf(), LAB, Mode.CHECK)

    together(app, begin_or_end)

    verdicts = select(Event.verb).where(Event.kind == "lab", Event.verb != "started")
    assert len(db.session.scalars(verdicts).all()) == 1
    assert standings() == standings_anew()


def test_beginning_again_in_four_tabs_makes_one_run(app, ada):
    first = do(start(ada))
    user_id = ada.id

    def begin(_tab):
        user = db.session.get_one(type(ada), user_id)
        return services.restart_run(user, shelf(), LAB, Mode.CHECK).id

    made = together(app, begin)

    assert len(set(made)) == 1
    assert first.id not in made
    assert db.session.query(Run).count() == 2
