"""Answers made for any question: the right ones are right, the wrong ones are not."""

from random import Random

import pytest

from course.domain.questions.choice import Choice
from course.domain.questions.number import Number
from course.domain.questions.text import ShortText
from course.domain.text import Text
from course.features.demo import answering
from course.features.demo.answering import UNKNOWN, right_form, worth, wrong_form
from course.features.lesson.rendering import variant_of

SEEDS = range(3)


class Riddle(ShortText):
    """Its solution says nothing that a form could send."""

    def solution(self, language):
        del language
        return []


def published(library):
    quizzes = [question for quiz in library.quizzes for question in quiz.questions]
    tries = [block.question for each in library.lessons for block in each.tries]
    return quizzes + tries


def is_opinion(question):
    return "opinion" in question.marks


def drawn(question):
    return [(question.prepare(Random(seed)), Random(seed)) for seed in SEEDS]


@pytest.mark.parametrize("shelf", ["library", "small_library"])
def test_every_published_question_can_be_got_right(shelf, request):
    questions = published(request.getfixturevalue(shelf))

    missed = [
        question.id
        for question in questions
        for variant, _rng in drawn(question)
        if worth(question, variant, right_form(question, variant)) != 1
    ]

    assert questions
    assert missed == []


@pytest.mark.parametrize("shelf", ["library", "small_library"])
def test_every_published_question_can_be_got_wrong(shelf, request):
    questions = [
        question
        for question in published(request.getfixturevalue(shelf))
        if not is_opinion(question)
    ]

    shares = {
        question.id: worth(question, variant, form)
        for question in questions
        for variant, rng in drawn(question)
        if (form := wrong_form(question, variant, rng))
    }
    evasive = [
        question.id
        for question in questions
        for variant, rng in drawn(question)
        if wrong_form(question, variant, rng) == UNKNOWN
    ]

    assert shares
    assert all(share is not None and share < 1 for share in shares.values())
    assert evasive == []


def test_the_questions_of_lessons_have_answers_too(library):
    block = next(block for lesson in library.lessons for block in lesson.tries)
    variant = variant_of(block)

    kept = answering.tried(block.question, variant, right_form(block.question, variant))

    assert kept == {"share": 1, "unknown": False}


def test_an_opinion_is_never_wrong():
    opinion = Choice.model_validate(
        {
            "id": "avis",
            "ask": Text(fr="Utile ?"),
            "marks": ("opinion",),
            "options": [
                {"text": Text(fr="Oui"), "right": False},
                {"text": Text(fr="Non"), "right": False},
            ],
        }
    )
    variant = opinion.prepare(Random(1))

    assert worth(opinion, variant, right_form(opinion, variant)) == 1
    assert wrong_form(opinion, variant, Random(1)) == UNKNOWN


def test_to_a_question_without_solution_one_does_not_know():
    riddle = Riddle.model_validate(
        {
            "id": "enigme",
            "ask": Text(fr="?"),
            "accepted": [{"text": Text(fr="un mot")}],
        }
    )

    assert right_form(riddle, {}) == UNKNOWN
    assert worth(riddle, {}, wrong_form(riddle, {}, Random(1))) == 0


def test_a_number_is_typed_without_its_margin():
    question = Number.model_validate(
        {
            "id": "delai",
            "ask": Text(fr="Combien ?"),
            "right": {"value": 72, "margin": 2, "unit": Text(fr="heures")},
        }
    )

    assert right_form(question, {}) == {"answer": ["72 "]}
    assert worth(question, {}, wrong_form(question, {}, Random(1))) == 0


def test_what_cannot_be_read_is_worth_nothing():
    question = Choice.model_validate(
        {
            "id": "geste",
            "ask": Text(fr="?"),
            "options": [
                {"text": Text(fr="Oui"), "right": True},
                {"text": Text(fr="Non"), "right": False},
            ],
        }
    )

    assert worth(question, question.prepare(Random(1)), {}) is None
