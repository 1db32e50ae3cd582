from random import Random

import pytest

from course.domain.questions.base import Question
from tests.domain.samples import codes, question

ORDER = "Order:\n1. A\n   > a\n2. B\n3. C\n"
MATCH = "Match:\n| L | R | Why |\n|---|---|---|\n| a | A | x |\n| b | B\\|C | |\n"
SORT = "Sort:\n### G\n- a\n  > x\n### H\n- b\n- c\n"


def said(one: Question, answer: list[int]) -> list[tuple[str, float]]:
    return [(each.answer_text.say("fr"), each.share) for each in one.reasons(answer)]


def test_a_step_is_right_at_its_place() -> None:
    one = question(ORDER)

    assert said(one, [0, 2, 1]) == [("A", 1), ("C", 0), ("B", 0)]
    assert one.describe([0, 2, 1], "fr") == "A → C → B"
    assert one.solution("fr") == ["A", "B", "C"]


def test_places_may_be_typed_with_zeros() -> None:
    one = question(ORDER)
    variant = one.prepare(Random(1))
    raw = {"answer-0": [" 1 "], "answer-1": ["02"], "answer-2": ["3"]}

    assert one.parse(raw, variant) == variant["order"]


def test_a_row_is_right_with_its_own_target() -> None:
    one = question(MATCH)

    assert said(one, [0, 0]) == [("a → A", 1), ("b → A", 0)]
    assert one.describe([1, 0], "fr") == "a → B|C ; b → A"
    assert one.solution("fr") == ["a → A", "b → B|C"]
    assert one.face(one.prepare(Random(1)), "fr").labels == ("L", "R")


def test_a_thing_is_right_in_its_group() -> None:
    one = question(SORT)

    assert said(one, [0, 0, 1]) == [("a → G", 1), ("b → G", 0), ("c → H", 1)]
    assert one.describe([0, 0, 1], "fr") == "a → G ; b → G ; c → H"
    assert one.solution("fr") == ["a → G", "b → H", "c → H"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Order:\n1. A", ("order.too-few", 1)),
        ("Order:\n1. A\n2. a", ("order.same-text", 4)),
        ("Match:\n| L | R |\n| a | A |\n| b | B |", ("table.no-rule", 3)),
        ("Match:\n| L | R |", ("table.no-rule", 3)),
        ("Match:\n| L |\n|---|\n| a |\n| b |", ("match.columns", 3)),
        ("Match:\n| L | R |\n|---|---|\n| a | A |", ("match.too-few", 1)),
        ("Match:\n| L | R |\n|---|---|\n| a | A |\n| b |", ("table.cells", 6)),
        ("Match:\n| L | R |\n|---|---|\n| a | A |\n| b | |", ("table.empty-cell", 6)),
        ("M:\n| L | R |\n|-|-|\n| a | A |\n| b | a |", ("match.same-target", 6)),
        ("M:\n| L | R |\n|-|-|\n| a | A |\n| A | B |", ("match.same-text", 6)),
        ("M:\n| L | R |\n|-|-|\n| a | A |\n| b | B |", ("choice.no-reason", 5)),
        (
            "M:\n| L | R |\n|-|-|\n| a | A |\n| b | B |\nc | C",
            ("question.stray-line", 7),
        ),
        ("Sort:\n### G\n- a\n- b", ("sort.too-few", 1)),
        ("Sort:\n### G\n- a\n### g\n- b", ("sort.same-group", 5)),
        ("Sort:\n### G\n- a\n### H\n- a", ("sort.same-text", 6)),
        ("Sort:\n### G\n### H\n- a", ("sort.empty-group", 3)),
        ("Sort:\n###\n- b\n### H\n- a", ("sort.empty-group", 3)),
        ("Sort:\n### G\n- b\n### H\n- a", ("choice.no-reason", 4)),
    ],
)
def test_faults_are_noted(text: str, code: tuple[str, int]) -> None:
    assert code in codes(text)
