"""Stamps: given once, for ever, with the rule by which they were deserved."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from course.base import clock
from course.base.db import db, transaction
from course.domain.visibility import Mode
from course.features.account.signals import adopted, merged, parted
from course.features.catalogue.queries import shelf
from course.features.passport import services
from course.features.passport.merging import facts
from course.features.passport.models import Stamp
from course.features.passport.queries import stamps_by_user, stamps_of
from course.features.progress.models import Event
from course.features.progress.services import Deed, Verb, record
from course.features.quiz import services as quizzes
from tests.conftest import MORNING
from tests.make.account import make_guest, make_user
from tests.make.library import FILES, publish
from tests.make.library_quiz import QUIZ_EN, QUIZ_FR
from tests.make.passport import make_stamp
from tests.make.quiz import RIGHT, answer_all, end, start

LATER = MORNING + timedelta(days=1)
OTHER = "autre"


def passes(user, **answered):
    """A check answered so, and ended."""
    attempt = start(user)
    answer_all(attempt, **answered)
    return end(attempt)


def stamps():
    db.session.expire_all()
    return list(db.session.scalars(select(Stamp).order_by(Stamp.id)))


def held():
    """(user, module) → the day of the stamp."""
    return {(stamp.user_id, stamp.module): stamp.at for stamp in stamps()}


# ── given


def test_a_passed_check_stamps_its_module_at_once(small_library, ada):
    attempt = passes(ada)

    (stamp,) = stamps()
    assert (stamp.user_id, stamp.module, stamp.at) == (ada.id, "essai", MORNING)
    assert stamp.rule == {"name": "quiz-1", "needs": ["quiz"]}
    assert stamp.evidence == {
        "quiz": "essai",
        "revision": attempt.revision_id,
        "attempt": attempt.id,
        "mode": "check",
        "share": 1,
    }


@pytest.mark.parametrize("right", [(), list(RIGHT)[:3]])
def test_a_failed_check_gives_none(small_library, ada, right):
    passes(ada, right=right)

    assert stamps() == []


def test_a_practice_gives_none_however_right_it_is(small_library, ada):
    attempt = start(ada, Mode.PRACTICE)
    answer_all(attempt)
    end(attempt)

    assert stamps() == []


def test_ending_twice_gives_one_stamp(small_library, ada):
    attempt = passes(ada)

    quizzes.end_attempt(ada.id, attempt.id)

    assert len(stamps()) == 1


def test_a_module_passed_again_keeps_its_first_stamp(small_library, ada):
    first = passes(ada)
    clock.set_to(LATER)

    passes(ada)

    assert held() == {(ada.id, "essai"): MORNING}
    assert stamps()[0].evidence["attempt"] == first.id


def test_a_check_failed_later_takes_no_stamp_away(small_library, ada):
    passes(ada)
    clock.set_to(LATER)

    passes(ada, right=())

    assert held() == {(ada.id, "essai"): MORNING}


def test_a_later_rule_takes_no_stamp_away(small_library, ada):
    old = make_stamp(ada)
    with transaction():
        db.session.merge(old).rule = {"name": "older", "needs": []}

    passes(ada)

    assert [stamp.rule["name"] for stamp in stamps()] == ["older"]
    assert list(stamps_of(ada.id)) == ["essai"]


def test_two_tabs_that_end_together_give_one_stamp(
    real_commits, app, small_library, ada
):
    attempt = start(ada)
    answer_all(attempt)
    user_id, number = ada.id, attempt.id
    db.session.close()

    def ends(_tab):
        with app.app_context():
            quizzes.end_attempt(user_id, number)

    with ThreadPoolExecutor(2) as tabs:
        list(tabs.map(ends, range(2)))

    assert len(stamps()) == 1


def test_the_stamp_happens_with_the_end_or_not_at_all(small_library, ada, monkeypatch):
    attempt = start(ada)
    answer_all(attempt)
    number, user_id = attempt.id, ada.id

    with pytest.raises(RuntimeError), transaction():
        quizzes.end_attempt(user_id, number)
        raise RuntimeError

    assert stamps() == []
    events = db.session.scalars(select(Event.verb).order_by(Event.id))
    assert list(events) == ["started"]


@pytest.fixture
def free_quiz(tmp_path, ada):
    """A check that Ada has passed, in no module."""
    header = "module: essai\n"
    free = {
        "quizzes/libre.fr.md": QUIZ_FR.replace(header, ""),
        "quizzes/libre.en.md": QUIZ_EN.replace(header, ""),
    }
    publish(tmp_path, {**FILES, **free})
    passed("libre", ada, shelf().revision("quiz", "libre"))


def passed(quiz, user, revision):
    """A line of the ledger."""
    record(Deed(user.id, Verb.PASSED, "quiz", quiz, MORNING, quiz, revision))


def test_a_quiz_of_no_module_stamps_nothing(free_quiz):
    assert stamps() == []


# ── due


def test_who_passed_before_there_were_stamps_gets_the_first_one(
    small_library, ada, grace
):
    attempt = passes(ada)
    clock.set_to(LATER)
    passes(ada)
    passes(grace, right=())
    with transaction():
        db.session.execute(delete(Stamp))

    given = [services.give_due(), services.give_due()]

    assert given == [1, 0]
    assert held() == {(ada.id, "essai"): MORNING}
    assert stamps()[0].evidence["attempt"] == attempt.id


def test_a_quiz_of_no_module_is_owed_no_stamp(free_quiz):
    assert services.give_due() == 0


def test_a_deed_that_knows_no_revision_stamps_nothing(small_library, ada):
    passed("essai", ada, None)

    assert stamps() == []
    assert services.give_due() == 0


# ── two accounts


def test_a_guest_s_stamps_go_to_the_account_and_the_earliest_stays(app, ada):
    guest = make_guest()
    make_stamp(guest, "essai", MORNING)
    make_stamp(guest, OTHER, LATER)
    make_stamp(ada, "essai", LATER)
    make_stamp(ada, "troisieme", LATER)

    adopted.send(None, guest_id=guest.id, user_id=ada.id)

    assert stamps_of(ada.id) == {"essai": MORNING, OTHER: LATER, "troisieme": LATER}


def test_a_guest_who_passed_keeps_the_stamp_by_signing_in(small_library, ada):
    guest = make_guest()
    passes(guest)

    adopted.send(None, guest_id=guest.id, user_id=ada.id)

    assert held() == {(ada.id, "essai"): MORNING}


@pytest.mark.parametrize("earlier", [True, False])
def test_parted_accounts_have_the_stamps_they_had(app, ada, earlier):
    gone, moved = make_user("Ada L."), {}
    make_stamp(gone, "essai", MORNING if earlier else LATER)
    make_stamp(gone, OTHER, LATER)
    make_stamp(ada, "essai", LATER if earlier else MORNING)
    before = held()

    merged.send(None, kept_id=ada.id, gone_id=gone.id, moved=moved)
    joined = stamps_of(ada.id)
    parted.send(None, kept_id=ada.id, gone_id=gone.id, moved=moved)

    assert joined == {"essai": MORNING, OTHER: LATER}
    assert len(moved["stamp"]) == (3 if earlier else 1)
    assert held() == before


def test_a_stamp_given_after_the_merge_stays(app, ada):
    gone, moved = make_user("Ada L."), {}
    make_stamp(gone)
    merged.send(None, kept_id=ada.id, gone_id=gone.id, moved=moved)
    make_stamp(ada, OTHER, LATER)

    parted.send(None, kept_id=ada.id, gone_id=gone.id, moved=moved)

    assert held() == {(gone.id, "essai"): MORNING, (ada.id, OTHER): LATER}


def test_a_merge_in_between_never_makes_two_stamps_of_one_module(app, ada):
    one, two = make_user("Ada L."), make_user("A. Lovelace")
    make_stamp(ada, "essai", LATER + timedelta(days=1))
    make_stamp(one, "essai", LATER)
    make_stamp(two, "essai", MORNING)
    first, second = {}, {}
    merged.send(None, kept_id=ada.id, gone_id=one.id, moved=first)
    merged.send(None, kept_id=ada.id, gone_id=two.id, moved=second)

    parted.send(None, kept_id=ada.id, gone_id=one.id, moved=first)

    assert {user: at for (user, _module), at in held().items()} == {
        ada.id: MORNING,
        one.id: LATER + timedelta(days=1),
        two.id: LATER,
    }


def test_accounts_without_stamps_are_joined_and_parted_as_well(app, ada, grace):
    moved = {}

    merged.send(None, kept_id=ada.id, gone_id=grace.id, moved=moved)
    parted.send(None, kept_id=ada.id, gone_id=grace.id, moved={})

    assert moved["stamp"] == []
    assert stamps() == []


# ── read


def test_stamps_of_many_people_take_one_statement(app, ada, grace, count_queries):
    make_stamp(ada)
    make_stamp(ada, OTHER, LATER)
    ids = [ada.id, grace.id]

    with count_queries() as sent:
        found = stamps_by_user(ids)

    assert found == {ids[0]: {"essai": MORNING, OTHER: LATER}, ids[1]: {}}
    assert len(sent) == 1


def test_who_compares_two_accounts_sees_their_stamps(app, ada, grace):
    make_stamp(ada)

    (fact,) = facts([ada.id, grace.id])

    assert (str(fact.label), fact.said) == ("Tampons", {ada.id: "1", grace.id: "0"})
