"""Every lab of the repository, handled by somebody who presses anything."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from course.domain.lab import Lab
from course.domain.profile import Profile, Trade
from course.domain.run import (
    MOST_ACTIONS,
    Play,
    action_of,
    judge,
    shares,
)
from course.domain.simulators.base import Facts, RefusedError
from tests.content.test_files import LIBRARY
from tests.make.offers import Offer, html_of, offers, quickly
from tests.make.simulators import Form, Scene, random_form, scene_of

LABS = {lab.key: lab for lab in LIBRARY.labs}
every_lab = pytest.mark.parametrize("key", LABS)
TRADES = list(Trade)
WALKS = 40
ACTIONS = 60  # tried in a walk
EVERY = 6  # actions between two looks at the page: a page may be old
MORE = 3.0  # seconds of processor for 600 actions and their verdict


def begun(lab: Lab, seed: int) -> Play:
    """A run that begins somewhere along one of the recorded runs."""
    chance = Random(seed)
    actions = [action for _line, action in chance.choice(lab.samples).actions]
    play = Play.begin(lab, seed, Profile())
    return play.replay(actions[: chance.randint(0, len(actions))])


def walk(lab: Lab, seed: int, actions: int = ACTIONS) -> Iterator[tuple[Play, str]]:
    """The run after each try: what the page offers, or anything; and why not."""
    chance, play, scene = Random(seed), begun(lab, seed), scene_of(lab)
    offered: list[Offer] = []
    view: dict[str, str] = {}
    for number in range(actions):
        if number % EVERY == 0:
            offered = list(offers(quickly(html_of(lab, play, view))))
        kind, name, raw = chosen(scene, play, offered, chance)
        before, code = play.world, ""
        try:
            play.do(action_of(lab, kind, name, raw))
        except RefusedError as refused:
            code = refused.code
        assert not code or play.world is before
        if not code and kind != "lab":
            own = lab.simulator(kind)
            act = own.acts[name].load(play.steps[-1].action.fields)
            view = {**view, **own.look(play.world, act)}
        yield play, code


def chosen(scene: Scene, play: Play, offered: list[Offer], chance: Random) -> Form:
    if not offered or chance.random() < 0.4:
        return random_form(scene, play, chance)
    what, raw = chance.choice(offered).filled(chance, scene.words)
    kind, _dot, name = what.partition(".")
    return kind, name, raw


def impossible(facts: dict[str, Facts]) -> Iterator[str]:
    """What no desk can be, one sentence each."""
    files, mail = facts.get("explorer"), facts.get("mailbox")
    if files:
        placed = [w for name, f in files.items() if name[:7] == "folder." for w in f]
        if len(files["names"]) != len(files["documents"]):
            yield "a file without its document, or the reverse"
        if Counter(placed) - Counter(files["documents"]):
            yield "a document in a folder that is not on the disk"
    if mail:
        if not mail["sent"] and any(mail[n] for n in ("to", "attached", "linked")):
            yield "somebody got what was never sent"
        everybody = {*mail["to"], *mail["cc"], *mail["bcc"]}
        if everybody != {*mail["recipients"]}:
            yield "a recipient who stands nowhere"
        if mail["sent"] and not mail["recipients"]:
            yield "a message sent to nobody"


@pytest.fixture
def page(app):
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("page")
@every_lab
@pytest.mark.parametrize("quarter", range(4))
def test_whatever_is_pressed_a_lab_stands(key: str, quarter: int) -> None:
    tried: Counter[str] = Counter()
    for seed in range(quarter * WALKS // 4, (quarter + 1) * WALKS // 4):
        lab = LABS[key].for_trade(TRADES[seed % len(TRADES)])
        names = {kind: set(f) for kind, f in begun(lab, 0).facts.items()}
        play = begun(lab, seed)
        for walked, code in walk(lab, seed):
            play = walked
            tried[code or "done"] += 1
            assert {kind: set(f) for kind, f in play.facts.items()} == names
            assert list(impossible(dict(play.facts))) == []
            assert all(0 <= share <= 1 for share in shares(lab, play.facts).values())
        stands(lab, play, seed)

    print(key, quarter, dict(tried.most_common()))  # noqa: T201 - told by `pytest -s`
    assert tried["done"] > 50  # a received invoice is answered once
    assert not tried["act.unknown"]


def stands(lab: Lab, play: Play, seed: int) -> None:
    """What is promised of every run, whatever was done in it."""
    actions = [step.action for step in play.steps]
    again = Play.begin(lab, seed, Profile()).replay(actions)
    assert again.world == play.world
    assert again.snapshot() == play.snapshot()
    cut = len(actions) // 2
    half = Play.begin(lab, seed, Profile()).replay(actions[:cut])
    kept = json.loads(json.dumps(half.snapshot()))
    assert Play.resume(lab, kept).world == half.world
    for check in (True, False):
        result = judge(play, hints_cost=check, seconds=dict.fromkeys(range(99), 5))
        assert 0 <= result.points <= result.out_of + 1e-9
        missed = [x for x in result.outcomes if x.goal.required and x.reached < 1]
        assert result.passed is (
            not missed and result.points >= result.pass_mark - 1e-9
        )
        assert result.verdict.share is not None
        assert {x.position for x in result.outcomes} <= {None, *range(1, 999)}
        assert judge(again, hints_cost=check).points == result.points


@pytest.mark.usefixtures("page")
@every_lab
def test_a_run_as_long_as_may_be_stays_quick_and_small(key: str) -> None:
    lab = LABS[key].for_trade(Trade.BAKER)
    play, seed = begun(lab, 1), 1
    while play.count < MOST_ACTIONS:
        for walked, _code in _junk(lab, play, seed):
            play = walked
        seed += 1
    actions = [step.action for step in play.steps]

    before = time.process_time()
    again = Play.begin(lab, 1, Profile()).replay(actions)
    judge(again, hints_cost=True)
    stored = json.dumps(again.snapshot())
    Play.resume(lab, json.loads(stored))
    took = time.process_time() - before

    print(f"{key}: {took * 1000:.0f} ms, {len(stored)} signs")  # noqa: T201
    assert took < MORE
    assert len(stored) < 200_000
    with pytest.raises(RefusedError) as refused:
        again.do(actions[0])
    assert refused.value.code == "act.too-many"


def _junk(lab: Lab, play: Play, seed: int) -> Iterator[tuple[Play, str]]:
    chance, scene = Random(seed), scene_of(lab)
    for _ in range(ACTIONS):
        try:
            play.do(action_of(lab, *random_form(scene, play, chance)))
        except RefusedError:
            continue
        yield play, ""


@every_lab
@pytest.mark.parametrize("trade", TRADES)
def test_doing_nothing_is_worth_nothing_and_the_full_run_everything(
    key: str, trade: Trade
) -> None:
    lab = LABS[key].for_trade(trade)

    nothing = judge(Play.begin(lab, 3, Profile()), hints_cost=True)
    full = max(
        (
            judge(
                Play.begin(lab, 3, Profile()).replay(a for _line, a in each.actions),
                hints_cost=True,
            )
            for each in lab.samples
        ),
        key=lambda result: result.points,
    )

    assert nothing.points == 0
    assert not nothing.passed
    assert full.points == lab.out_of
    assert full.passed


@every_lab
def test_asking_for_every_hint_and_taking_everything_back_is_worth_nothing(
    key: str,
) -> None:
    lab = LABS[key].for_trade(None)
    play = Play.begin(lab, 3, Profile())
    for goal in lab.goals:
        for _hint in goal.hints:
            play.do(action_of(lab, "lab", "hint", {"goal": [goal.name]}))

    assert play.world == Play.begin(lab, 3, Profile()).world
    assert judge(play, hints_cost=True).points == 0
    assert not play.can_undo
