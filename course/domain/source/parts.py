"""Parts: a file cut at its headings, and the named bullets of each part."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from course.domain.issue import Margin
from course.domain.manuscript import Line, fenced

BULLET = re.compile(r"[-*+•–]\s+(?P<text>.*)")
PAIR = re.compile(r"(?P<key>[^:]*?)\s*:\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines and the heading that they stand under."""

    line: int
    words: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A bullet such as `- task: protection`."""

    line: int
    key: str
    value: str


@dataclass(slots=True)
class Block:
    """What stands before the first bullets, these bullets, and what follows."""

    before: list[Line] = field(default_factory=list[Line])
    pairs: list[Pair] = field(default_factory=list[Pair])
    after: list[Line] = field(default_factory=list[Line])

    def of(self, key: str) -> list[Pair]:
        """The bullets of that name."""
        return [pair for pair in self.pairs if pair.key == key]

    def one(self, key: str) -> Pair | None:
        """The first bullet of that name."""
        return next(iter(self.of(key)), None)


def parts_of(
    lines: Iterable[Line], level: int
) -> tuple[tuple[Line, ...], tuple[Part, ...]]:
    """What stands before the first heading of that level, and the parts."""
    given = tuple(lines)
    heading = re.compile(rf"\s{{0,3}}#{{{level}}}(?!#)\s*(?P<words>.*?)[\s#]*")
    hidden = fenced(given, Margin(""))
    before: list[Line] = []
    parts: list[tuple[Line, str, list[Line]]] = []
    for line in given:
        found = None if line.number in hidden else heading.fullmatch(line.text)
        if found:
            parts.append((line, found["words"], []))
        else:
            (parts[-1][2] if parts else before).append(line)
    return tuple(before), tuple(
        Part(line.number, words, tuple(held)) for line, words, held in parts
    )


def block_of(lines: Iterable[Line], margin: Margin) -> Block:
    """The bullets of some lines; one that names nothing is noted.

    An indented line goes on with the bullet above.
    """
    block = Block()
    bullets: list[Line] = []
    for line in lines:
        if block.after or not _bulleted(line, bullets):
            (block.after if bullets else block.before).append(line)
    block.pairs = list(_pairs(bullets, margin))
    block.before = _trimmed(block.before)
    block.after = _trimmed(block.after)
    return block


def _bulleted(line: Line, bullets: list[Line]) -> bool:
    """Whether this line belongs to the bullets, where it is put."""
    found = BULLET.fullmatch(line.text)
    if found:
        bullets.append(Line(line.number, found["text"]))
    elif bullets and line.text.startswith(" "):
        last = bullets[-1]
        bullets[-1] = Line(last.number, f"{last.text} {line.text.strip()}")
    return bool(found) or (bool(bullets) and (line.blank or line.text[0] == " "))


def _pairs(bullets: Iterable[Line], margin: Margin) -> Iterator[Pair]:
    for line in bullets:
        found = PAIR.fullmatch(line.text)
        if found and found["key"]:
            key = found["key"].casefold()
            yield Pair(line.number, key, found["value"].strip())
        else:
            margin.fatal("part.not-a-pair", line.number, text=line.text)


def _trimmed(lines: list[Line]) -> list[Line]:
    """Without the blank lines at the beginning."""
    start = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    return lines[start:]
