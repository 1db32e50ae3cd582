from random import Random

import pytest

from course.domain.questions.base import UnreadableError
from tests.domain.samples import codes, question

HOURS = """\
How long?
= 72 heures
  > Three days.
≠ 48
  > Two days.
≠ 3 heures
  > Three hours.
"""


def parsed(text: str, typed: str) -> object:
    one = question(text)
    return one.parse({"answer": [typed]}, one.prepare(Random(1)))


@pytest.mark.parametrize(
    "typed",
    [
        "72",
        " 72 ",
        "72,0",
        "72 heures",
        "72\u00a0heures",
        "72heures",
        "72 Heures",
        "72 h",
        "72h.",
        "+72",
        "72 heure",
    ],
)
def test_a_learner_may_write_the_number_in_many_ways(typed: str) -> None:
    assert parsed(HOURS, typed) == 72


@pytest.mark.parametrize("typed", ["72 jours", "72 minutes"])
def test_another_unit_is_not_understood(typed: str) -> None:
    with pytest.raises(UnreadableError, match=r"answer\.other-unit"):
        parsed(HOURS, typed)


def test_a_number_that_may_be_read_in_two_ways_is_asked_again() -> None:
    with pytest.raises(UnreadableError, match=r"answer\.ambiguous-number") as refused:
        parsed(HOURS, "1,500")

    assert refused.value.values == {"typed": "1,500"}


@pytest.mark.parametrize(
    "typed", ["1 236,00 €", "€ 1,236.00", "1236 euros", "1236 EUR"]
)
def test_money_is_understood(typed: str) -> None:
    assert parsed("How much?\n= 1 236,00 €\n", typed) == 1236


@pytest.mark.parametrize("typed", ["-5", "−5", "–5 °C"])
def test_a_number_may_be_negative(typed: str) -> None:
    assert parsed("How cold?\n= -5 °C\n", typed) == -5


def test_a_comma_and_a_point_are_the_same() -> None:
    assert parsed("How much?\n= 3,5\n", "3.5") == parsed("How much?\n= 3.5\n", "3,5")


def test_each_expected_mistake_has_its_reason() -> None:
    one = question(HOURS)

    assert [
        reason.text.say("fr") if reason.text else None
        for answer in (72, 48, 3, 5)
        for reason in one.reasons(answer)
    ] == ["Three days.", "Two days.", "Three hours.", None]
    assert one.reasons("72") == []


def test_the_solution_shows_the_margin_and_the_unit() -> None:
    one = question("How long?\n= 3,5 ± 0,1 m\n")

    assert one.solution("fr") == ["3,5 ± 0,1 m"]
    assert one.solution("en") == ["3.5 ± 0.1 m"]
    assert one.describe(3.5, "fr") == "3,5 m"
    assert one.describe(None, "fr") == ""


def test_a_margin_includes_its_ends() -> None:
    one = question("How long?\n= 0,3 ± 0,1\n")

    assert one.judge(0.1 + 0.1).right
    assert one.judge(0.1 + 0.3).right
    assert not one.judge(0.41).right


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ask?\n= 1,500", ("number.ambiguous", 3)),
        ("Ask?\n= 72\n≠ many", ("number.bad-wrong", 4)),
        ("Ask?\n= 72 ± 2\n≠ 73", ("number.right-and-wrong", 4)),
        ("Ask?\n= 72\n≠ 3", ("equals.no-reason", 4)),
        ("Ask?\n=\n", ("equals.empty", 3)),
    ],
)
def test_faults_are_noted(text: str, code: tuple[str, int]) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "heading", "kind"),
    [
        ("= 72", "q", "number"),
        ("= 72", "q {exact}", "text"),
        ("= 72", "q {text}", "text"),
        ("= 72", "q {number}", "number"),
        ("= 72\n= 73", "q", "text"),
        ("= 17Cyber", "q", "text"),
    ],
)
def test_one_number_is_a_number_and_the_rest_is_a_text(
    text: str, heading: str, kind: str
) -> None:
    assert question(f"Ask?\n{text}\n", heading).kind == kind
