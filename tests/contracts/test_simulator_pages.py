"""What the template of every simulator promises, drawn on its samples."""

import re
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask import get_template_attribute

from course.base.i18n import speaking
from course.domain.lab import Lab
from course.domain.run import Play, action_of
from course.domain.simulators import SIMULATORS
from course.domain.simulators.base import RefusedError
from tests.contracts.test_simulators import SCENES, codes_of, every_scene, walk
from tests.make.offers import html_of, offers, quickly
from tests.make.simulators import scenes
from tests.page import parse, problems, said

KINDS = sorted(SIMULATORS)
MACROS = {"title": 0, "draw": 2, "tell": 2, "refusal": 2}
# What a form says when it was left empty or filled with junk.
UNREADABLE = {"act.unreadable", "act.too-long"}


def macro(kind: str, name: str) -> Any:
    return get_template_attribute(f"simulators/{kind}.html", name)


def drawn(
    lab: Lab,
    play: Play,
    view: Mapping[str, str] | None = None,
    *,
    live: bool = True,
    language: str = "fr",
) -> Element:
    """The desk as a page; a fault of its HTML fails."""
    return parse(html_of(lab, play, view or {}, live=live, language=language))


@pytest.fixture
def page(app):
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", KINDS)
def test_each_simulator_has_its_template_with_its_macros(kind):
    for name, count in MACROS.items():
        assert len(macro(kind, name).arguments) == count, name
    with speaking("fr"):
        french = str(macro(kind, "title")())
    with speaking("en"):
        english = str(macro(kind, "title")())
    assert french.strip()
    assert english.strip()


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_refusal_is_said_in_words_of_its_own(kind, language):
    values = dict(refusals(kind))
    sentences = {}
    with speaking(language):
        refuse = macro(kind, "refusal")
        for code in sorted(codes_of(kind)):
            words = str(refuse(code, values.get(code, {}))).strip()
            assert re.search(r"[.!?]$", words), f"{code}: {words!r}"
            assert "None" not in words
            sentences.setdefault(words, []).append(code)
        fallback = str(refuse(f"{kind}.nothing-known", {})).strip()

    assert fallback not in sentences
    # Two codes may share a sentence only if nothing else tells them apart.
    assert [codes for codes in sentences.values() if len(codes) > 1] == []


def refusals(kind):
    """The values with which each code was really refused in the samples."""
    for scene in scenes(kind):
        for done, found in ((scene.acts, scene.refused), ((), scene.refused_at_start)):
            for code, lines in found:
                play = scene.play([*done, *lines[:-1]])
                with pytest.raises(RefusedError) as refused:
                    play.do(scene.action(lines[-1]))
                yield code, refused.value.values


@pytest.mark.usefixtures("page")
@every_scene
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_deed_is_told_in_one_sentence(name, language):
    scene = SCENES[name]
    play = scene.play()
    for line in scene.acts:
        action = scene.action(line)
        if action.simulator != "lab":
            own = scene.lab.simulator(action.simulator)
            act = own.acts[action.name].load(action.fields)
            words = own.tell(play.world, act, language)
            with speaking(language):
                told = str(macro(own.kind, "tell")(action.name, words)).strip()
            assert re.search(r"[.!?»]$", told), f"{line}: {told!r}"
            assert "None" not in told
        play.do(action)


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", KINDS)
def test_an_act_that_nobody_knows_any_more_is_still_told(kind):
    for act in SIMULATORS[kind].acts:
        macro(kind, "tell")(act, {})
    macro(kind, "tell")("nothing-known", {})


@pytest.mark.usefixtures("page")
@every_scene
@pytest.mark.parametrize(
    ("language", "part"), [("fr", 0), ("fr", 1), ("en", 0.5)], ids=str
)
def test_a_desk_is_a_page_that_everybody_can_use(name, language, part):
    scene = SCENES[name]
    play = scene.play(scene.acts[: int(part * len(scene.acts))])
    for view in views_seen(scene.lab, play):
        tree = drawn(scene.lab, play, view, language=language)

        assert list(problems(tree)) == []
        assert headings_skipped(tree) == []
        assert unknown_acts(tree, scene.lab) == []
        assert unknown_views(tree, scene.lab) == []


