from random import Random

import pytest

from tests.domain.samples import codes, question

THREE = "Ask?\n- [x] A\n  > a\n- [ ] B\n  > b\n- [ ] C\n  > c\n"
OPINION = "Ask?\n- [ ] A\n- [ ] B\n- [ ] C\n"


def test_boxes_are_shuffled_but_true_or_false_and_fixed_ones_are_not() -> None:
    def orders(text: str, heading: str = "q") -> set[str]:
        one = question(text, heading)
        return {str(one.prepare(Random(seed))["order"]) for seed in range(20)}

    assert len(orders(THREE)) == 6
    assert orders(THREE, "q {fixed}") == {"[0, 1, 2]"}
    assert orders("Ask?\n- [x] True\n- [ ] False") == {"[0, 1]"}


def test_one_right_box_is_a_single_choice() -> None:
    one = question(THREE)

    assert one.face(one.prepare(Random(1)), "fr").count is None


def test_the_reason_is_that_of_the_box_ticked() -> None:
    one = question(THREE)

    found = one.reasons([1])

    assert [(str(each.answer_text.say("fr")), each.share) for each in found] == [
        ("B", 0)
    ]
    assert found[0].text
    assert found[0].text.say("fr") == "b"
    assert one.solution("fr") == ["A"]
    assert one.describe([0, 1], "fr") == "A ; B"


def test_an_opinion_is_never_wrong_and_earns_nothing() -> None:
    one = question(OPINION, "q {opinion}")

    assert one.points == 0
    assert one.judge([2]).share == 1
    assert one.judge([]).share == 0
    assert one.reasons([2])[0].share == 1


@pytest.mark.parametrize(
    ("text", "heading", "code"),
    [
        ("Ask?\n- [o] A\n- [x] B", "q", ("choice.bad-box", 3)),
        ("Ask?\n- [x]\n- [ ] B", "q", ("choice.empty", 3)),
        ("Ask?\n- [x] A", "q", ("choice.too-few", 1)),
        ("Ask?\n- [x] A\n- [ ] a ", "q", ("choice.same-text", 4)),
        ("Ask?\n- [ ] A\n- [ ] B", "q", ("choice.no-right", 1)),
        ("Ask?\n- [x] A\n- [x] B", "q", ("choice.all-right", 1)),
        ("Ask?\n- [x] A\n- [ ] B", "q {opinion}", ("choice.right-opinion", 1)),
        ("Ask?\n- [x] A\n- [ ] B\n  > b", "q", ("choice.no-reason", 3)),
    ],
)
def test_faults_are_noted(text: str, heading: str, code: tuple[str, int]) -> None:
    assert code in codes(text, heading)


def test_the_ask_and_every_choice_are_read_but_not_where_a_link_leads() -> None:
    one = question(
        "Qu'est-ce [qu'un virus](lesson:autre/page) ?\n- [x] L'eau\n- [ ] Un code 42"
    )

    assert one.words(one.prepare(Random(1)), "fr") == 3 + 1 + 3
