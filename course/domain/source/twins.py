"""Twins: the same thing in several languages, compared and made one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from course.domain.issue import Margin
from course.domain.text import Text

# A field that says which answer is right deserves its own words.
CODES = {"right": "twin.right", "group": "twin.right", "value": "twin.value"}


_Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Twin:
    """The file compared and the one it is compared with."""

    margin: Margin
    other: str
    name: str


def merged(first: Mapping[str, Any], second: Mapping[str, Any], twin: Twin) -> Any:
    """Both languages in one; what differs is noted in the second file."""
    return _merged(first, second, twin, (int(second.get("line", 1)), "", 0))


def by_name(
    found: Mapping[str, Mapping[str, Any]],
    margins: Mapping[str, Margin],
    lines: Mapping[str, int],
) -> dict[str, Any]:
    """Named things of each language, made one; what one language lacks is noted.

    `lines`: where a language should have them.
    """
    names = dict.fromkeys(name for own in found.values() for name in own)
    made: dict[str, Any] = {}
    for name in names:
        for language, own in found.items():
            margin = margins[language]
            if name not in own:
                margin.fatal("twin.missing-part", lines[language], name=name)
            elif name in made:
                other = margins[next(iter(found))].path
                made[name] = merged(made[name], own[name], Twin(margin, other, name))
            else:
                made[name] = own[name]
    return made


def bare(value: Any) -> Any:
    """The same fields without the lines they come from."""
    if isinstance(value, list):
        return [bare(item) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: bare(item) for name, item in fields.items() if name != "line"}
    return value


def _merged(one: Any, two: Any, twin: Twin, at: tuple[int, str, int]) -> Any:
    if isinstance(one, Text) and isinstance(two, Text):
        return Text({**one, **two})
    if one is None or two is None:
        return _kept(one, two, twin, at)
    if isinstance(one, dict) and isinstance(two, dict):
        return _fields(cast("_Fields", one), cast("_Fields", two), twin, at)
    if isinstance(one, list) and isinstance(two, list):
        return _lists(cast("list[Any]", one), cast("list[Any]", two), twin, at)
    if one != two:
        _differ(one, two, twin, at)
    return cast("Any", one)


def _kept(one: Any, two: Any, twin: Twin, at: tuple[int, str, int]) -> Any:
    """A text that one language lacks is kept; a key that it lacks is noted."""
    kept = one if two is None else two
    if kept is not None and not isinstance(kept, Text):
        _differ(one, two, twin, at)
    return kept


def _fields(
    one: dict[str, Any], two: dict[str, Any], twin: Twin, at: tuple[int, str, int]
) -> dict[str, Any]:
    line = two.get("line", at[0])
    return {
        name: _merged(value, two.get(name), twin, (line, name, at[2]))
        for name, value in one.items()
        if name != "line"
    }


def _lists(
    one: list[Any], two: list[Any], twin: Twin, at: tuple[int, str, int]
) -> list[Any]:
    if len(one) != len(two):
        twin.margin.fatal(
            "twin.count",
            at[0],
            name=twin.name,
            field=at[1],
            found=len(two),
            wanted=len(one),
            other=twin.other,
        )
        return one
    return [
        _merged(left, right, twin, (at[0], at[1], place))
        for place, (left, right) in enumerate(zip(one, two, strict=True), 1)
    ]


def _differ(one: Any, two: Any, twin: Twin, at: tuple[int, str, int]) -> None:
    line, field, place = at
    twin.margin.fatal(
        CODES.get(field, "twin.differs"),
        line,
        name=twin.name,
        field=field,
        place=place,
        here=_said(two),
        there=_said(one),
        other=twin.other,
    )


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, cast("tuple[Any, ...]", value)))
    if isinstance(value, list):
        return str(len(cast("list[Any]", value)))  # rows
    return "" if value is None else str(value)
