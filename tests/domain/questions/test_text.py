import pytest

from course.domain.questions.base import UnreadableError
from course.domain.questions.text import distance
from tests.domain.samples import codes, question

SITE = "Which?\n= Chorus Pro\n  > Yes.\n= l’œuvre\n≠ Chorus\n  > Not quite.\n"


@pytest.mark.parametrize(
    "typed", ["chorus pro", "Chorus-Pro", " CHÔRUS  PRO !", "L'oeuvre", "l'Œuvre"]
)
def test_accents_capitals_and_hyphens_do_not_count(typed: str) -> None:
    assert question(SITE).judge(typed).right


def test_exact_words_count_accents_and_capitals() -> None:
    one = question("Which?\n= Émile\n", "q {exact}")

    assert one.judge(" Émile ").right
    assert one.judge("E\u0301mile").right
    assert not one.judge("émile").right
    assert not one.judge("Emile").right


@pytest.mark.parametrize(
    ("typed", "right", "count"),
    [
        ("", "abc", 3),
        ("abc", "abc", 0),
        ("acb", "abc", 1),
        ("ab", "abc", 1),
        ("abcd", "abc", 1),
        ("xbc", "abc", 1),
        ("cab", "abc", 2),
    ],
)
def test_slips_are_counted(typed: str, right: str, count: int) -> None:
    assert distance(typed, right) == count


def test_the_reason_is_that_of_what_was_typed() -> None:
    one = question(SITE)

    assert [
        reason.text.say("fr") if reason.text else None
        for answer in ("chorus pro", "chorus", "what")
        for reason in one.reasons(answer)
    ] == ["Yes.", "Not quite.", None]
    assert one.reasons(3) == []
    assert one.describe(3, "fr") == ""
    assert one.solution("fr") == ["Chorus Pro"]


def test_a_novel_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"answer\.too-long"):
        question(SITE).parse({"answer": ["a" * 201]}, {})


@pytest.mark.parametrize(
    ("text", "heading", "code"),
    [
        ("Ask?\n≠ no\n  > n", "q", ("equals.no-right", 1)),
        ("Ask?\n= a\n=", "q", ("equals.empty", 4)),
        ("Ask?\n= !", "q", ("equals.empty", 3)),
        ("Ask?\n= Oui\n≠ oui\n  > n", "q", ("text.right-and-wrong", 4)),
        ("Ask?\n= Oui\n≠ non", "q", ("equals.no-reason", 4)),
        ("Ask?\n= Oui", "q {slips=x}", ("text.bad-slips", 1)),
        ("Ask?\n= Oui", "q {slips}", ("text.bad-slips", 1)),
        ("Ask?\n= Oui", "q {slips=2}", ("text.too-many-slips", 1)),
    ],
)
def test_faults_are_noted(text: str, heading: str, code: tuple[str, int]) -> None:
    assert code in codes(text, heading)
