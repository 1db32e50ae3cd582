"""Goals of a lab and the consequences of its wrong turns, as they are written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from course.domain.condition import Condition, Verb
from course.domain.issue import Margin
from course.domain.lab import Consequence, Goal, Task
from course.domain.manuscript import Line, Manuscript, is_name, joined, name_like
from course.domain.source.book import Book
from course.domain.source.parts import Block, Pair, Part, block_of, parts_of
from course.domain.source.prose import check_prose
from course.domain.source.questions import BRACES
from course.domain.source.twins import bare
from course.domain.text import LANGUAGES, Text

GOAL_KEYS = ("when", "needs", "task", "done", "missed", "hint", "see")
TURN_KEYS = ("when", "spoils")
OFTEN = ("when", "hint")
POINTS = re.compile(r"\(\s*(?P<points>[^()]*?)\s*\)")
NUMBER = re.compile(
    r"(?P<value>[0-9]{1,3}(?:[.,][0-9]{1,2})?)(?:\s*(?:pts?|points?)\.?)?"
)
SEE = re.compile(r"\[(?P<label>[^\[\]]+)\]\(\s*lesson:(?P<see>[^()\s]+)\s*\)[\s.]*")
# What people type or name: these values are words, and differ with the language.
WORDED = (Verb.SAYS, Verb.LIKE)

Fields = dict[str, Any]
Parts = Mapping[str, Part]


class Title(NamedTuple):
    """What a heading such as `### protection (2) {required}` says."""

    name: str
    points: float | None
    required: bool


def title_of(part: Part, margin: Margin) -> Title:
    """Read the heading of a goal or of a run, noting what cannot be understood."""
    marks = [mark for found in BRACES.findall(part.words) for mark in found.split()]
    for mark in marks:
        if mark.casefold() != "required":
            margin.fatal("lab.unknown-mark", part.line, mark=mark)
    words = BRACES.sub("", part.words)
    found = POINTS.search(words)
    written = NUMBER.fullmatch(found["points"]) if found else None
    if found and not written:
        margin.fatal("question.bad-points", part.line, value=found["points"])
    name = name_of(POINTS.sub("", words).strip(), part.line, margin)
    points = float(written["value"].replace(",", ".")) if written else None
    return Title(name, points, bool(marks))


def name_of(words: str, line: int, margin: Margin) -> str:
    """A name of the author's, noted when it may not be one."""
    if not is_name(words):
        nearest = name_like(words)
        margin.fatal("lab.bad-name", line, name=words, nearest=nearest)
    return words


def stray(lines: Iterable[Line], margin: Margin) -> None:
    """Note the first line that has no place here."""
    lost = next((line for line in lines if not line.blank), None)
    if lost:
        margin.fatal("lab.stray-line", lost.number, text=lost.text.strip())


def only(block: Block, known: Sequence[str], margin: Margin) -> None:
    """Note the bullets that mean nothing here, and those written twice."""
    seen: set[str] = set()
    for pair in block.pairs:
        if pair.key not in known:
            said = ", ".join(known)
            margin.fatal("lab.unknown-key", pair.line, key=pair.key, known=said)
        elif pair.key in seen and pair.key not in OFTEN:
            margin.fatal("lab.second-key", pair.line, key=pair.key)
        elif not pair.value:
            margin.fatal("lab.empty-key", pair.line, key=pair.key)
        seen.add(pair.key)


def names_of(block: Block, key: str, margin: Margin) -> tuple[str, ...]:
    """The names after a bullet, separated by commas."""
    pair = block.one(key)
    written = pair.value.split(",") if pair else []
    names = tuple(name.strip() for name in written if name.strip())
    return tuple(name_of(name, pair.line, margin) for name in names if pair)


