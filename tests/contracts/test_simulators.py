"""What every simulator promises, tried on its samples and on random walks."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from course.domain.lab import Action
from course.domain.profile import Profile
from course.domain.run import MOST_ACTIONS, Play, action_of
from course.domain.simulators import SIMULATORS
from course.domain.simulators.base import RefusedError, World
from tests.make.simulators import FOLDER, Scene, random_form, scenes

KINDS = sorted(SIMULATORS)
SCENES = {
    f"{kind}-{number}": scene
    for kind in KINDS
    if (FOLDER / f"{kind}.yaml").exists()
    for number, scene in enumerate(scenes(kind), 1)
}
LANGUAGES = ("fr", "en", "de")
SOURCES = Path(__file__).parents[2] / "course/domain/simulators"
HEAVIEST = 200_000  # signs of a stored state
STEPS = 60  # of a random walk
# Names that the forms of a run use for themselves.
TAKEN = {"csrf_token", "client", "act", "goal", "mode"}
UNDO = Action("lab", "undo", {})
seeds = st.integers(0, 2**32)
# Some 15,000 steps in all for each promise.
walked = settings(deadline=None, max_examples=40)
every_scene = pytest.mark.parametrize("name", SCENES)
views = st.dictionaries(
    st.text(max_size=8), st.text(max_size=12) | st.sampled_from(["0", "-1", "../.."])
)


def codes_of(kind: str) -> set[str]:
    """Every code with which the modules of simulators refuse, of that kind."""
    text = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.py"))
    return set(re.findall(rf'"({kind}\.[\w-]+)"', text))


def stored(world: World) -> dict[str, str]:
    return {kind: state.model_dump_json() for kind, state in world.items()}


def walk(scene: Scene, seed: int, steps: int = STEPS) -> Iterator[tuple[Play, bool]]:
    """The play after each try, and whether it was accepted.

    It begins somewhere along the sample, so that it soon is where much can be done.
    """
    chance = Random(seed)
    play = scene.play(scene.acts[: chance.randint(0, len(scene.acts))])
    for _ in range(steps):
        before, code = play.world, ""
        try:
            play.do(action_of(scene.lab, *random_form(scene, play, chance)))
        except RefusedError as refused:
            code = refused.code
        assert not code or play.world is before
        assert re.fullmatch(r"([a-z]+\.[\w-]+)?", code)
        yield play, not code


# ---- Samples


def test_each_simulator_has_its_samples_and_each_sample_its_simulator() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(KINDS)


@every_scene
def test_what_is_done_leads_to_the_facts(name: str) -> None:
    scene = SCENES[name]
    facts = scene.play(scene.acts).facts[scene.kind]

    found = {
        name: [*fact] if isinstance(fact, tuple) else str(fact)
        for name, fact in facts.items()
    }
    assert {name: found.get(name) for name in scene.facts} == dict(scene.facts)


@every_scene
@pytest.mark.parametrize("after", [True, False])
def test_what_is_refused_says_why_and_changes_nothing(
    name: str, *, after: bool
) -> None:
    scene = SCENES[name]
    for code, lines in scene.refused if after else scene.refused_at_start:
        play = scene.play([*scene.acts, *lines[:-1]] if after else lines[:-1])
        world, before, count = play.world, stored(play.world), play.count

        with pytest.raises(RefusedError) as refused:
            play.do(scene.action(lines[-1]))

        assert (refused.value.code, lines[-1]) == (code, lines[-1])
        assert play.world is world
        assert (stored(play.world), play.count) == (before, count)


@pytest.mark.parametrize("kind", KINDS)
def test_samples_do_every_act_and_meet_every_refusal(kind: str) -> None:
    done = {line.split()[1] for s in scenes(kind) for line in s.acts if s.kind in line}
    met = {
        code for s in scenes(kind) for code, _lines in s.refused + s.refused_at_start
    }

    assert set(SIMULATORS[kind].acts) - done == set()
    assert codes_of(kind) - met == set()


# ---- Shapes


@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_acts_are_words_whose_names_are_free(kind: str) -> None:
    own = SIMULATORS[kind]
    assert re.fullmatch(r"[a-z]+", own.kind)
    assert own.version >= 1
    assert set(own.needs) <= set(KINDS)
    assert TAKEN.isdisjoint(own.views)
    for name, act in own.acts.items():
        assert re.fullmatch(r"[a-z-]+", name)
        assert TAKEN.isdisjoint(act.model_fields)
        assert set(own.views).isdisjoint(act.model_fields)
        assert act.model_config.get("frozen")
        assert act.model_config.get("extra") == "forbid"


@every_scene
def test_one_chance_makes_one_start(name: str) -> None:
    scene = SCENES[name]
    first, second = (
        {
            each.kind: each.start(Random(7), Profile()).model_dump_json()
            for each in scene.lab.desk
        }
        for _ in range(2)
    )

    assert first == second


@every_scene
def test_a_simulator_does_not_change_by_being_used(name: str) -> None:
    scene = SCENES[name]
    before = scene.simulator.model_dump_json()

    scene.play(scene.acts)

    assert scene.simulator.model_dump_json() == before


@every_scene
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_deed_can_be_told_in_every_language(name: str, language: str) -> None:
    scene = SCENES[name]
    play = scene.play()
    for line in scene.acts:
        action = scene.action(line)
        if action.simulator == scene.kind:
            act = scene.simulator.acts[action.name].load(action.fields)

            words = scene.simulator.tell(play.world, act, language)
            look = scene.simulator.look(play.world, act)

            assert all(isinstance(word, str) for word in words.values())
            assert set(look) <= set(scene.simulator.views)
            assert all(isinstance(value, str) for value in look.values())
        play.do(action)


# ---- Whatever is done


@every_scene
@walked
@given(seed=seeds)
def test_whatever_is_done_a_simulator_keeps_its_promises(name: str, seed: int) -> None:
    scene = SCENES[name]
    play = scene.play()
    names = set(play.facts[scene.kind])

    for now, accepted in walk(scene, seed):
        play = now
        event("accepted" if accepted else "refused")
        facts = play.facts[scene.kind]
        assert set(facts) == names
        assert play.facts == scene.lab.facts(play.world)
        assert all(map(is_fact, facts.values()))

    done = [step.action for step in play.steps]
    assert len(done) == play.count
    again = scene.play().replay(done)
    assert again.world == play.world
    assert [step.world for step in again.steps] == [step.world for step in play.steps]
    for kind, state in play.world.items():
        dumped = state.model_dump(mode="json")
        text = json.dumps(dumped)
        assert type(state).model_validate(json.loads(text)) == state, kind
        assert len(text) < HEAVIEST


def is_fact(fact: object) -> bool:
    if isinstance(fact, tuple):
        return all(type(word) is str for word in fact)
    return type(fact) in {str, int} or isinstance(fact, str)


@every_scene
@walked
@given(seed=seeds)
def test_what_is_taken_back_and_done_again_is_as_it_was(name: str, seed: int) -> None:
    scene = SCENES[name]
    play = scene.play()
    for now, accepted in walk(scene, seed, steps=25):
        play = now
        last = play.last
        if not (accepted and last and play.can_undo):
            continue
        if play.steps[-1] is not last:
            continue
        world, facts = play.world, play.facts
        before = play.steps[-2].world if len(play.steps) > 1 else play.began

        play.do(UNDO)
        assert play.world == before
        play.do(last.action)

        assert play.world == world
        assert play.facts == facts


@every_scene
@walked
@given(seed=seeds, cut=st.integers(0, STEPS))
def test_a_run_goes_on_from_a_snapshot_as_if_nothing_had_been(
    name: str, seed: int, cut: int
) -> None:
    scene = SCENES[name]
    play = scene.play()
    for now, _accepted in walk(scene, seed):
        play = now
    actions = [step.action for step in play.steps]
    first = scene.play().replay(actions[:cut])

    resumed = Play.resume(scene.lab, json.loads(json.dumps(first.snapshot())))
    for action in actions[cut:]:
        if action == UNDO and not resumed.knows_last:
            return
        resumed.do(action)

    assert resumed.world == play.world
    assert resumed.count == play.count
    assert resumed.can_undo == play.can_undo
    assert resumed.snapshot() == play.snapshot()


@every_scene
@walked
@given(seed=seeds, view=views, language=st.sampled_from(LANGUAGES))
def test_anything_may_be_looked_at(
    name: str, seed: int, view: dict[str, str], language: str
) -> None:
    scene = SCENES[name]
    chance = Random(seed)
    looks: list[Mapping[str, str]] = [view, {}]
    words = scene.words or ("",)
    looks += [
        {name: chance.choice(words) for name in each.views} for each in scene.lab.desk
    ]
    looks += [dict.fromkeys(scene.simulator.views, value) for value in JUNK_VIEWS]
    for play, _accepted in walk(scene, seed, steps=10):
        before = stored(play.world)
        for look in looks:
            for each in scene.lab.desk:
                shown: Any = each.show(play.world, look, language)
                assert isinstance(shown, dict)
        assert stored(play.world) == before


JUNK_VIEWS = ("", "-1", "0", "9" * 30, "²", "../..", "\x00", "x" * 5000, "é\u202e")


@every_scene
@pytest.mark.parametrize("long", [True, False])
def test_a_state_stays_small_whatever_is_done_600_times(
    name: str, *, long: bool
) -> None:
    scene = SCENES[name]
    for kind, names in ((each.kind, sorted(each.acts)) for each in scene.lab.desk):
        for focus in names:
            chance = Random(11)
            play = scene.play()
            for number in range(MOST_ACTIONS):
                name = focus if number % 4 else chance.choice(names)
                raw = filled(scene, kind, name, chance, number, long=long)
                try:
                    play.do(action_of(scene.lab, kind, name, raw))
                except RefusedError:
                    continue
            sizes = {k: len(text) for k, text in stored(play.world).items()}
            assert {k: n for k, n in sizes.items() if n >= HEAVIEST} == {}, focus


def filled(
    scene: Scene, kind: str, name: str, chance: Random, number: int, *, long: bool
) -> dict[str, list[str]]:
    """A form with known ids, and elsewhere as much text as each field takes."""
    raw: dict[str, list[str]] = {}
    for field, info in scene.lab.simulator(kind).acts[name].model_fields.items():
        most = next(
            (m.max_length for m in info.metadata if hasattr(m, "max_length")), 200
        )
        text = f"{number} " + "é" * (most - 5) if long else f"n{number}"
        many = "tuple" in str(info.annotation)
        word = text if chance.random() < 0.5 else chance.choice(scene.words or (text,))
        raw[field] = [word, chance.choice(scene.words or ("",))] if many else [word]
    return raw
