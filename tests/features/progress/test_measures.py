"""How long deeds take, what goes wrong in a row: measured when it happens."""

from datetime import timedelta
from itertools import count

import pytest
from flask import g

from course.base import clock
from course.base.db import db
from course.domain.visibility import Mode
from course.features.catalogue import queries as catalogue
from course.features.lesson import services as lessons
from course.features.progress.models import Event
from course.features.progress.queries import standings_of
from course.features.progress.services import Deed, Verb, rebuild, record, spent
from course.features.quiz.models import Submission
from tests.conftest import MORNING
from tests.make.library_quiz import RIGHT
from tests.make.quiz import (
    WRONG,
    answer,
    answer_all,
    end,
    standings,
    standings_anew,
    start,
)

numbers = count(1)


def later(seconds: float) -> None:
    clock.set_to(clock.now() + timedelta(seconds=seconds))


def tried(user, name="placard", share=0, **more):
    """A question of a lesson, tried now."""
    result = {"try": name, "share": share, **more}
    word = f"try-{next(numbers)}"
    record(
        Deed(
            user.id,
            Verb.TRIED,
            "lesson",
            "premiere",
            clock.now(),
            word,
            result=result,
        )
    )


def standing(user, kind="lesson", key="premiere"):
    db.session.close()
    return standings_of(user.id)[kind, key]


# ── seconds


@pytest.mark.parametrize(
    ("gap", "seconds"),
    [(0, 0), (42.9, 42), (600, 600), (601, 60), (86_400, 60), (-30, 0)],
)
def test_a_deed_took_the_time_since_the_one_before(ada, gap, seconds):
    tried(ada)

    assert spent(ada.id, MORNING + timedelta(seconds=gap)) == seconds


def test_the_first_deed_of_all_counts_for_a_minute(ada):
    assert spent(ada.id, MORNING) == 60


def test_minutes_add_up_and_silence_is_left_out(ada):
    tried(ada)  # the first: 60
    later(100)
    tried(ada)
    later(7200)
    tried(ada)  # after a break: 60

    assert standing(ada).seconds == 220
    assert [e.seconds for e in db.session.query(Event).order_by(Event.id)] == [
        *(60, 100, 60),
    ]


def test_time_is_shared_between_what_was_done(small_library, ada):
    tried(ada)
    later(30)
    attempt = start(ada)
    later(20)
    answer(attempt, "delai", "72")

    assert standing(ada).seconds == 60
    assert standing(ada, "quiz", "essai").seconds == 50


def test_a_deed_may_say_itself_how_long_it_took(ada):
    record(Deed(ada.id, Verb.READ, "lesson", "premiere", MORNING, "1", seconds=5))

    assert standing(ada).seconds == 5


def test_in_a_request_the_deed_before_comes_with_who_is_signed_in(
    small_library, ada, as_learner, count_queries
):
    tried(ada)
    as_learner.get("lesson.show", key="premiere")
    later(77)

    with count_queries() as sent:
        as_learner.post("lesson.read", key="premiere")

    # Who asks (and when something was last done), the deed, the standing.
    assert len(sent) == 3, sent
    assert standing(ada).seconds == 60 + 77


def test_two_deeds_of_one_request_do_not_count_the_same_time(ada):
    # What the statement that finds who is signed in leaves behind.
    g.brought_for, g.last_deed = ada.id, None
    tried(ada)
    later(40)
    tried(ada)
    tried(ada)

    assert standing(ada).seconds == 60 + 40


def test_what_came_with_somebody_is_nobody_else_s(ada, grace):
    g.brought_for, g.last_deed = grace.id, MORNING
    later(40)

    tried(ada)

    assert standing(ada).seconds == 60


# ── too fast


def hasty(user):
    return standing(user, "quiz", "essai").hasty


def test_an_answer_given_before_the_question_can_be_read_is_too_fast(
    small_library, ada
):
    attempt = start(ada)
    later(1)
    answer(attempt, "alerte", RIGHT["alerte"])
    later(30)
    answer(attempt, "appel", RIGHT["appel"])

    assert hasty(ada) == 1
    rows = db.session.query(Submission).order_by(Submission.id)
    assert [(row.seconds, row.hasty) for row in rows] == [(1, True), (30, False)]


def test_not_knowing_is_never_too_fast(small_library, ada):
    attempt = start(ada)

    answer(attempt, "alerte", None)

    assert hasty(ada) == 0