class Reader:
    """Reads the tasks, goals and consequences of one file."""

    def __init__(self, book: Book, manuscript: Manuscript, parts: Parts) -> None:
        self.book = book
        self.language = manuscript.language
        self.margin = manuscript.margin
        self.parts = parts

    def tasks(self) -> dict[str, Fields]:
        """The lines of the mission, by name."""
        part = self.parts.get("tasks")
        block = block_of(part.lines, self.margin) if part else Block()
        stray((*block.before, *block.after), self.margin)
        found: dict[str, Fields] = {}
        for pair in block.pairs:
            name_of(pair.key, pair.line, self.margin)
            if pair.key in found:
                self.margin.fatal("lab.second-key", pair.line, key=pair.key)
            text = self._said(pair)
            found[pair.key] = {"line": pair.line, "name": pair.key, "text": text}
            self._keep(f"tasks/{pair.key}", pair.line)
        if part and not found:
            self.margin.fatal("lab.empty-section", part.line, name="tasks")
        return found

    def goals(self) -> dict[str, Fields]:
        """The goals by name."""
        found = dict(self._named("goals", self._goal))
        if "goals" in self.parts and not found:
            line = self.parts["goals"].line
            self.margin.fatal("lab.empty-section", line, name="goals")
        return found

    def turns(self) -> dict[str, Fields]:
        """The consequences by name."""
        return dict(self._named("consequences", self._turn))

    def _named(self, section: str, read: Any) -> dict[str, Fields]:
        part = self.parts.get(section)
        before, parts = parts_of(part.lines if part else (), 3)
        stray(before, self.margin)
        found: dict[str, Fields] = {}
        for each in parts:
            title = title_of(each, self.margin)
            if title.name in found:
                first = found[title.name]["line"]
                self.margin.fatal(
                    "lab.second-name", each.line, name=title.name, first=first
                )
            self._keep(f"{section}/{title.name}", each.line)
            found[title.name] = {
                "line": each.line,
                "name": title.name,
                **read(title, block_of(each.lines, self.margin), each),
            }
        return found

    def _goal(self, title: Title, block: Block, part: Part) -> Fields:
        only(block, GOAL_KEYS, self.margin)
        stray(block.after, self.margin)
        text = joined(block.before)
        if not text:
            self.margin.fatal("lab.no-sentence", part.line, name=title.name)
        if title.points is None:
            self.margin.fatal("lab.no-points", part.line, name=title.name)
        self._prose(block.before)
        self._kind(title, block, part)
        return {
            "text": self._text(text),
            "points": title.points or 0.0,
            "required": title.required,
            "when": self._when("goals", title.name, block, part),
            "needs": names_of(block, "needs", self.margin),
            "task": pair.value if (pair := block.one("task")) else None,
            "done": self._optional(block.one("done")),
            "missed": self._optional(block.one("missed")),
            "hints": [self._said(pair) for pair in block.of("hint")],
            **self._see(block.one("see")),
        }

    def _kind(self, title: Title, block: Block, part: Part) -> None:
        """A goal that is missed teaches something, and nobody stays stuck."""
        if not block.of("missed"):
            self.margin.warn("lab.no-reflex", part.line, name=title.name)
        if not block.of("see"):
            self.margin.warn("lab.no-see", part.line, name=title.name)
        if title.points and not block.of("hint"):
            self.margin.warn("lab.no-hint", part.line, name=title.name)

    def _turn(self, title: Title, block: Block, part: Part) -> Fields:
        only(block, TURN_KEYS, self.margin)
        between, stories = parts_of(block.after, 4)
        stray((*block.before, *between), self.margin)
        first = stories[0] if stories else None
        story = first.lines if first else ()
        if not first or not joined(story):
            self.margin.fatal("lab.no-consequence", part.line, name=title.name)
        self._prose(story)
        return {
            "title": self._text(first.words if first else ""),
            "story": self._text(joined(story)),
            "when": self._when("consequences", title.name, block, part),
            "spoils": names_of(block, "spoils", self.margin),
        }

    def _when(self, section: str, name: str, block: Block, part: Part) -> list[Fields]:
        found: list[Fields] = []
        for place, pair in enumerate(block.of("when")):
            self._keep(f"{section}/{name}/{place}", pair.line)
            condition = Condition.read(pair.value, self.language)
            if condition:
                found.append({"line": pair.line, **self._compared(condition)})
            elif pair.value:
                self.margin.fatal("lab.bad-condition", pair.line, text=pair.value)
        if not block.of("when"):
            self.margin.fatal("lab.no-condition", part.line, name=name)
        return found

    @staticmethod
    def _compared(condition: Condition) -> Fields:
        """The fields of a condition; only words may differ with the language."""
        values = list(condition.values)
        worded = condition.verb in WORDED
        return {
            "simulator": condition.simulator,
            "fact": condition.fact,
            "verb": condition.verb.value,
            "values": values
            if worded
            else tuple(next(iter(value.values())) for value in values),
        }

    def _see(self, pair: Pair | None) -> Fields:
        found = SEE.fullmatch(pair.value) if pair else None
        if pair and pair.value and not found:
            self.margin.fatal("lab.bad-see", pair.line, text=pair.value)
        if pair and found:
            self._prose([Line(pair.line, pair.value)])
        return {
            "see": found["see"] if found else None,
            "see_label": self._text(found["label"]) if found else None,
        }

    def _text(self, words: str) -> Text:
        return Text({self.language: words})

    def _said(self, pair: Pair) -> Text:
        self._prose([Line(pair.line, pair.value)])
        return self._text(pair.value)

    def _optional(self, pair: Pair | None) -> Text | None:
        return self._said(pair) if pair else None

    def _prose(self, lines: Iterable[Line]) -> None:
        if not self.book.published:
            words = self.book.trade_words
            found = check_prose(tuple(lines), self.language, words, self.margin)
            self.book.links.extend(found)

    def _keep(self, what: str, line: int) -> None:
        """Remember where it is written in the file that is played."""
        self.book.lines.setdefault(what, line)


def task(fields: Fields) -> Task:
    """The task that was written, alike in each language."""
    return Task.model_validate(bare(fields))


def goal(fields: Fields) -> Goal:
    """The goal that was written, alike in each language."""
    return Goal.model_validate(_conditioned(fields))


def consequence(fields: Fields) -> Consequence:
    """The consequence that was written, alike in each language."""
    return Consequence.model_validate(_conditioned(fields))


def _conditioned(fields: Fields) -> Fields:
    plain = bare(fields)
    when = [
        {**each, "values": tuple(map(_worded, each["values"]))}
        for each in plain["when"]
    ]
    return {**plain, "when": tuple(when)}


def _worded(value: Text | str) -> Text:
    """A name is the same in every language: one is enough."""
    return value if isinstance(value, Text) else Text({LANGUAGES[0]: value})
