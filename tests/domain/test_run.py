"""Actions replayed into a world, and the world judged goal by goal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.lab import Action
from course.domain.profile import Profile
from course.domain.run import (
    MOST_ACTIONS,
    WARN_AT,
    Play,
    Result,
    action_of,
    judge,
    shares,
)
from course.domain.simulators.base import RefusedError
from tests.make.toys import (
    ASK,
    OFF,
    ON,
    SEND,
    UNDO,
    Toy,
    begun,
    do,
    lamp_lab,
    put,
)


def refusal(play: Play, action: Action) -> str:
    world, count, hints = play.world, play.count, dict(play.hints)
    with pytest.raises(RefusedError) as refused:
        play.do(action)
    assert play.world is world
    assert (play.count, play.hints, len(play.steps)) == (count, hints, count)
    return refused.value.code


def judged(*actions: Action, hints_cost: bool = True) -> Result:
    return judge(begun().replay(actions), hints_cost=hints_cost)


def points(result: Result) -> dict[str, float]:
    return {each.goal.name: each.points for each in result.outcomes}


def positions(result: Result) -> dict[str, int | None]:
    return {each.goal.name: each.position for each in result.outcomes}


# ---- Doing


def test_one_seed_makes_one_start() -> None:
    assert begun().world == begun().world
    assert begun().world != Play.begin(lamp_lab(), 8, Profile()).world


def test_each_deed_leads_to_a_world_and_is_counted() -> None:
    play = begun()

    steps = [play.do(ON), play.do(put("cup"))]

    assert [step.position for step in steps] == [1, 2]
    assert play.count == 2
    assert play.facts["toy"]["inside"] == ("cup",)
    assert play.last is steps[1]
    assert play.steps == steps


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (put("hat"), "toy.unknown"),
        (SEND, "toy.empty"),
        (do("fly"), "act.unknown"),
        (Action("boat", "put", {}), "act.unknown"),
        (Action("lab", "fly", {}), "act.unknown"),
        (Action("toy", "write", {}), "act.unreadable"),
        (Action("toy", "write", {"note": "x" * 201}), "act.too-long"),
        (UNDO, "act.nothing-to-undo"),
        (do("hint", goal="boat"), "act.unreadable"),
        (do("hint"), "act.unreadable"),
        (do("hint", goal="sent"), "act.no-more-hints"),
    ],
)
def test_what_is_refused_changes_nothing(action: Action, code: str) -> None:
    assert refusal(begun(), action) == code


def test_a_run_has_an_end_that_can_be_told_before() -> None:
    play = begun().replay([ON, OFF] * (MOST_ACTIONS // 2))

    assert WARN_AT < MOST_ACTIONS
    assert refusal(play, ON) == "act.too-many"
    assert refusal(play, UNDO) == "act.too-many"
    assert judge(play, hints_cost=True).points == 0


# ---- Taking back


def test_the_last_deed_is_taken_back_then_the_one_before() -> None:
    play = begun().replay([put("cup"), ON])

    first, second = play.do(UNDO), play.do(UNDO)

    assert (first.undone, second.undone) == (2, 1)
    assert play.world == begun().world
    assert play.facts == begun().facts
    assert not play.can_undo
    assert refusal(play, UNDO) == "act.nothing-to-undo"


def test_a_hint_between_is_not_what_is_taken_back() -> None:
    play = begun().replay([put("cup"), ASK, ASK])

    step = play.do(UNDO)

    assert step.undone == 1
    assert play.hints == {"lamp": 2}
    assert play.world == begun().world


def test_what_was_sent_stays_sent() -> None:
    play = begun().replay([put("cup"), SEND])

    assert not play.can_undo
    assert refusal(play, UNDO) == "act.cannot-undo"

    play.replay([ON, UNDO])

    assert refusal(play, UNDO) == "act.cannot-undo"


def test_hints_come_one_after_the_other() -> None:
    play = begun()

    assert play.do(ASK).world is play.world
    play.do(ASK)

    assert play.hints == {"lamp": 2}
    assert refusal(play, ASK) == "act.no-more-hints"


def test_what_an_older_version_took_is_counted_and_does_nothing() -> None:
    play = begun().replay([ON])

    step = play.skip(do("fly"))

    assert (step.position, step.world, step.facts) == (2, play.world, play.facts)
    assert play.count == 2
    assert play.do(UNDO).undone == 1
    assert judge(play, hints_cost=True).points == 0


# ---- Consequences


def test_a_consequence_is_played_when_the_world_becomes_so() -> None:
    play = begun()

    sprung = [play.do(action).sprung for action in (ON, put("cup"), put("key"), ON)]

    assert sprung == [(), ("burnt",), (), ()]
    assert play.sprung == {"burnt": 2}


def test_a_consequence_taken_back_was_played_and_may_be_again() -> None:
    play = begun().replay([put("cup"), ON, UNDO])

    assert play.sprung == {"burnt": 2}
    assert play.steps[-1].sprung == ()
    assert play.do(ON).sprung == ("burnt",)
    assert play.sprung == {"burnt": 2}


# ---- Snapshots


def test_a_run_goes_on_from_a_snapshot() -> None:
    play = begun().replay([put("cup"), ON, ASK])

    resumed = Play.resume(lamp_lab(), json.loads(json.dumps(play.snapshot())))

    assert resumed.world == play.world
    assert resumed.count == 3
    assert resumed.hints == {"lamp": 1}
    assert resumed.sprung == {"burnt": 2}
    assert resumed.can_undo
    assert resumed.do(OFF).position == 4
    assert resumed.snapshot()["count"] == 4


def test_a_deed_older_than_the_snapshot_asks_for_the_whole_run() -> None:
    resumed = Play.resume(lamp_lab(), begun().replay([ON]).snapshot())

    assert not resumed.knows_last
    assert resumed.can_undo
    with pytest.raises(RefusedError):
        resumed.do(UNDO)

    resumed.do(OFF)
    assert resumed.knows_last
    assert resumed.do(UNDO).world == resumed.began
    assert not resumed.knows_last
    assert resumed.can_undo


@pytest.mark.parametrize(
    ("actions", "code"),
    [
        ([], "act.nothing-to-undo"),
        ([ASK], "act.nothing-to-undo"),
        ([ON, UNDO], "act.nothing-to-undo"),
        ([put("cup"), SEND], "act.cannot-undo"),
    ],
)
def test_a_snapshot_refuses_what_the_whole_run_refuses(
    actions: list[Action], code: str
) -> None:
    whole = begun().replay(actions)
    resumed = Play.resume(lamp_lab(), whole.snapshot())

    assert resumed.knows_last
    assert not resumed.can_undo
    with pytest.raises(RefusedError) as refused:
        resumed.do(UNDO)
    assert refused.value.code == code == refusal(whole, UNDO)


def test_the_end_of_a_run_is_not_judged() -> None:
    resumed = Play.resume(lamp_lab(), begun().replay([ON]).snapshot())

    with pytest.raises(ValueError, match="replayed"):
        judge(resumed, hints_cost=True)


# ---- Reading a form


def test_a_form_says_an_action() -> None:
    assert action_of(lamp_lab(), "toy", "put", {"things": ["cup"]}) == put("cup")
    assert action_of(lamp_lab(), "lab", "undo", {"goal": ["x"]}) == UNDO
    assert action_of(lamp_lab(), "lab", "hint", {"goal": ["lamp", "x"]}) == ASK
    assert action_of(lamp_lab(), "lab", "hint", {}) == do("hint", goal="")


@pytest.mark.parametrize(
    ("simulator", "name"), [("toy", "fly"), ("boat", "put"), ("lab", "put"), ("", "")]
)
def test_a_form_that_says_nothing_known_is_refused(simulator: str, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        action_of(lamp_lab(), simulator, name, {})

    assert refused.value.code == "act.unknown"


# ---- Whatever is done

actions = st.lists(
    st.one_of(
        st.sampled_from([ON, OFF, UNDO, UNDO, SEND, ASK, do("fly"), put("hat")]),
        st.lists(st.sampled_from(Toy().things), max_size=2).map(lambda t: put(*t)),
        st.text(max_size=5).map(lambda note: do("write", note=note)),
    ),
    max_size=30,
)


def tried(wanted: list[Action]) -> Play:
    play = begun()
    for action in wanted:
        try:
            play.do(action)
        except RefusedError:
            continue
    return play


@given(wanted=actions, cut=st.integers(0, 30), cost=st.booleans())
def test_a_run_can_be_replayed_left_and_judged(
    wanted: list[Action], cut: int, *, cost: bool
) -> None:
    play = tried(wanted)
    done = [step.action for step in play.steps]

    again = begun().replay(done)
    result = judge(play, hints_cost=cost, seconds=dict.fromkeys(range(31), 3))

    assert again.world == play.world
    assert again.snapshot() == play.snapshot()
    assert again.facts == play.lab.facts(play.world)
    assert judge(again, hints_cost=cost).verdict == result.verdict
    assert 0 <= result.points <= result.out_of
    assert not (result.passed and result.missing)
    assert sum(each.seconds for each in result.outcomes) <= 3 * play.count
    assert all(step.facts == play.lab.facts(step.world) for step in play.steps)
    resumed = Play.resume(play.lab, begun().replay(done[:cut]).snapshot())
    for action in done[cut:]:
        if action == UNDO and not resumed.knows_last:
            return
        resumed.do(action)
    assert resumed.snapshot() == play.snapshot()


@given(wanted=actions)
def test_a_goal_dates_from_the_action_since_which_it_stayed(
    wanted: list[Action],
) -> None:
    play = tried(wanted)
    final = shares(play.lab, play.facts)
    each_time = [shares(play.lab, step.facts) for step in play.steps]

    found = positions(judge(play, hints_cost=False))

    for name, share in final.items():
        if not share or not play.steps:
            assert found[name] is None
            continue
        since = play.count
        while since > 1 and each_time[since - 2][name] >= share:
            since -= 1
        assert found[name] == since


@given(wanted=actions)
def test_taking_back_everything_that_can_be_leads_to_what_was_sent(
    wanted: list[Action],
) -> None:
    play = tried(wanted)

    while play.can_undo:
        play.do(UNDO)

    assert play.last is None or play.last.action == SEND
    assert play.world == (play.last.world if play.last else begun().world)