def test_who_comes_back_to_a_question_has_read_it(small_library, ada):
    attempt = start(ada)
    later(30)
    answer(attempt, "alerte", WRONG["alerte"])
    later(1)

    answer(attempt, "alerte", RIGHT["alerte"], "again")

    assert hasty(ada) == 0


def test_a_practice_may_be_as_fast_as_one_likes(small_library, ada):
    attempt = start(ada, Mode.PRACTICE)

    answer(attempt, "alerte", WRONG["alerte"])

    assert hasty(ada) == 0


# ── wrong in a row


def run(user, kind="lesson", key="premiere"):
    now = standing(user, kind, key)
    return now.wrong, now.hurdle


def test_wrong_tries_of_one_question_are_counted_until_it_is_right(ada):
    for _time in range(3):
        tried(ada)
    assert run(ada) == (3, "placard")

    tried(ada, share=1)

    assert run(ada)[0] == 0


def test_half_right_is_not_right_yet(ada):
    tried(ada, share=0.5)

    assert run(ada) == (1, "placard")


def test_not_knowing_is_neither_right_nor_wrong(ada):
    tried(ada)
    tried(ada, unknown=True)

    assert run(ada) == (1, "placard")


def test_another_question_begins_another_count(ada):
    for _time in range(3):
        tried(ada)

    tried(ada, "autre")

    assert run(ada) == (1, "autre")


def test_right_elsewhere_takes_no_hurdle_away(ada):
    tried(ada)
    tried(ada, "autre", share=1)
    tried(ada)

    assert run(ada) == (2, "placard")


def test_a_high_hurdle_stays_until_it_is_passed(ada):
    for _time in range(4):
        tried(ada)
    tried(ada, "autre")
    assert run(ada) == (4, "placard")

    tried(ada, share=1)
    tried(ada, "autre")

    assert run(ada) == (1, "autre")


def test_reading_changes_no_hurdle(ada):
    tried(ada)

    record(Deed(ada.id, Verb.READ, "lesson", "premiere", MORNING, "read"))

    assert run(ada) == (1, "placard")


def test_wrong_answers_of_a_practice_are_counted_by_question(small_library, ada):
    attempt = start(ada, Mode.PRACTICE)
    for time in range(2):
        answer(attempt, "alerte", WRONG["alerte"], f"a{time}")
    answer(attempt, "delai", "48", "b")
    assert run(ada, "quiz", "essai") == (1, "delai")
    answer(attempt, "alerte", None, "c")
    assert run(ada, "quiz", "essai") == (1, "delai")
    answer(attempt, "alerte", WRONG["alerte"], "d")
    assert run(ada, "quiz", "essai") == (3, "alerte")

    answer(attempt, "alerte", RIGHT["alerte"], "e")

    assert run(ada, "quiz", "essai")[0] == 0


def test_another_practice_begins_another_count(small_library, ada):
    for number in range(2):
        attempt = start(ada, Mode.PRACTICE)
        for time in range(3):
            answer(attempt, "alerte", WRONG["alerte"], f"{number}-{time}")
        end(attempt)

    assert run(ada, "quiz", "essai") == (3, "alerte")


def test_a_check_says_nothing_before_its_end(small_library, ada):
    attempt = start(ada)
    for time in range(4):
        answer(attempt, "alerte", WRONG["alerte"], str(time))

    assert run(ada, "quiz", "essai") == (0, None)


# ── the ledger says the same


def test_measures_made_anew_are_the_same(small_library, ada):
    lessons.read(ada, catalogue.shelf(), "premiere")
    later(20)
    for name, share in (("placard", 0), ("autre", 0), ("placard", 0.5)):
        tried(ada, name, share)
        later(15)
    practice = start(ada, Mode.PRACTICE)
    for time, (name, words) in enumerate(
        [
            *[("alerte", WRONG["alerte"])] * 2,
            ("delai", "48"),
            ("alerte", None),
            ("alerte", WRONG["alerte"]),
            ("delai", "72"),
        ]
    ):
        later(3)
        answer(practice, name, words, str(time))
    later(900)
    check = start(ada)
    answer_all(check, right={"delai"})
    end(check)

    before = standings()

    assert before[ada.id, "quiz", "essai"][-4:] == (93, 10, 3, "alerte")
    assert before[ada.id, "lesson", "premiere"][-4:] == (110, 0, 1, "placard")
    assert standings_anew() == before
    assert rebuild({ada.id}) > 0
    assert standings() == before
