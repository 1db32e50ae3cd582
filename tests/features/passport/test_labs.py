"""Stamps of modules with a lab: given on whichever is passed last, by the rule then."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from course.base import clock
from course.base.db import db, transaction
from course.domain.visibility import Mode
from course.features.catalogue.queries import shelf
from course.features.passport import services
from course.features.passport.models import Stamp
from course.features.passport.queries import passport_of
from course.features.quiz.services import start_attempt
from tests.conftest import MORNING
from tests.make import lab
from tests.make.library import publish
from tests.make.library_lab import FILES_AND_LAB
from tests.make.quiz import answer_all, end, sitting, start

HOUR = timedelta(hours=1)


def passes_quiz(user):
    attempt = start(user)
    answer_all(attempt)
    return end(attempt)


@pytest.fixture
def published(app, tmp_path):
    """The small library, its lab in it or not, published when one says so."""

    def publish_it(*, with_lab):
        if with_lab:
            lab.publish_lab(tmp_path)
        else:
            lab.unpublish(tmp_path)

    return publish_it


def stamps():
    db.session.expire_all()
    return list(db.session.scalars(select(Stamp).order_by(Stamp.id)))


def take_away():
    with transaction():
        db.session.execute(delete(Stamp))


def test_neither_the_quiz_nor_the_lab_alone_gives_the_stamp(published, ada, grace):
    published(with_lab=True)

    passes_quiz(ada)
    lab.passed(grace)

    assert stamps() == []
    assert [left.step.kind for left in passport_of(ada).left] == ["lesson"]


@pytest.mark.parametrize("order", [("quiz", "lab"), ("lab", "quiz")])
def test_whichever_is_passed_last_gives_it_at_once(published, ada, order):
    published(with_lab=True)
    found = {}
    for hour, kind in enumerate(order):
        clock.set_to(MORNING + hour * HOUR)
        found[kind] = passes_quiz(ada) if kind == "quiz" else lab.passed(ada)

    (stamp,) = stamps()
    assert (stamp.module, stamp.at) == ("essai", MORNING + HOUR)
    assert stamp.rule == {"name": "lab-quiz-1", "needs": ["lab", "quiz"]}
    assert stamp.evidence["lab"]["run"] == found["lab"].id
    assert stamp.evidence["quiz"]["attempt"] == found["quiz"].id
    assert stamp.evidence["lab"]["key"] == "console"


def test_a_failed_lab_and_a_practised_one_give_none(published, ada):
    published(with_lab=True)
    passes_quiz(ada)

    lab.failed(ada)
    lab.passed(ada, Mode.PRACTICE)

    assert stamps() == []


def test_a_stamp_given_before_there_was_a_lab_stays_with_its_rule(published, ada):
    published(with_lab=False)
    passes_quiz(ada)
    published(with_lab=True)

    lab.passed(ada)

    (stamp,) = stamps()
    assert stamp.rule["name"] == "quiz-1"


def test_a_quiz_passed_before_the_lab_came_counts_with_the_lab(published, ada):
    published(with_lab=False)
    passes_quiz(ada)
    take_away()
    published(with_lab=True)

    lab.passed(ada)

    (stamp,) = stamps()
    assert stamp.rule["name"] == "lab-quiz-1"


def test_the_end_of_a_quiz_whose_lab_waits_says_so(published, app, ada):
    published(with_lab=True)
    browser = app.test_client().sign_in(ada)
    attempt = passes_quiz(ada)

    waiting = browser.get("quiz.review", attempt_id=attempt.id).text
    lab.passed(ada)
    stamped = browser.get("quiz.review", attempt_id=attempt.id).text

    assert "quand l’atelier du module sera réussi aussi" in waiting
    assert "stamp-essai" not in waiting
    assert "stamp-essai" in stamped


def test_passing_the_last_of_both_costs_one_statement_more(
    published, app, ada, count_queries
):
    published(with_lab=True)
    browser = app.test_client().sign_in(ada)
    lab.passed(ada)
    attempt = start(ada)
    answer_all(attempt)
    sitting(attempt)

    with count_queries() as sent:
        browser.post("quiz.end", attempt_id=attempt.id)

    assert len(stamps()) == 1
    assert len(sent) <= 8, sent


def test_a_lab_beside_the_module_neither_gives_a_stamp_nor_is_asked_for(
    app, tmp_path, ada, grace
):
    beside = {
        path: text.replace("lab: console", "more: console")
        for path, text in FILES_AND_LAB.items()
    }
    publish(tmp_path, beside)

    lab.passed(ada)
    given_for_lab = len(stamps())
    passes_quiz(grace)

    assert given_for_lab == 0
    assert [(each.user_id, each.rule["name"]) for each in stamps()] == [
        (grace.id, "quiz-1")
    ]
    take_away()
    assert services.give_due() == 1
    assert [each.user_id for each in stamps()] == [grace.id]


def test_no_stamp_is_due_before_anything_is_published(app):
    assert services.give_due() == 0


def test_the_lab_of_one_module_says_nothing_of_another(app, tmp_path, ada):
    more = {
        path.replace("1-essai", "2-autre").replace("essai", "autre"): text.replace(
            "quiz: essai", "quiz: autre"
        )
        .replace("module: essai", "module: autre")
        .replace("lab: console\n", "")
        for path, text in FILES_AND_LAB.items()
        if "module." in path or "quizzes/essai" in path
    }
    publish(tmp_path, {**FILES_AND_LAB, **more})
    lab.passed(ada)
    attempt = start_attempt(ada, shelf(), "autre", Mode.CHECK)
    answer_all(attempt)

    end(attempt)

    assert [(stamp.module, stamp.rule["name"]) for stamp in stamps()] == [
        ("autre", "quiz-1")
    ]
    essai = start(ada)
    answer_all(essai)
    end(essai)
    assert [stamp.module for stamp in stamps()] == ["autre", "essai"]


# ---- what was deserved in the past


def test_stamps_are_due_by_the_rule_of_the_time(published, ada, grace, linus):
    published(with_lab=False)
    before = passes_quiz(ada)
    clock.set_to(MORNING + HOUR)
    published(with_lab=True)
    passes_quiz(grace)
    passes_quiz(linus)
    clock.set_to(MORNING + 2 * HOUR)
    lab.passed(linus)
    take_away()

    assert services.give_due() == 2

    assert {stamp.user_id: (stamp.rule["name"], stamp.at) for stamp in stamps()} == {
        ada.id: ("quiz-1", MORNING),
        linus.id: ("lab-quiz-1", MORNING + 2 * HOUR),
    }
    assert stamps()[0].evidence["attempt"] == before.id
    assert services.give_due() == 0


def test_once_the_lab_is_taken_out_the_quiz_alone_is_asked_again(published, ada):
    published(with_lab=True)
    clock.set_to(MORNING + HOUR)
    published(with_lab=False)
    passes_quiz(ada)
    assert [stamp.rule["name"] for stamp in stamps()] == ["quiz-1"]
    take_away()

    assert services.give_due() == 1
    assert [stamp.rule["name"] for stamp in stamps()] == ["quiz-1"]
