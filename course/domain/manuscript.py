"""Manuscript: a file of an author, as numbered lines, a header and a title."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from course.domain.issue import Margin

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RULE = re.compile(r"\s*-{3,}\s*")
TITLE = re.compile(r"\s{0,3}#(?!#)\s*(?P<title>.*?)[\s#]*")
PAIR = re.compile(r"\s*(?P<key>[^:]*?)\s*:(?P<value>.*)")
FENCE = re.compile(r"\s{0,3}(?P<fence>`{3,}|~{3,})")
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\x00"))
BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# Word processors put no-break spaces where Markdown wants plain ones.
MARKER = re.compile(r"^([ ]*(?:#+|>|\||[-*+]|\d+[.)]))[\u00a0\u202f]+")
PLAIN = str.maketrans("àâäáãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its number in the file."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read on it."""
        return not self.text.strip()


def clean(source: str) -> str:
    """The same words without what editors hide in files: marks, odd line ends."""
    source = source.encode("utf-8", "replace").decode().translate(INVISIBLE)
    return BREAKS.sub(" ", source.replace("\r\n", "\n").replace("\r", "\n"))


def _tidy(text: str) -> str:
    body = text.lstrip()
    margin = re.sub(r"[^ \t]", " ", text[: len(text) - len(body)])
    return MARKER.sub(r"\1 ", margin.expandtabs(4) + body).rstrip()


def lines_of(source: str) -> tuple[Line, ...]:
    """The lines of a file, numbered from one, their indents made of spaces."""
    texts = clean(source).split("\n")
    return tuple(Line(number, _tidy(text)) for number, text in enumerate(texts, 1))


def name_like(words: str) -> str:
    """The nearest name to some words: plain letters, digits and hyphens."""
    plain = words.casefold().replace("œ", "oe").replace("æ", "ae").translate(PLAIN)
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def is_name(words: str) -> bool:
    """Whether these words may name something for ever."""
    return NAME.fullmatch(words) is not None


def fenced(lines: Iterable[Line], margin: Margin) -> frozenset[int]:
    """The numbers of the lines shown as they are, between two fences."""
    inside: set[int] = set()
    opened: Line | None = None
    fence = ""
    for line in lines:
        found = FENCE.match(line.text)
        if opened or found:
            inside.add(line.number)
        if found and not opened:
            opened, fence = line, found["fence"]
        elif found and found["fence"].startswith(fence):
            opened = None
    if opened:
        margin.fatal("fence.unclosed", opened.number)
    return frozenset(inside)


def joined(lines: Iterable[Line]) -> str:
    """The lines as one text, blank ones at both ends left out."""
    return "\n".join(line.text for line in lines).strip("\n")


@dataclass(frozen=True, slots=True)
class Header:
    """The names, numbers and lists between the two rules that begin a file."""

    margin: Margin
    pairs: Mapping[str, str] = field(default_factory=dict[str, str])
    lines: Mapping[str, int] = field(default_factory=dict[str, int])

    def line(self, key: str) -> int:
        """The line of that key, or the first of the file."""
        return self.lines.get(key, 1)

    def allow(self, keys: Iterable[str], *, required: Iterable[str] = ()) -> None:
        """Note the keys that mean nothing here and those that lack."""
        allowed = tuple(keys)
        for key in self.pairs:
            if key not in allowed:
                known = ", ".join(allowed)
                self.margin.fatal(
                    "header.unknown-key", self.line(key), key=key, known=known
                )
        for key in required:
            if key not in self.pairs:
                self.margin.fatal("header.missing-key", 1, key=key)

    def _bad(self, key: str, wanted: str) -> None:
        self.margin.fatal(
            "header.bad-value",
            self.line(key),
            key=key,
            value=self.pairs[key],
            wanted=wanted,
        )

    def number(self, key: str, low: int = 0, high: int = 999) -> int | None:
        """The whole number under that key."""
        value = self.pairs.get(key)
        if value is None:
            return None
        digits = value.removesuffix("%").strip()
        if re.fullmatch(r"[0-9]{1,3}", digits) and low <= int(digits) <= high:
            return int(digits)
        self._bad(key, f"{low}-{high}")
        return None

    def name(self, key: str) -> str | None:
        """The name under that key."""
        value = self.pairs.get(key)
        if value is None or is_name(value):
            return value
        if "," in value:
            self.margin.fatal("header.one-name", self.line(key), key=key, value=value)
        else:
            self._bad(key, name_like(value) or "name")
        return None

    def names(self, key: str, pattern: str = NAME.pattern) -> tuple[str, ...]:
        """The list under that key."""
        written = self.pairs.get(key, "").split(",")
        values = tuple(value.strip() for value in written if value.strip())
        if all(re.fullmatch(pattern, value) for value in values):
            return values
        self._bad(key, "a, b, c")
        return ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file of an author, its header and its title taken off."""

    path: str
    language: str
    margin: Margin
    header: Header
    title: str
    title_line: int
    lines: tuple[Line, ...]


def _pairs(lines: Iterable[Line], margin: Margin) -> Header:
    pairs: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for line in lines:
        found = PAIR.fullmatch(line.text)
        if line.blank or line.text.lstrip().startswith("#"):
            continue
        if not found or not found["key"]:
            margin.fatal("header.not-a-pair", line.number, text=line.text.strip())
            continue
        key = found["key"].casefold()
        if key in pairs:
            margin.fatal("header.duplicate-key", line.number, key=key)
            continue
        pairs[key] = found["value"].strip().strip("\"'“”«»").strip()
        numbers[key] = line.number
    return Header(margin, pairs, numbers)


def _header(lines: tuple[Line, ...], margin: Margin) -> tuple[Header, tuple[Line, ...]]:
    start = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    rules = [at for at, line in enumerate(lines) if RULE.fullmatch(line.text)]
    if start not in rules:
        margin.fatal("header.missing", 1)
        return Header(margin), lines
    end = next((at for at in rules if at > start), None)
    if end is None:
        margin.fatal("header.unclosed", lines[start].number)
        return Header(margin), lines[start + 1 :]
    return _pairs(lines[start + 1 : end], margin), lines[end + 1 :]


def _titles(lines: Iterable[Line], hidden: frozenset[int]) -> Iterator[Line]:
    for line in lines:
        if line.number not in hidden and TITLE.fullmatch(line.text):
            yield line


def manuscript(
    path: str, language: str, lines: tuple[Line, ...], margin: Margin
) -> Manuscript:
    """Take the header and the title off a file, noting what is wrong with them."""
    header, body = _header(lines, margin)
    titles = list(_titles(body, fenced(body, margin)))
    for line in titles[1:]:
        margin.fatal("title.second", line.number, first=titles[0].number)
    found = TITLE.fullmatch(titles[0].text) if titles else None
    title = found["title"] if found else ""
    number = titles[0].number if titles else body[0].number if body else 1
    if not title:
        margin.fatal("title.missing", number)
    taken = {line.number for line in titles}
    rest = tuple(line for line in body if line.number not in taken)
    return Manuscript(path, language, margin, header, title, number, rest)
