"""Refusals: why an act of a recorded run is not done, as precisely as can be."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin

from course.domain.lab import LAB, Action, Lab
from course.domain.simulators.base import Frozen, RefusedError

# Refused because of a short name that nothing bears, or bears any more.
STRANGE = frozenset(
    {"act.unreadable", "explorer.gone", "explorer.no-folder"}
    | {f"mailbox.no-{it}" for it in ("contact", "draft", "file", "message", "phrase")}
)
# What is typed is no short name; what was made while working bears one of its own.
TYPED = ("name", "subject", "body")
MADE = re.compile(r"(?:made|letter)-[0-9]+|top")


class Fault(NamedTuple):
    """What a run showed, on which line."""

    code: str
    line: int
    values: tuple[tuple[str, str | int], ...] = ()


def fault(code: str, line: int, **values: str | int) -> Fault:
    """A fault and the values of its sentence."""
    return Fault(code, line, tuple(values.items()))


def refused(lab: Lab, line: int, action: Action, error: RefusedError) -> Fault:
    """The fault of an act that its simulator does not do."""
    act = f"{action.simulator} {action.name}"
    if error.code in STRANGE and action.simulator != LAB:
        field = str(error.values.get("field", ""))
        wanted = _choices(lab, action, field)
        if wanted:
            return fault("lab.bad-choice", line, field=field, wanted=wanted)
        known = _rows(lab, action.simulator)
        for name in _named(action):
            if name not in known:
                said = ", ".join(known)
                return fault("lab.unknown-row", line, act=act, name=name, known=said)
    return fault("lab.refused", line, act=act, reason=error.code, **error.values)


def _choices(lab: Lab, action: Action, field: str) -> str:
    """The words that a field of this act takes; nothing when it takes any."""
    known = lab.simulator(action.simulator).acts[action.name].model_fields.get(field)
    if known is None or get_origin(known.annotation) is not Literal:
        return ""
    return ", ".join(get_args(known.annotation))


def _named(action: Action) -> Iterator[str]:
    """The short names among the fields of an act."""
    for field, value in action.fields.items():
        names = value if isinstance(value, list) else [value]
        for name in map(str, names if field not in TYPED else ()):
            if not MADE.fullmatch(name):
                yield name


def _rows(lab: Lab, kind: str) -> list[str]:
    """The short names of the rows of a simulator, and of those that it needs."""
    kinds = {kind, *lab.simulator(kind).needs}
    tables: list[tuple[Any, ...]] = [
        rows
        for simulator in lab.desk
        if simulator.kind in kinds
        for _name, rows in simulator
        if isinstance(rows, tuple)
    ]
    return [
        str(vars(row)["id"])
        for rows in tables
        for row in rows
        if isinstance(row, Frozen)
    ]
