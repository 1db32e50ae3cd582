"""Recorded runs of a lab: what is done, line by line, and what it is worth."""

import re
from collections.abc import Mapping
from typing import Any, get_origin

from course.domain.issue import Margin
from course.domain.lab import HINT, LAB, UNDO, Action, Sample
from course.domain.manuscript import Line
from course.domain.simulators.base import Act, Simulator
from course.domain.source.goals import names_of, only, stray, title_of
from course.domain.source.parts import Part, block_of, parts_of

KEYS = ("missed", "springs")
STEP = re.compile(r"\s*[0-9]{1,3}[.)]\s+(?P<text>.*)")
# `simulator act field=value field="several words"`
ACT = re.compile(
    r"(?P<simulator>[a-z]+)\s+(?P<name>[a-z]+(?:-[a-z]+)*)(?P<rest>(?:\s.*)?)"
)
FIELD = re.compile(
    r"\s+(?P<name>[a-z]+(?:[_-][a-z]+)*)\s*=\s*"
    r"""(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))"""
)

Kinds = Mapping[str, type[Simulator]]
Fields = dict[str, Any]


def read_samples(part: Part, kinds: Kinds, margin: Margin) -> tuple[Sample, ...]:
    """The runs under `## runs`; those that cannot be read are noted."""
    before, parts = parts_of(part.lines, 3)
    stray(before, margin)
    found: dict[str, Sample] = {}
    for each in parts:
        sample = _sample(each, kinds, margin)
        if sample.name in found:
            first = found[sample.name].line
            margin.fatal("lab.second-name", each.line, name=sample.name, first=first)
        found.setdefault(sample.name, sample)
    return tuple(found.values())


def _sample(part: Part, kinds: Kinds, margin: Margin) -> Sample:
    title = title_of(part, margin)
    if title.points is None:
        margin.fatal("lab.no-points", part.line, name=title.name)
    steps = [line for line in part.lines if STEP.fullmatch(line.text)]
    first = steps[0].number if steps else part.line
    block = block_of((each for each in part.lines if each not in steps), margin)
    only(block, KEYS, margin)
    stray((*block.before, *block.after), margin)
    if not steps:
        margin.fatal("lab.no-act", first, name=title.name)
    actions = ((line.number, _action(line, kinds, margin)) for line in steps)
    return Sample(
        name=title.name,
        line=part.line,
        points=title.points or 0.0,
        actions=tuple((line, action) for line, action in actions if action),
        missed=names_of(block, "missed", margin),
        springs=names_of(block, "springs", margin),
    )


def _action(line: Line, kinds: Kinds, margin: Margin) -> Action | None:
    """The action of a line, or nothing and the reason noted."""
    step = STEP.fullmatch(line.text)
    found = ACT.fullmatch(step["text"]) if step else None
    fields = _fields(found["rest"]) if found else None
    if found is None or fields is None:
        text = line.text.strip()
        margin.fatal("lab.bad-act", line.number, text=text)
        return None
    simulator, name = found["simulator"], found["name"]
    if simulator == LAB:
        return _own(name, fields, line, margin)
    known = ", ".join((*kinds, LAB))
    if simulator not in kinds:
        margin.fatal("lab.unknown-simulator", line.number, name=simulator, known=known)
        return None
    acts = kinds[simulator].acts
    if name not in acts:
        known = ", ".join(acts)
        margin.fatal("lab.unknown-act", line.number, name=name, known=known)
        return None
    return Action(simulator, name, _typed(fields, acts[name], line, margin))


def _own(name: str, fields: Fields, line: Line, margin: Margin) -> Action | None:
    """What the lab itself does: taking back, a hint."""
    wanted = {UNDO: set[str](), HINT: {"goal"}}
    if name not in wanted:
        known = ", ".join(wanted)
        margin.fatal("lab.unknown-act", line.number, name=name, known=known)
        return None
    for field in fields.keys() ^ wanted[name]:
        known = ", ".join(wanted[name])
        margin.fatal("lab.unknown-field", line.number, name=field, known=known)
    return Action(LAB, name, fields)


def _fields(written: str) -> Fields | None:
    """The fields after an act, or nothing when they are not all fields."""
    if FIELD.sub("", written).strip():
        return None
    return {
        found["name"].replace("-", "_"): found["bare"] or found["quoted"]
        for found in FIELD.finditer(written)
    }


def _typed(fields: Fields, act: type[Act], line: Line, margin: Margin) -> Fields:
    """The fields as a form sends them: those that hold several are cut at commas."""
    typed: Fields = {}
    for name, value in fields.items():
        field = act.model_fields.get(name)
        if field is None:
            known = ", ".join(act.model_fields)
            margin.fatal("lab.unknown-field", line.number, name=name, known=known)
        elif get_origin(field.annotation) is tuple:
            typed[name] = [each.strip() for each in value.split(",") if each.strip()]
        else:
            typed[name] = value
    return typed
