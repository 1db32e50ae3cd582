import pytest

from course.domain.text import Text
from course.domain.verdict import Part, Score, Verdict, score


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_out_of_bounds_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Verdict(share)
    with pytest.raises(ValueError, match="from 0 to 1"):
        Part("a", share)


def test_a_verdict_is_stored_and_given_back() -> None:
    verdict = Verdict(0.5, (Text(fr="a"),), (Part("goal", 1, 2, required=True),))

    assert Verdict.from_dict(verdict.to_dict()) == verdict
    assert Verdict.from_dict({"share": None}) == Verdict.WAITING


def test_only_a_full_share_is_right() -> None:
    assert Verdict(1).right
    assert not Verdict(0.99).right
    assert not Verdict.WAITING.right


def test_points_add_up() -> None:
    result = score([(Verdict(1), 2), (Verdict(0.5), 1), (Verdict(0), 1)], 62)

    assert result == Score(2.5, 4, passed=True)
    assert result.percent == 62


def test_the_percentage_is_never_rounded_up() -> None:
    result = score([(Verdict(0.6999), 1)], 70)

    assert result.percent == 69
    assert not result.passed


def test_three_thirds_are_everything() -> None:
    result = score([(Verdict(1 / 3), 1)] * 3, 33)

    assert result.percent == 33
    assert result.passed


def test_what_waits_for_a_human_counts_as_nothing_yet() -> None:
    result = score([(Verdict(1), 1), (Verdict.WAITING, 1)], 50)

    assert result.waiting
    assert result.points == 1


def test_an_attempt_without_question_is_not_passed() -> None:
    assert score([], 0) == Score(0, 0, passed=False)
    assert score([], 0).percent == 0
