"""The ledger, and where learners stand."""

from datetime import timedelta
from itertools import permutations
from threading import Thread

import pytest

from course.base.db import db
from course.features.account.signals import adopted
from course.features.progress.queries import events_of, standings_by_user, standings_of
from course.features.progress.services import Deed, Verb, now_deed, rebuild, record
from tests.conftest import MORNING
from tests.make.account import make_guest, make_user


def a_deed(user, verb=Verb.READ, *, key="premiere", at=0, client="1", **result):
    kind = "lesson" if verb in {Verb.READ, Verb.TRIED} else "quiz"
    instant = MORNING + timedelta(minutes=at)
    return Deed(user.id, verb, kind, key, instant, client_id=client, result=result)


def standing(user):
    """What the only standing of somebody says."""
    db.session.close()
    [one] = standings_of(user.id).values()
    return {name: getattr(one, name) for name in NAMES}


NAMES = ("state", "best", "tries", "answered", "first_at", "last_at")


def test_a_lesson_that_was_read_is_done(ada):
    assert record(a_deed(ada))

    assert standing(ada) == {
        "state": "done",
        "best": None,
        "tries": 0,
        "answered": 0,
        "first_at": MORNING,
        "last_at": MORNING,
    }


def test_a_question_that_was_tried_only_begins_a_lesson(ada):
    record(a_deed(ada, Verb.TRIED))

    assert standing(ada)["state"] == "started"


def test_the_same_deed_sent_twice_is_kept_once(ada):
    outcomes = [record(a_deed(ada, Verb.ANSWERED)) for _ in range(3)]

    assert outcomes == [True, False, False]
    assert standing(ada)["answered"] == 1
    assert len(events_of(ada.id)) == 1


def test_two_people_may_have_the_same_client_id(ada, grace):
    assert record(a_deed(ada))
    assert record(a_deed(grace))


def test_the_best_share_stays_and_tries_are_counted(ada):
    for at, (verb, share) in enumerate(
        [(Verb.FAILED, 0.5), (Verb.PASSED, 0.9), (Verb.FAILED, 0.2)]
    ):
        record(a_deed(ada, verb, at=at, client=str(at), share=share))

    now = standing(ada)
    assert (now["state"], now["best"], now["tries"]) == ("done", 0.9, 3)
    assert now["last_at"] == MORNING + timedelta(minutes=2)


def test_a_practice_never_counts_as_passed(ada):
    record(a_deed(ada, Verb.ENDED, share=1.0))

    now = standing(ada)
    assert (now["state"], now["best"], now["tries"]) == ("started", None, 1)


DEEDS = (
    (Verb.STARTED, 0, None),
    (Verb.FAILED, 5, 0.4),
    (Verb.PASSED, 9, 0.8),
)


@pytest.mark.parametrize("order", list(permutations(DEEDS)))
def test_deeds_may_arrive_in_any_order(ada, order):
    for verb, at, share in order:
        more = {} if share is None else {"share": share}
        record(a_deed(ada, verb, at=at, client=str(at), **more))

    assert standing(ada) == {
        "state": "done",
        "best": 0.8,
        "tries": 2,
        "answered": 0,
        "first_at": MORNING,
        "last_at": MORNING + timedelta(minutes=9),
    }


def test_standings_made_anew_are_the_same(ada, grace):
    for client, verb in enumerate((Verb.STARTED, Verb.FAILED, Verb.PASSED)):
        record(a_deed(ada, verb, client=str(client), share=client / 2))
    record(a_deed(grace))
    before = standing(ada), standing(grace)

    count = rebuild()

    assert count == 4
    assert (standing(ada), standing(grace)) == before


def test_standings_of_one_person_are_made_anew_alone(ada, grace):
    record(a_deed(ada))
    record(a_deed(grace))

    assert rebuild({ada.id}) == 1
    assert standing(grace)["state"] == "done"


def test_a_deed_of_this_moment_is_dated_by_the_clock(ada):
    assert now_deed(ada.id, Verb.READ, "lesson", "premiere").at == MORNING


def test_what_a_guest_did_becomes_the_account_s(ada):
    guest = make_guest()
    record(a_deed(guest, client="shared"))
    record(a_deed(guest, key="seconde", client="own"))
    record(a_deed(ada, client="shared"))

    adopted.send(None, guest_id=guest.id, user_id=ada.id)

    db.session.close()
    assert {key for _kind, key in standings_of(ada.id)} == {"premiere", "seconde"}


def test_events_are_listed_from_the_newest(ada):
    for client in "abc":
        record(a_deed(ada, key=client, client=client))

    assert [event.key for event in events_of(ada.id, limit=2)] == ["c", "b"]


def test_standings_of_many_are_read_in_one_statement(app, count_queries):
    people = [make_user() for _ in range(4)]
    for one in people[:2]:
        record(a_deed(one))

    with count_queries() as sent:
        found = standings_by_user(one.id for one in people)

    assert len(sent) == 1
    assert [len(found[one.id]) for one in people] == [1, 1, 0, 0]


def test_a_double_click_is_one_deed(app, real_commits, ada):
    outcomes = []

    def send():
        with app.app_context():
            outcomes.append(record(a_deed(ada, Verb.ANSWERED)))

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [False, False, False, True]
    assert standing(ada)["answered"] == 1