def views_seen(lab: Lab, play: Play) -> list[dict[str, str]]:
    """What the links of the desk lead to, from the first look."""
    seen: list[dict[str, str]] = [{}]
    for view in seen:
        for link in quickly(html_of(lab, play, view)).iter("a"):
            found = parse_qs(urlsplit(link.get("href") or "").query)
            asked = {key: values[0] for key, values in found.items()}
            if link.get("data-go") is not None and asked not in seen and len(seen) < 9:
                seen.append(asked)
    return seen


def headings_skipped(tree: Element) -> list[str]:
    levels = [
        (int(each.tag[1]), said(each))
        for each in tree.iter()
        if re.fullmatch("h[1-6]", str(each.tag))
    ]
    return [
        words
        for (before, _words), (level, words) in pairwise(levels)
        if level > before + 1 or level == 1
    ]


def unknown_acts(tree: Element, lab: Lab) -> list[str]:
    """Forms that ask for something that no simulator of the desk does."""
    wrong: list[str] = []
    for offer in offers(tree):
        allowed = {"csrf_token", "client", "act", ""}
        for what in offer.acts:
            kind, _dot, name = what.partition(".")
            acts = next((each.acts for each in lab.desk if each.kind == kind), {})
            if name not in acts:
                wrong.append(what)
            else:
                allowed |= set(acts[name].model_fields)
        # `where.bank`: a field said once for each of several things.
        plain = {name for name in offer.names if "." not in name}
        wrong += [f"{offer.acts}: {name}" for name in plain - allowed]
        if not offer.acts:
            wrong.append(f"a form without an act: {offer.names}")
    return wrong


def unknown_views(tree: Element, lab: Lab) -> list[str]:
    known = {"at"} | {name for each in lab.desk for name in each.views}
    return [
        name
        for link in tree.iter("a")
        if link.get("data-go") is not None
        for name in parse_qs(urlsplit(link.get("href") or "").query)
        if name not in known
    ]


@pytest.mark.usefixtures("page")
@every_scene
def test_a_replay_lets_nothing_be_done(name):
    scene = SCENES[name]
    play = scene.play(scene.acts)

    tree = drawn(scene.lab, play, live=False)

    assert list(tree.iter("form")) == []
    free = enabled(tree)
    assert [said(each) or each.get("name") for each in free] == []


def enabled(element: Element) -> list[Element]:
    """Controls that are not disabled, nor in a fieldset that is."""
    if element.get("disabled") is not None:
        return []
    own = [element] if element.tag in {"button", "input", "select", "textarea"} else []
    return own + [each for child in element for each in enabled(child)]


@pytest.mark.usefixtures("page")
@every_scene
@pytest.mark.parametrize("seed", range(4))
def test_what_a_desk_offers_can_be_asked(name, seed):
    """Each form is understood: it is done, or refused for a reason of the desk."""
    scene, chance = SCENES[name], Random(seed)
    play = scene.play()
    view: dict[str, str] = {}
    for _ in range(25):
        found = list(offers(quickly(html_of(scene.lab, play, view))))
        assert found, "nothing can be done any more"
        what, raw = chance.choice(found).filled(chance, scene.words)
        kind, _dot, act = what.partition(".")
        code = ""
        try:
            action = action_of(scene.lab, kind, act, raw)
            play.do(action)
        except RefusedError as refused:
            code = refused.code
        else:
            own = scene.lab.simulator(kind)
            view = {**view, **own.look(play.world, own.acts[act].load(action.fields))}
        assert code != "act.unknown"
        if code in UNREADABLE:
            assert has_text(scene, kind, act), (what, raw)


def has_text(scene, kind, act):
    """Whether a person could have sent it by writing too much, or nothing at all."""
    fields = scene.lab.simulator(kind).acts[act].model_fields.values()
    return any(field.annotation is str for field in fields)


@pytest.mark.usefixtures("page")
@every_scene
@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_done_there_is_a_page(name, seed):
    scene = SCENES[name]
    last = None
    for number, (play, _accepted) in enumerate(walk(scene, seed, steps=40)):
        last = play
        if number % 10 == 0:
            html_of(scene.lab, play, {v: "²" for x in scene.lab.desk for v in x.views})
    assert last
    tree = drawn(scene.lab, last)
    assert [x for x in problems(tree) if "not translated" not in x] == []
