"""Samples of simulators: scenes written in tests/domain/simulators/<kind>.yaml.

A file holds one scene or several, parted by `---`. All that is in it is words: `on` is
the word on. A scene:

    start:                    # the simulator's fields; a Text is one plain string
      protection: off
      items:
        - {id: facture, name: facture.pdf.exe}
    desk:                     # the others that it needs, each with its fields
      explorer: {files: [...]}
    acts:                     # done one after the other, written as in a lab's runs
      - antivirus protect on=yes
      - antivirus decide item=facture what=quarantine
    facts:                    # then these hold (a tuple: a list); some may be left out
      protection: on
      told: [contact]
    refused:                  # code: what is refused with it, after `acts`
      - antivirus.no-such-item: antivirus decide item=nothing what=quarantine
    refused at start:         # the same from the start; of a list, the last is refused
      - antivirus.not-yet:
          - antivirus scan what=quick
          - antivirus restore item=facture
    words: [facture, 512]     # more that random walks may say, besides all words above
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from types import UnionType
from typing import Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from course.domain.lab import Action, Lab, Words
from course.domain.profile import Profile
from course.domain.run import Play, action_of
from course.domain.simulators import SIMULATORS
from course.domain.simulators.base import Simulator
from course.domain.text import Text

FOLDER = Path(__file__).parents[1] / "domain" / "simulators"
FIELD = re.compile(r'([\w-]+)=(?:"([^"]*)"|(\S*))')
Refused = tuple[str, tuple[str, ...]]  # code, lines of which the last is refused


@dataclass(frozen=True, eq=False)
class Scene:
    """A simulator on its desk, what is done there, and what comes of it."""

    simulator: Simulator
    lab: Lab  # a desk without goals
    acts: tuple[str, ...]
    facts: Mapping[str, Any]
    refused: tuple[Refused, ...]  # after the acts
    refused_at_start: tuple[Refused, ...]
    words: tuple[str, ...]  # what may plausibly be said here
    used: Mapping[str, tuple[str, ...]]  # kind, act, field → values of the samples

    @property
    def kind(self) -> str:
        return self.simulator.kind

    def play(self, lines: Sequence[str] = ()) -> Play:
        """A run of these lines."""
        return Play.begin(self.lab, 7, Profile()).replay(map(self.action, lines))

    def action(self, line: str) -> Action:
        """`antivirus protect on=yes` as its form would send it."""
        head, fields = _cut(line)
        simulator, name = head.split()
        if simulator != "lab":
            fields = _listed(self.lab.simulator(simulator).acts[name], fields)
        return action_of(self.lab, simulator, name, fields)


def _cut(line: str) -> tuple[str, dict[str, list[str]]]:
    head = FIELD.sub("", line)
    fields = {m[1]: [m[2] if m[2] is not None else m[3]] for m in FIELD.finditer(line)}
    return head, fields


def _listed(act: type[BaseModel], raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """Fields that are tuples take a list with commas."""
    found = dict(raw)
    for name, values in raw.items():
        field = act.model_fields.get(name)
        if field is not None and get_origin(field.annotation) is tuple:
            found[name] = [word for word in values[0].split(",") if word]
    return found


def simulator(kind: str, fields: Mapping[str, Any], language: str = "fr") -> Simulator:
    """The simulator that starts so; every Text is one plain string."""
    own = SIMULATORS[kind]
    return own.model_validate(_spoken(own, fields, language))


def _spoken(own: type[BaseModel], fields: Mapping[str, Any], language: str) -> Any:
    return {
        name: _said(own.model_fields[name].annotation, value, language)
        if name in own.model_fields
        else value  # the model refuses it, and says so
        for name, value in fields.items()
    }


def _said(wanted: Any, value: Any, language: str) -> Any:
    if wanted is Text:
        return Text({language: value}) if isinstance(value, str) else value
    if isinstance(wanted, type) and issubclass(wanted, BaseModel):
        return _spoken(wanted, value, language)
    if get_origin(wanted) is tuple and isinstance(value, list):
        return tuple(_said(get_args(wanted)[0], each, language) for each in value)
    if get_origin(wanted) in (Union, UnionType):
        inner = [each for each in get_args(wanted) if each is not type(None)]
        return _said(inner[0], value, language) if len(inner) == 1 else value
    return value


def lab_of(*desk: Simulator) -> Lab:
    """A desk without goals."""
    text = Text(fr="Un essai.", en="A trial.")
    words = Words(story=text, tasks=(), goals=())
    return Lab(
        key="essai",
        title=text,
        module="essai",
        minutes=5,
        words=words,
        desk=desk,
        pass_mark=0,
    )


@cache
def scenes(kind: str) -> tuple[Scene, ...]:
    """The samples of a kind, in their order."""
    text = (FOLDER / f"{kind}.yaml").read_text("utf-8")
    found = yaml.load_all(text, Loader=yaml.BaseLoader)
    return tuple(_scene(kind, each) for each in found)


KNOWN = {
    "start",
    "desk",
    "acts",
    "facts",
    "refused",
    "refused at start",
    "words",
    "language",
}


def _scene(kind: str, found: dict[str, Any]) -> Scene:
    unknown = found.keys() - KNOWN
    if unknown:
        raise ValueError(f"{kind}.yaml: {unknown} is not known here.")
    language = found.get("language", "fr")
    own = simulator(kind, found.get("start") or {}, language)
    others = [
        simulator(name, fields or {}, language)
        for name, fields in (found.get("desk") or {}).items()
    ]
    lines = tuple(found.get("acts", ()))
    after, before = (
        tuple(_refused(found.get(name) or ()))
        for name in ("refused", "refused at start")
    )
    said = [line for _code, each in (*after, *before) for line in each]
    used = _used([*lines, *said])
    return Scene(
        simulator=own,
        lab=lab_of(*others, own),
        acts=lines,
        facts=found.get("facts") or {},
        refused=after,
        refused_at_start=before,
        words=tuple(
            dict.fromkeys(
                [
                    *found.get("words", ()),
                    *_words_in([each.model_dump() for each in (own, *others)]),
                    *(word for values in used.values() for word in values),
                ]
            )
        ),
        used=used,
    )


def _refused(items: Sequence[Mapping[str, Any]]) -> Iterator[Refused]:
    for item in items:
        for code, lines in item.items():
            yield code, (lines,) if isinstance(lines, str) else tuple(lines)


def _words_in(value: Any) -> Iterator[str]:
    """Each short word of a start: ids, names, choices."""
    if isinstance(value, str | int):
        yield str(value)[:60]
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _words_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words_in(each)


def _used(lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        head, fields = _cut(line)
        for name, values in fields.items():
            place = " ".join([*head.split(), name])
            found[place] = (*found.get(place, ()), *values[0].split(","))
    return found


def scene_of(lab: Lab) -> Scene:
    """A lab of the repository; its recorded runs say what may plausibly be done."""
    used: dict[str, tuple[str, ...]] = {}
    for sample in lab.samples:
        for _line, action in sample.actions:
            for name, value in action.fields.items():
                place = f"{action.simulator} {action.name} {name}"
                listed = value if isinstance(value, list) else [value]
                used[place] = (*used.get(place, ()), *map(str, listed))
    said = [word for values in used.values() for word in values]
    known = _words_in([each.model_dump() for each in lab.desk])
    return Scene(
        simulator=lab.desk[0],
        lab=lab,
        acts=(),
        facts={},
        refused=(),
        refused_at_start=(),
        words=tuple(dict.fromkeys([*said, *known])),
        used=used,
    )


Form = tuple[str, str, dict[str, list[str]]]


def random_form(scene: Scene, play: Play, chance: Random) -> Form:
    """What might be sent now: plausible most of the time, junk now and then."""
    if chance.random() < 0.07:
        goals = ["nothing", *(goal.name for goal in scene.lab.goals)]
        name = chance.choice(("undo", "undo", "hint"))
        return "lab", name, {"goal": [chance.choice(goals)]}
    own = chance.choice(scene.lab.desk)
    name = chance.choice(sorted(own.acts))
    raw: dict[str, list[str]] = {}
    for field, info in own.acts[name].model_fields.items():
        if chance.random() < 0.9:
            # One value most of the time, where several may be.
            listed = get_origin(info.annotation) is tuple
            many = chance.choice((1, 1, 1, 1, 0, 2, 3)) if listed else 1
            pools = _pools(scene, play, f"{own.kind} {name} {field}")
            weights = [bool(pool) * weight for pool, weight in pools]
            drawn = chance.choices(pools, weights, k=many)
            raw[field] = [chance.choice(pool) for pool, _weight in drawn]
    return own.kind, name, raw


def _pools(scene: Scene, play: Play, place: str) -> list[tuple[Sequence[str], int]]:
    """Where words may come from: used there, in the world now, known, junk."""
    used = scene.used.get(place, ())
    now = _ids(play.world) if play.world is not play.began else ()
    return [(used, 50), (now, 30), (scene.words, 14), (JUNK, 6)]


def _ids(world: Mapping[str, BaseModel]) -> tuple[str, ...]:
    """The ids of what there is now."""
    return tuple(
        str(each.id)
        for state in world.values()
        for value in dict(state).values()
        if isinstance(value, tuple)
        for each in value
        if hasattr(each, "id")
    )


JUNK = (
    "",
    " ",
    "0",
    "-1",
    "999999999999999999999",
    "yes",
    "no",
    "on",
    "off",
    "é" * 200,
    "x" * 201,
    "a\x00b",
    "\ud800",
    "\u202egpj.exe",
    "<script>",
    "{{ 7*7 }}",
    "../../etc/passwd",
    "a/b\\c:d*e?",
    "\r\n",
    "İ",
    "١",
    "²",
)
