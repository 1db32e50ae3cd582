from typing import ClassVar

import pytest
from pydantic import Field

from course.domain.issue import Margin
from course.domain.questions import QUESTIONS
from course.domain.questions.base import Fields
from course.domain.questions.text import ShortText
from course.domain.sheet import Sheet
from course.domain.source.questions import heading_of, read_question
from tests.domain.samples import codes, question, sheet


class Spot(ShortText):
    """A type of somebody else, which is named and asks for a size."""

    kind: ClassVar[str] = "spot"

    size: int = Field(gt=0)

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        fields = ShortText.read(sheet)
        return {**fields, "size": 0} if fields and "spot" in sheet.marks else None


@pytest.fixture
def spot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(QUESTIONS._plugins, "spot", Spot)


@pytest.mark.parametrize(
    ("words", "name", "points", "marks"),
    [
        ("alert", "alert", None, {}),
        ("alert (2)", "alert", 2, {}),
        ("alert(0,5){entry}", "alert", 0.5, {"entry": ""}),
        ("alert (2 points) ##", "alert", 2, {}),
        ("a {Scenario, aim = act} {slips=1}", "a", None,
         {"scenario": "", "aim": "act", "slips": "1"}),
    ],
)  # fmt: skip
def test_a_heading_says_a_name_points_and_marks(
    words: str, name: str, points: float | None, marks: dict[str, str]
) -> None:
    margin = Margin("a")

    found = heading_of(words, 1, margin)

    assert (found.name, found.points, dict(found.marks)) == (name, points, marks)
    assert margin.issues == []


def test_the_link_that_ends_an_explanation_is_where_to_see_again() -> None:
    one = question("Q?\n= a\n\n> Why.\n> [See: it](lesson:x#y).\n")

    assert one.why
    assert one.why.say("fr") == "Why."
    assert one.see == "x#y"
    assert one.see_label
    assert one.see_label.say("fr") == "See: it"


def test_an_explanation_may_be_only_a_link_or_have_none() -> None:
    assert question("Q?\n= a\n\n> [See](lesson:x)\n").why is None
    assert question("Q?\n= a\n\n> Why.\n").see is None


@pytest.mark.usefixtures("spot")
def test_a_field_that_a_type_refuses_is_noted() -> None:
    assert codes("Q?\n= a\n", "q {spot}") == [("question.invalid", 1)]


@pytest.mark.usefixtures("spot")
def test_a_type_that_is_named_is_the_only_one_asked() -> None:
    cut = sheet("Q?\n= a\n", "q {choice}")

    assert read_question({"fr": cut}) is None
    assert [issue.code for issue in cut.margin.issues] == ["question.no-answer"]
