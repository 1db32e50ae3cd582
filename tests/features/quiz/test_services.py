"""Begin, answer, end: what an attempt keeps, and what it is worth."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from course.base import clock
from course.base.db import db
from course.domain.profile import Profile, Trade
from course.domain.questions.base import UNKNOWN, UnreadableError
from course.domain.visibility import Mode
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.quiz import queries, services
from course.features.quiz.models import Attempt, Grade, Submission
from tests.conftest import MORNING
from tests.make.account import again, make_user
from tests.make.library import FILES, publish
from tests.make.library_quiz import RIGHT
from tests.make.quiz import (
    WRONG,
    answer,
    answer_all,
    end,
    fields,
    line_of,
    sitting,
    standings,
    standings_anew,
    start,
)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def publish_with(folder, old, new):
    """The small library with other words in both languages of its quiz."""
    changed = {
        path: text.replace(old, new) if path.startswith("quizzes/") else text
        for path, text in FILES.items()
    }
    return publish(folder, changed)


# ── begin


def test_an_attempt_draws_the_questions_of_the_quiz(small_library, ada):
    lines = sitting(start(ada)).lines

    assert sorted(line.item.question for line in lines) == sorted(RIGHT)
    assert [line.item.position for line in lines] == list(range(1, 11))
    assert {line.item.question: line.item.points for line in lines} == {
        **dict.fromkeys(RIGHT, 1),
        "chemins": 2,
    }


def test_an_attempt_draws_as_many_questions_as_the_quiz_says(app, tmp_path, ada):
    publish_with(tmp_path, "draw: 10", "draw: 4")

    lines = sitting(start(ada)).lines

    assert len({line.item.question for line in lines}) == 4


def test_an_attempt_keeps_its_revision_pass_mark_and_profile(small_library, ada):
    accounts.save_profile(ada, Profile(trade=Trade.BAKER))

    attempt = start(again(ada))

    items = {line.item.revision_id for line in sitting(attempt).lines}
    assert items == {attempt.revision_id}
    assert attempt.pass_mark == 70
    assert attempt.profile["trade"] == "baker"
    assert attempt.started_at == MORNING


def test_a_question_is_in_the_words_of_the_trade_of_then(small_library, ada):
    accounts.save_profile(ada, Profile(trade=Trade.BAKER))
    attempt = start(again(ada))
    accounts.save_profile(again(ada), Profile(trade=Trade.HOTEL))

    ask = line_of(attempt, "papier").question.ask.say("fr")

    assert "le magasin" in ask


def test_starting_twice_finds_the_open_attempt(small_library, ada):
    first = start(ada)
    answer(first, "delai", "72")

    assert start(ada).id == first.id
    assert sitting(first).answered == 1
    assert count(Attempt) == 1


def test_practice_and_check_are_two_attempts(small_library, ada):
    check, practice = start(ada, Mode.CHECK), start(ada, Mode.PRACTICE)

    assert check.id != practice.id
    assert (check.mode, practice.mode) == ("check", "practice")


def test_two_people_draw_differently(small_library, ada, grace):
    drawn = [
        [(line.item.question, line.item.variant) for line in sitting(start(one)).lines]
        for one in (ada, grace)
    ]

    assert drawn[0] != drawn[1]


def test_a_failed_check_pauses_one_minute(small_library, ada):
    failed = end(start(ada))

    with pytest.raises(services.PauseError) as pause:
        start(ada)

    clock.set_to(MORNING + timedelta(seconds=59))
    with pytest.raises(services.PauseError):
        start(ada)
    clock.set_to(MORNING + timedelta(seconds=60))
    assert pause.value.until == MORNING + timedelta(minutes=1)
    assert start(ada).id != failed.id


def test_practice_is_open_while_a_check_pauses(small_library, ada):
    end(start(ada))

    assert start(ada, Mode.PRACTICE).ended_at is None


def test_neither_a_passed_check_nor_a_practice_asks_for_a_pause(small_library, ada):
    for mode in (Mode.CHECK, Mode.PRACTICE):
        first = start(ada, mode)
        answer_all(first)
        end(first)

        assert start(ada, mode).id != first.id


def test_a_trouble_that_is_no_double_click_is_not_hidden(small_library):
    nobody = User(id=404, name="")

    with pytest.raises(IntegrityError):
        start(nobody)


# ── answer


@pytest.mark.parametrize("question", RIGHT)
def test_each_kind_of_question_is_judged(small_library, ada, question):
    attempt = start(ada)

    right = answer(attempt, question, RIGHT[question], "one")
    shown = right.question.filled(right.last.answer, right.item.variant)
    wrong = answer(attempt, question, WRONG[question], "two")

    assert (right.share, wrong.share) == (1, 0)
    # In another order, maybe: boxes are shuffled.
    ticked = {name: sorted(values) for name, values in shown.items()}
    assert ticked == fields(right, RIGHT[question])
    graded = list(db.session.scalars(select(Grade).order_by(Grade.id)))
    assert [(one.share, one.by_id) for one in graded] == [(1, None), (0, None)]
    assert {one.version for one in graded} == {wrong.question.version}


@pytest.mark.parametrize("question", RIGHT)
def test_i_do_not_know_is_kept_and_worth_nothing(small_library, ada, question):
    line = answer(start(ada), question, None)

    assert line.last.answer == UNKNOWN
    assert line.share == 0


@pytest.mark.parametrize("question", RIGHT)
def test_what_cannot_be_read_is_not_kept(small_library, ada, question):
    attempt = start(ada)
    line = line_of(attempt, question)
    before = standings()

    for raw in ({}, {"answer": [""]}, {"answer": ["\0" * 9999]}, {"other": ["1"]}):
        with pytest.raises(UnreadableError):
            services.answer(ada.id, attempt.id, line.item.position, raw, "one")

    assert count(Submission) == count(Grade) == 0
    assert standings() == before


def test_the_same_answer_sent_twice_is_kept_once(small_library, ada):
    attempt = start(ada)
    first = answer(attempt, "delai", "72", "same")
    clock.set_to(MORNING + timedelta(minutes=5))

    second = answer(attempt, "delai", "48", "same")

    assert second.share == first.share == 1
    assert second.last.at == MORNING
    assert count(Submission) == count(Grade) == 1
    assert standings() == standings_anew()


def test_the_last_answer_counts_and_the_others_stay(small_library, ada):
    attempt = start(ada)

    answer(attempt, "delai", "72", "one")
    answer(attempt, "delai", "48", "two")

    line = line_of(attempt, "delai")
    assert line.share == 0
    assert len(line.submissions) == 2
    assert list(db.session.scalars(select(Grade.share).order_by(Grade.id))) == [1, 0]


def test_the_last_grade_of_an_answer_counts(small_library, ada, grace):
    attempt = start(ada)
    kept = answer(attempt, "delai", "48").last
    regraded = {"share": 0.5, "verdict": {"share": 0.5}, "version": 1}

    db.session.add(Grade(submission_id=kept.id, by_id=grace.id, at=MORNING, **regraded))
    db.session.commit()

    line = line_of(attempt, "delai")
    assert (line.share, len(line.submissions)) == (0.5, 1)


def test_nothing_is_kept_after_the_end(small_library, ada):
    attempt = start(ada)
    end(attempt)

    with pytest.raises(services.EndedError):
        answer(attempt, "delai", "72")

    assert count(Submission) == 0


def test_what_is_asked_after_the_end_is_not_even_read(small_library, ada):
    attempt = end(start(ada))

    with pytest.raises(services.EndedError):
        services.answer(ada.id, attempt.id, 1, {}, "one")


def test_nobody_answers_or_ends_for_somebody_else(small_library, ada, grace):
    attempt = start(ada)

    for deed in (
        lambda: services.answer(grace.id, attempt.id, 1, {"unknown": ["1"]}, "one"),
        lambda: services.end_attempt(grace.id, attempt.id),
        lambda: queries.sitting_of(grace.id, attempt.id),
    ):
        with pytest.raises(NotFound):
            deed()

    assert queries.attempt_of(grace.id, attempt.id) is None
    assert queries.attempt_of(ada.id, attempt.id).answered == 0
    assert sitting(attempt).attempt.ended_at is None


@pytest.mark.parametrize("position", [-1, 0, 11])
def test_there_is_no_question_outside_the_draw(small_library, ada, position):
    attempt = start(ada)

    with pytest.raises(NotFound):
        services.answer(ada.id, attempt.id, position, {"unknown": ["1"]}, "one")


# ── end


def test_ending_counts_the_points_of_the_last_answers(small_library, ada):
    attempt = start(ada)
    answer(attempt, "delai", "72")
    answer(attempt, "chemins", RIGHT["chemins"])
    answer(attempt, "appel", WRONG["appel"])

    ended = end(attempt)

    assert ended.share == pytest.approx(3 / 11)
    assert ended.passed is False
    assert ended.ended_at == MORNING


def test_an_answer_half_right_gives_half_its_points(small_library, ada):
    attempt = start(ada)
    answer(attempt, "chemins", "Une clé USB")

    assert end(attempt).share == pytest.approx(1 / 11)


@pytest.mark.parametrize(("right", "passed"), [(6, False), (7, True), (10, True)])
def test_a_check_is_passed_at_the_pass_mark(app, tmp_path, ada, right, passed):
    publish_with(tmp_path, "## chemins (2)", "## chemins")
    attempt = start(ada)
    for question in list(RIGHT)[:right]:
        answer(attempt, question, RIGHT[question])

    ended = end(attempt)

    assert (ended.share, ended.passed) == (pytest.approx(right / 10), passed)


def test_practice_is_never_marked(small_library, ada):
    attempt = start(ada, Mode.PRACTICE)
    answer_all(attempt)

    ended = end(attempt)

    assert (ended.share, ended.passed) == (1, None)
    assert standings()[ada.id, "quiz", "essai"][:3] == ("started", None, 1)


def test_ending_twice_changes_nothing(small_library, ada):
    first = end(start(ada))
    before = standings()
    clock.set_to(MORNING + timedelta(hours=1))

    second = end(first)

    assert (second.ended_at, second.share) == (MORNING, 0)
    assert standings() == before


def test_answering_everything_does_not_end(small_library, ada):
    attempt = start(ada)
    answer_all(attempt)

    whole = sitting(attempt)

    assert whole.attempt.ended_at is None
    assert (whole.answered, whole.next_position) == (10, None)


# ── standings


def test_standings_are_what_the_ledger_says_after_each_step(small_library, ada):
    make_user("Zoé Durand")
    attempt = start(ada)
    assert standings() == standings_anew()

    answer_all(attempt, right=["delai"])
    answer(attempt, "delai", "48", "two")
    assert standings() == standings_anew()
    end(attempt)
    assert standings() == standings_anew()

    clock.set_to(MORNING + timedelta(minutes=2))
    passed = start(ada)
    answer_all(passed)
    end(passed)
    end(start(ada, Mode.PRACTICE))
    assert standings() == standings_anew()
    assert standings()[ada.id, "quiz", "essai"][:6] == (
        *("done", 1, 3, 21),
        *(MORNING, MORNING + timedelta(minutes=2)),
    )
