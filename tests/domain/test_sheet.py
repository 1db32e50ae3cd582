import pytest

from course.domain.sheet import Shape
from tests.domain.samples import codes, sheet

BOXES = "Ask?\n\n- [x] Yes\n  > Right.\n- [ ] No\n  > Wrong.\n"


def test_a_sheet_has_an_ask_answers_reasons_and_an_explanation() -> None:
    cut = sheet(f"{BOXES}\n> Why.\n> More.\n\n> End.")

    assert cut.ask == "Ask?"
    assert [(each.text, each.reason, each.ticked) for each in cut.entries] == [
        ("Yes", "Right.", True),
        ("No", "Wrong.", False),
    ]
    assert cut.why == "Why.\nMore.\n\nEnd."
    assert cut.why_line == 9
    assert cut.margin.issues == []


@pytest.mark.parametrize(
    "box",
    [
        "- [x] Yes",
        "-[x] Yes",
        "- [X] Yes",
        "- [x]Yes",
        "-  [ x ]  Yes",
        "* [x] Yes",
        "+ [✓] Yes",
        "• [×] Yes",
        "– [x] Yes",
        "\u00a0- [x] Yes",
        "-\u00a0[x]\u00a0Yes",
        "\t- [x] Yes",
        "[x] Yes",
    ],
)
def test_a_ticked_box_is_understood_however_it_is_typed(box: str) -> None:
    cut = sheet(f"Ask?\n{box}\n- [ ] No\n")

    assert [(each.text, each.ticked) for each in cut.entries] == [
        ("Yes", True),
        ("No", False),
    ]


@pytest.mark.parametrize("box", ["- [] No", "-  []  No", "- [\u00a0] No", "[ ] No"])
def test_an_empty_box_is_understood_however_it_is_typed(box: str) -> None:
    cut = sheet(f"Ask?\n- [x] Yes\n{box}\n")

    assert [(each.text, each.ticked) for each in cut.entries][1] == ("No", False)


def test_a_link_at_the_start_of_a_line_is_no_box() -> None:
    assert sheet("- [x](https://a.example) Yes\n").entries == ()


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain, windows = sheet(BOXES), sheet("\ufeff" + BOXES.replace("\n", "\r\n"))

    assert windows.entries == plain.entries


def test_words_and_reasons_may_go_on_on_the_next_line() -> None:
    cut = sheet(
        "Ask?\n- [x] Yes,\n  of course\n  > Right\n  > indeed\n  and more\n- [ ] No\n"
        "> Why\ngoes on\n"
    )

    assert cut.entries[0].text == "Yes, of course"
    assert cut.entries[0].reason == "Right indeed and more"
    assert cut.why == "Why\ngoes on"


def test_lists_and_tables_of_the_ask_are_not_the_answer() -> None:
    cut = sheet("1. One\n2. Two\n\n| a |\n|---|\n| b |\n\n- item\n\n= 3\n")

    assert [each.shape for each in cut.entries] == [Shape.EQUALS]
    assert "| b |" in cut.ask


def test_a_list_before_the_first_group_is_in_the_ask() -> None:
    cut = sheet("Sort:\n- as you like\n### A\n- a\n-b\n### B ###\n- c")

    assert cut.ask == "Sort:\n- as you like"
    assert [each.text for each in cut.entries] == ["A", "a", "b", "B", "c"]


def test_what_is_fenced_is_shown_as_it_is() -> None:
    cut = sheet("```\n- [x] code\n# code\n```\n- [x] Yes\n- [ ] No\n")

    assert len(cut.entries) == 2
    assert cut.margin.issues == []


@pytest.mark.parametrize(
    "text", ["= 3,5", "=3,5", " = 3,5", "=\u00a03,5", "\t=  3,5", "= 3.5"]
)
def test_an_expected_value_is_understood_however_it_is_typed(text: str) -> None:
    assert [each.shape for each in sheet(f"Ask?\n{text}").entries] == [Shape.EQUALS]


@pytest.mark.parametrize("sign", ["≠", "!=", "=/="])
def test_an_expected_mistake_has_three_signs(sign: str) -> None:
    cut = sheet(f"Ask?\n= 3\n{sign} 4\n")

    assert [each.different for each in cut.entries] == [False, True]


def test_a_line_of_equal_signs_or_an_arrow_is_no_answer() -> None:
    assert sheet("Ask?\n====\n=> 3\n").entries == ()


def test_steps_may_be_numbered_in_any_way() -> None:
    cut = sheet("Order:\n1. a\n1) b\n3.c\n12.5 is no step, and is noted\n")

    assert [each.text for each in cut.entries] == ["a", "b", "c"]
    assert [issue.line for issue in cut.margin.issues] == [6]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ask?\n- [x] Yes\n> Right.\n- [ ] No", ("question.reason-not-indented", 4)),
        ("Ask?\n- [x] Yes\n- [ ] No\nMore", ("question.stray-line", 5)),
        ("Ask?\n- [x] Yes\n\n  more\n- [ ] No", ("question.stray-line", 5)),
        ("Ask?\n- [x] a\n- [ ] b\n\n> Why.\n\nMore", ("question.stray-line", 8)),
        ("Ask?\n### A\n  > why\n- a\n### B\n- b", ("question.stray-line", 4)),
        ("Ask?\n# Oh\n- [x] Yes\n- [ ] No", ("question.heading", 3)),
        ("- [x] Yes\n- [ ] No", ("question.no-ask", 1)),
        ("Ask?\n```\n- [x] Yes\n- [ ] No", ("fence.unclosed", 3)),
    ],
)
def test_a_line_without_a_place_is_noted(text: str, code: tuple[str, int]) -> None:
    assert code in codes(text)
