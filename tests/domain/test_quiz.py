from dataclasses import replace
from random import Random

import pytest

from course.domain.profile import Trade
from course.domain.quiz import Quiz, too_fast
from tests.domain.samples import library


@pytest.fixture
def quiz() -> Quiz:
    return library().quiz("antivirus")


def test_a_question_is_found_by_its_name(quiz: Quiz) -> None:
    assert quiz.question("hours").points == 2
    with pytest.raises(KeyError):
        quiz.question("what")


@pytest.mark.parametrize("seed", range(10))
def test_a_draw_has_so_many_questions_and_so_many_situations(
    quiz: Quiz, seed: int
) -> None:
    drawn = quiz.draw_questions(Random(seed))

    ids = [question.id for question in drawn]
    assert len(set(ids)) == len(ids) == 4
    assert "alert" in ids
    assert "steps" not in ids
    assert drawn == quiz.draw_questions(Random(seed))


def test_a_draw_takes_everything_when_nothing_else_is_said(quiz: Quiz) -> None:
    everything = replace(quiz, draw=None, draw_marks={})

    assert len(everything.draw_questions(Random(1))) == 5


def test_marks_asked_twice_are_not_drawn_twice(quiz: Quiz) -> None:
    small = replace(quiz, draw=1, draw_marks={"scenario": 3, "other": 1})

    assert [each.id for each in small.draw_questions(Random(1))] == ["alert"]


def test_a_quiz_speaks_the_words_of_a_trade(quiz: Quiz) -> None:
    baker = quiz.for_trade(Trade.BAKER)

    assert "of fr B shows" in baker.question("alert").ask.say("fr")
    assert "of en F shows" in quiz.for_trade(None).question("alert").ask.say("en")
    assert quiz.for_trade(Trade.BAKER) is baker
    assert baker.for_trade(Trade.HOTEL) is baker
    assert baker.question("hours") == quiz.question("hours")


@pytest.mark.parametrize(
    ("seconds", "words", "fast"),
    [(5, 25, False), (4.9, 25, True), (0, 1, True), (0, 0, False), (60, 200, False)],
)
def test_nobody_reads_more_than_five_words_a_second(seconds, words, fast):
    assert too_fast(seconds, words) is fast
