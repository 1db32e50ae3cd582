"""Where one is: steps, minutes, what comes next."""

from types import SimpleNamespace

import pytest

from course.features.path.queries import path_of, stage_of
from tests.make.lab import publish_beside, publish_lab

FIRST, SECOND, QUIZ = ("lesson", "premiere"), ("lesson", "seconde"), ("quiz", "essai")
LAB = ("lab", "console")


def standings(**states):
    """Where a learner stands, by the names of the steps."""
    names = {"first": FIRST, "second": SECOND, "quiz": QUIZ}
    return {names[name]: SimpleNamespace(state=said) for name, said in states.items()}


def stage(library, **states):
    return stage_of(library.module("essai"), library, standings(**states))


def test_the_steps_are_the_lessons_then_the_quiz(small_library):
    steps = stage(small_library).steps

    assert [(step.kind, step.key) for step in steps] == [FIRST, SECOND, QUIZ]
    assert [step.endpoint for step in steps] == [
        "lesson.show",
        "lesson.show",
        "quiz.show",
    ]


def test_a_lab_comes_after_the_lessons_and_before_the_quiz(app, tmp_path):
    library = publish_lab(tmp_path)

    found = stage(library, first="done", second="done", quiz="done")

    assert [(step.kind, step.key) for step in found.steps] == [
        FIRST,
        SECOND,
        LAB,
        QUIZ,
    ]
    assert found.next is not None
    assert found.next.endpoint == "lab.show"
    assert (found.minutes_left, found.state) == (5, "started")
    assert stage(library).minutes_left == 20


@pytest.mark.parametrize(
    ("states", "minutes", "following", "done", "state"),
    [
        ({}, 15, FIRST, 0, "todo"),
        ({"first": "started"}, 15, FIRST, 0, "started"),
        ({"first": "done"}, 10, SECOND, 1, "started"),
        ({"second": "done"}, 10, FIRST, 1, "started"),
        ({"first": "done", "second": "done", "quiz": "started"}, 5, QUIZ, 2, "started"),
        ({"first": "done", "second": "done", "quiz": "done"}, 0, None, 3, "done"),
    ],
)
def test_what_is_left_is_what_is_not_done(
    small_library, states, minutes, following, done, state
):
    found = stage(small_library, **states)

    assert found.minutes_left == minutes
    assert (found.next and (found.next.kind, found.next.key)) == following
    assert (found.done, found.state) == (done, state)


def test_what_goes_further_is_no_step(app, tmp_path):
    library = publish_beside(tmp_path)
    done = {("lab", "console"): SimpleNamespace(state="done")}

    found = stage_of(library.module("essai"), library, done)

    assert [(step.kind, step.key) for step in found.steps] == [FIRST, SECOND, QUIZ]
    assert [(step.key, step.state) for step in found.more] == [("console", "done")]
    assert (found.minutes_left, found.done, found.state) == (15, 0, "todo")


def test_a_step_knows_its_place(small_library):
    found = stage(small_library)

    assert [found.place(*name) for name in (FIRST, SECOND, QUIZ)] == [1, 2, 3]


def test_the_path_adds_up_its_modules(small_library):
    begun = path_of(small_library, standings(first="done"))
    ended = path_of(small_library, standings(first="done", second="done", quiz="done"))

    assert (begun.minutes_left, begun.done, begun.stage) == (10, 0, begun.stages[0])
    assert (ended.minutes_left, ended.done, ended.stage) == (0, 1, None)
