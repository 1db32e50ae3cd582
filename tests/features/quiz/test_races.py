"""Two clicks at once, two tabs at once: nothing twice, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Event
from time import sleep

import pytest
from sqlalchemy import event, func, select
from werkzeug.exceptions import NotFound

from course.base.db import db, transaction
from course.features.account import merging
from course.features.quiz import services
from course.features.quiz.models import Attempt, Grade, Submission
from tests.make.account import make_user
from tests.make.library_quiz import RIGHT
from tests.make.quiz import (
    answer_all,
    end,
    fields,
    line_of,
    sitting,
    standings,
    standings_anew,
    start,
)


def at_once(app, *deeds):
    """Do things at the same time, each in a request of its own."""
    ready = Barrier(len(deeds))

    def do(deed):
        with app.app_context():
            ready.wait()
            return deed()

    db.session.close()
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [done.result() for done in [pool.submit(do, deed) for deed in deeds]]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_two_clicks_at_once_open_one_attempt(app, real_commits, small_library, ada):
    found = at_once(app, *[lambda: start(ada).id] * 4)

    assert len(set(found)) == 1
    assert count(Attempt) == 1
    assert len(sitting(start(ada)).lines) == 10


def test_the_click_that_comes_second_finds_the_first(
    app, real_commits, small_library, ada
):
    def other_click(_session):
        with app.app_context():
            first.append(start(ada).id)

    first = []
    # Between looking for an open attempt and writing one.
    event.listen(db.session, "after_commit", other_click, once=True)

    assert [start(ada).id] == first


def test_an_answer_sent_twice_at_once_is_kept_once(
    app, real_commits, small_library, ada
):
    attempt = start(ada)
    line = line_of(attempt, "delai")
    place, number = line.item.position, attempt.id

    def send():
        raw = fields(line, "72")
        return services.answer(ada.id, number, place, raw, "same")[1].share

    shares = at_once(app, *[send] * 4)

    assert shares == [1] * 4
    assert count(Submission) == count(Grade) == 1
    assert standings() == standings_anew()


def test_ending_waits_for_the_answer_that_is_on_its_way(
    app, real_commits, small_library, ada
):
    attempt = start(ada)
    answer_all(attempt, right=set(RIGHT) - {"delai"})
    line = line_of(attempt, "delai")
    place, number = line.item.position, attempt.id
    answered = Event()

    def answering():
        with transaction():
            services.answer(ada.id, number, place, fields(line, "72"), "late")
            answered.set()
            sleep(0.1)

    def ending():
        answered.wait()
        return services.end_attempt(ada.id, number).attempt.share

    _kept, share = at_once(app, answering, ending)

    assert share == 1


def test_an_answer_that_waits_for_the_end_comes_too_late(
    app, real_commits, small_library, ada
):
    attempt = start(ada)
    number, ending = attempt.id, Event()

    def end_it():
        with transaction():
            services.end_attempt(ada.id, number)
            ending.set()
            sleep(0.1)

    def answer_it():
        ending.wait()
        with pytest.raises(services.EndedError):
            services.answer(ada.id, number, 1, {"unknown": ["1"]}, "late")

    at_once(app, end_it, answer_it)

    assert count(Submission) == 0
    assert standings() == standings_anew()


def test_two_ends_at_once_are_one(app, real_commits, small_library, ada):
    attempt = start(ada)
    answer_all(attempt)
    number = attempt.id

    shares = at_once(
        app, *[lambda: services.end_attempt(ada.id, number).attempt.share] * 3
    )

    assert shares == [1] * 3
    assert end(attempt).share == 1
    assert standings()[ada.id, "quiz", "essai"][2] == 1
    assert standings() == standings_anew()


def test_who_answers_and_ends_while_two_accounts_are_merged_sees_no_error(
    app, real_commits, small_library, grace
):
    for number in range(4):
        kept, gone = make_user(f"Ada {number}"), make_user(f"Zoé {number}")
        attempt = start(gone)
        line, user_id = line_of(attempt, "delai"), gone.id
        where = user_id, attempt.id, line.item.position, fields(line, "72")

        at_once(
            app,
            lambda two=(kept, gone): merging.merge(grace, *two, 1),
            *[
                lambda where=where, word=word: kept_or_gone(where, word)
                for word in "ab"
            ],
            lambda where=where: kept_or_gone(where, None),
        )

        assert db.session.get_one(Attempt, attempt.id).user_id == kept.id


def kept_or_gone(where, word):
    """Answer, or end; the attempt may be somebody else's by now."""
    with suppress(NotFound, services.EndedError):
        if word is None:
            services.end_attempt(*where[:2])
        else:
            services.answer(*where, word)
