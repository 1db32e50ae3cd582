"""What a run is worth, goal by goal."""

import pytest

from course.domain.lab import Action
from course.domain.profile import Profile
from course.domain.run import (
    HINT_COST,
    Play,
    Result,
    judge,
    shares,
)
from tests.make.toys import ASK, OFF, ON, SEND, UNDO, begun, goal, put, toy_lab


def judged(*actions: Action, hints_cost: bool = True) -> Result:
    return judge(begun().replay(actions), hints_cost=hints_cost)


def points(result: Result) -> dict[str, float]:
    return {each.goal.name: each.points for each in result.outcomes}


def positions(result: Result) -> dict[str, int | None]:
    return {each.goal.name: each.position for each in result.outcomes}


def test_doing_nothing_is_worth_nothing() -> None:
    result = judged()

    assert result.points == 0
    assert not result.passed
    assert set(positions(result).values()) == {None}
    assert [each.name for each in result.missing] == ["lamp"]
    assert result.verdict.share == 0


def test_a_run_is_judged_goal_by_goal() -> None:
    result = judged(ON, put("cup", "pen"), SEND)

    assert points(result) == {"lamp": 2, "sent": 2, "kept": 1, "some": 0}
    assert positions(result) == {"lamp": 1, "sent": 3, "kept": 3, "some": 3}
    assert result.passed
    assert result.out_of == 6
    assert result.verdict.share == pytest.approx(5 / 6)
    assert [part.name for part in result.verdict.parts] == [
        "lamp",
        "sent",
        "kept",
        "some",
    ]
    assert [part.required for part in result.verdict.parts] == [True, *[False] * 3]


def test_without_a_compulsory_goal_nobody_passes() -> None:
    result = judged(put("cup", "pen"), SEND)

    assert result.points >= result.pass_mark
    assert not result.passed


def test_too_few_points_do_not_pass() -> None:
    assert not judged(ON).missing
    assert not judged(ON).passed


def test_a_hint_costs_a_quarter_of_its_goal_in_a_check_only() -> None:
    check, practice = judged(ASK, ASK, ON), judged(ASK, ON, hints_cost=False)

    assert points(check)["lamp"] == 2 * (1 - HINT_COST)
    assert check.outcomes[0].reached == 1
    assert check.outcomes[0].hints == 2
    assert not check.missing
    assert points(practice)["lamp"] == 2


def test_a_goal_reached_lost_and_reached_again_dates_from_the_last_time() -> None:
    result = judged(ON, put("cup"), OFF, ASK, ON, put("key"), ASK)

    assert positions(result)["lamp"] == 5


def test_a_goal_found_again_by_taking_back_dates_from_there() -> None:
    assert positions(judged(ON, OFF, UNDO))["lamp"] == 3
    assert positions(judged(ON, UNDO))["lamp"] is None


def test_a_goal_partly_reached_dates_from_when_it_was_worth_so_much() -> None:
    one, two, three = (put("cup"), SEND), (put("pen"), SEND), (put("cup"), SEND)

    assert positions(judged(*one))["sent"] == 2
    assert positions(judged(*one, *two))["sent"] == 4
    # One too many takes a point off: as before the second message.
    assert positions(judged(*one, *two, *three))["sent"] == 2


def test_what_was_so_from_the_start_dates_from_the_first_action() -> None:
    dark = toy_lab(goal("dark", "toy.lamp is off", points=0))
    play = Play.begin(dark, 7, Profile()).replay([put("cup"), put("key")])

    assert positions(judge(play, hints_cost=False)) == {"dark": 1}
    assert judge(play, hints_cost=False).verdict.share == 0


def test_time_belongs_to_the_goal_that_is_reached_next() -> None:
    play = begun().replay([put("cup", "pen"), ON, ASK, SEND, put("key")])

    result = judge(play, hints_cost=False, seconds={1: 10, 2: 5, 3: 7, 4: 2, 5: 99})

    seconds = {each.goal.name: each.seconds for each in result.outcomes}
    assert seconds == {"lamp": 15, "sent": 3, "kept": 3, "some": 3}


def test_a_lab_without_points_cannot_be_failed_or_counted() -> None:
    result = judge(
        Play.begin(toy_lab(pass_mark=0), 7, Profile()).replay([ON]), hints_cost=True
    )

    assert result.passed
    assert result.verdict.share == 0


# ---- Shares


def test_points_may_be_fractions() -> None:
    half = toy_lab(
        goal("sent", "toy.sent is exactly cup, key", points=1.5),
        goal("tiny", "toy.sent is exactly cup, key", points=0.5),
        goal("told", "toy.sent is exactly cup, key", points=0),
    )

    found = shares(half, {"toy": {"sent": ("cup",)}})

    assert found == {"sent": pytest.approx(1 / 3), "tiny": 0, "told": 0}
    assert set(shares(half, {"toy": {"sent": ("key", "cup")}}).values()) == {1}


def test_a_goal_waits_for_the_whole_of_what_it_needs() -> None:
    chain = toy_lab(
        goal("a", "toy.sent is exactly cup, key", points=2),
        goal("b", "toy.lamp is on", needs=("a",)),
        goal("c", "toy.lamp is on", needs=("b",)),
        goal("d", "toy.lamp is on", needs=("nothing",)),
    )

    half, whole = (
        shares(chain, {"toy": {"sent": sent, "lamp": "on"}})
        for sent in (("cup",), ("cup", "key"))
    )

    assert half == {"a": 0.5, "b": 0, "c": 0, "d": 0}
    assert whole == {"a": 1, "b": 1, "c": 1, "d": 0}


def test_goals_that_need_each_other_are_reached_together() -> None:
    names = [f"g{number}" for number in range(30)]
    circle = toy_lab(
        *(goal(name, "toy.lamp is on", needs=tuple(names)) for name in names),
        goal("self", "toy.inside has cup", needs=("self",)),
        goal("last", "toy.lamp is on", needs=("self", "g0")),
    )

    lit, full = (
        shares(circle, {"toy": {"lamp": "on", "inside": inside}})
        for inside in ((), ("cup",))
    )

    assert {name for name, share in lit.items() if share} == set(names)
    assert set(full.values()) == {1}
    assert set(shares(circle, {"toy": {"inside": ()}}).values()) == {0}
