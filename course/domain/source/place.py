"""Place: what a path says about its file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from course.domain.issue import Margin
from course.domain.manuscript import name_like
from course.domain.text import LANGUAGES

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LANGUAGE = "|".join(LANGUAGES)
FOLDER = rf"lessons/(?P<place>[0-9]+)-(?P<module>{KEY})"


class Kind(StrEnum):
    """What a file holds."""

    MODULE = "module"
    LESSON = "lesson"
    LAB = "lab"
    QUIZ = "quiz"
    FACTS = "facts"
    SUMS = "sums"
    TRADES = "trades"
    GLOSSARY = "glossary"
    PICTURE = "picture"


SHAPES = {
    Kind.FACTS: re.compile(r"lessons/facts\.md"),
    Kind.SUMS: re.compile(r"lessons/sums\.md"),
    Kind.TRADES: re.compile(rf"lessons/trades\.(?P<language>{LANGUAGE})\.md"),
    Kind.GLOSSARY: re.compile(rf"lessons/glossary\.(?P<language>{LANGUAGE})\.md"),
    Kind.MODULE: re.compile(rf"{FOLDER}/module\.(?P<language>{LANGUAGE})\.md"),
    Kind.LESSON: re.compile(
        rf"{FOLDER}/(?P<rank>[0-9]+)-(?P<key>{KEY})\.(?P<language>{LANGUAGE})\.md"
    ),
    Kind.LAB: re.compile(
        rf"{FOLDER}/(?P<key>{KEY})\.lab\.(?P<language>{LANGUAGE})\.md"
    ),
    Kind.QUIZ: re.compile(rf"quizzes/(?P<key>{KEY})\.(?P<language>{LANGUAGE})\.md"),
    Kind.PICTURE: re.compile(r"(?:lessons|quizzes)/(?:[^/]+/)?images/.+"),
}
IGNORED = re.compile(r"(?:.*/)?README(?:\..*)?\.md|(?:.*/)?\..*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: what it holds, under which key, in which language."""

    path: str
    kind: Kind
    key: str = ""
    language: str = ""
    module: str = ""
    rank: int = 0


def place_of(path: str, margin: Margin) -> Place | None:
    """What the path says, or nothing and the reason noted."""
    for kind, shape in SHAPES.items():
        found = shape.fullmatch(path)
        if found:
            return _place(path, kind, found.groupdict())
    if not IGNORED.fullmatch(path) and path.startswith(("lessons/", "quizzes/")):
        _blame(path, margin)
    return None


def _place(path: str, kind: Kind, parts: dict[str, str]) -> Place:
    module = parts.get("module", "")
    rank = parts.get("rank", parts.get("place", "0"))
    return Place(
        path=path,
        kind=kind,
        key=parts.get("key", module or kind),
        language=parts.get("language", ""),
        module=module,
        rank=int(rank[:6]),
    )


def _blame(path: str, margin: Margin) -> None:
    """Say what is wrong with a path: its ending, its language or its letters."""
    folders = PurePosixPath(path).parts[1:-1]
    name = PurePosixPath(path).name
    stem, _, ending = name.partition(".")
    if not name.endswith(".md"):
        margin.warn("file.unexpected", 1)
    elif ending == "md":
        margin.fatal("file.no-language", 1, nearest=f"{stem}.fr.md")
    elif ending.split(".")[-2] not in LANGUAGES:
        margin.fatal("file.unknown-language", 1, language=ending.split(".")[-2])
    else:
        _blame_names([*folders, stem], margin)


def _blame_names(names: list[str], margin: Margin) -> None:
    for name in names:
        if name_like(name) != name:
            margin.fatal("file.bad-name", 1, name=name, nearest=name_like(name))
            return
    unnumbered = [name for name in names if not re.match(r"[0-9]+-", name)]
    if unnumbered:
        margin.fatal("file.no-number", 1, name=unnumbered[0])
    else:
        margin.fatal("file.unexpected-place", 1)


def grouped(places: Iterable[Place], kind: Kind) -> dict[str, dict[str, Place]]:
    """The files of a kind, by key then by language, the main language first."""
    groups: dict[str, dict[str, Place]] = {}
    chosen = (place for place in places if place.kind is kind)
    order = {language: at for at, language in enumerate(LANGUAGES)}
    by_rank = sorted(
        chosen, key=lambda each: (each.rank, each.key, order.get(each.language, 0))
    )
    for place in by_rank:
        groups.setdefault(place.key, {}).setdefault(place.language, place)
    return groups
