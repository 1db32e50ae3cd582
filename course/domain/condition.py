"""Condition: one thing that a goal asks of the world, as its author writes it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache
from math import inf

from course.domain.simulators.base import Fact, Facts, Frozen
from course.domain.text import Text

NAME = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"


class Verb(StrEnum):
    """How a fact is compared; the longest that fits is read."""

    IS_NOT = "is not"
    EXACTLY = "is exactly"
    IS = "is"
    HAS_NO = "has no"
    HAS = "has"
    AT_LEAST = "at least"
    SAYS = "says"
    LIKE = "like"


SHAPE = re.compile(
    rf"(?P<simulator>[a-z]+)\.(?P<fact>{NAME})\s+"
    rf"(?P<verb>{'|'.join(verb.value for verb in Verb)})\s+(?P<values>\S.*)"
)
# `is exactly` with nothing behind is not `is` with the word « exactly ».
TORN = re.compile(
    r"(?:(?:is|is not): (?:not|exactly|at least)|has: (?:no|not|at least))(?:\s|$)"
)
# In quotes, a value may hold anything but a quote.
PIECE = re.compile(r'"[^"]*"|,|[^\s",]+|"')
ALTERNATIVE = "or"
WITH_ALTERNATIVES = frozenset({Verb.IS, Verb.IS_NOT, Verb.HAS_NO, Verb.LIKE})
# What is typed in one way or the other, and means the same.
SAME = str.maketrans(
    {"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "–": "-", "—": "-"}
    | {"\u00ad": None}  # a soft hyphen is seen at the end of a line only
)


class Condition(Frozen):
    """`antivirus.protection is on`: a simulator's fact, a verb, values.

    Shapes of `line`:
    `is a or b` one of these words; `is not a or b` none of these;
    `has a, b` all of these; `has no a, b` none of these;
    `is exactly a, b` these and no other, each missing or extra takes a point off, and
    it does not hold at all without any of them;
    `at least 2` a number, or so many words; `says "a", "b"` one of the texts holds all
    these words, whatever their accents, capitals and language; `like 2026-*_412-80.pdf`
    a pattern that one of the words has.
    """

    simulator: str
    fact: str
    verb: Verb
    values: tuple[Text, ...]

    @classmethod
    def read(cls, line: str, language: str) -> "Condition | None":
        """The condition that a line says, or nothing when it is not one."""
        found = SHAPE.fullmatch(line.strip())
        if not found or TORN.match(f"{found['verb']}: {found['values']}"):
            return None
        verb = Verb(found["verb"])
        values = _values(found["values"], alternatives=verb in WITH_ALTERNATIVES)
        if not values or (verb is Verb.AT_LEAST and not _is_number(values)):
            return None
        return cls(
            simulator=found["simulator"],
            fact=found["fact"],
            verb=verb,
            values=tuple(Text({language: value}) for value in values),
        )

    def off(self, facts: Mapping[str, Facts]) -> float:
        """How many points the world takes off: 0 it holds, infinity it does not.

        `facts`: simulator → its facts; one that lacks does not hold.
        """
        fact = facts.get(self.simulator, {}).get(self.fact)
        return inf if fact is None else OFF[self.verb](fact, self.values)

    def holds(self, facts: Mapping[str, Facts]) -> bool:
        """Whether the world is so."""
        return not self.off(facts)


def _values(words: str, *, alternatives: bool) -> list[str]:
    """The values that are listed; none when one of them is empty or torn."""
    pieces = PIECE.findall(words)
    values = [""]
    for piece in pieces:
        value = values[-1]
        if piece in {",", ALTERNATIVE}:
            values.append("")
        elif piece == '"' or value.startswith('"') or (value and piece[0] == '"'):
            return []
        else:
            values[-1] = f"{value} {piece}".strip()
    plain = [value.strip('"').strip() for value in values]
    readable = all(plain) and (alternatives or ALTERNATIVE not in pieces)
    return plain if readable else []


def _is_number(values: list[str]) -> bool:
    return len(values) == 1 and values[0].isdecimal()


def _words(fact: Fact) -> tuple[str, ...]:
    return fact if isinstance(fact, tuple) else (str(fact),)


@lru_cache(maxsize=256)
def folded(words: str) -> str:
    """The same words without accents, capitals and doubled spaces."""
    bare = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKC", words).casefold()
    )
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(kept.translate(SAME).split())


def _any(fact: Fact, values: Iterable[Text]) -> bool:
    words = _words(fact)
    # Plain loops: this is asked hundreds of times at each action.
    for value in values:
        for word in value.values():
            if word in words:
                return True
    return False


def _all(fact: Fact, values: Iterable[Text]) -> bool:
    words = _words(fact)
    return all(any(word in words for word in value.values()) for value in values)


def _count(fact: Fact, values: tuple[Text, ...]) -> float:
    """How many are missing, and how many are there besides; twice is one extra."""
    left = list(_words(fact))
    missing = 0
    for value in values:
        found = next((word for word in left if word in value.values()), None)
        if found is None:
            missing += 1
        else:
            left.remove(found)
    # Nothing was done of what was asked: doing less wrong is not worth a point.
    return inf if missing == len(values) else missing + len(left)


def _said(text: str, values: tuple[Text, ...]) -> bool:
    plain = folded(text)
    return all(any(folded(word) in plain for word in v.values()) for v in values)


def _like(fact: Fact, values: tuple[Text, ...]) -> bool:
    patterns = [pattern for value in values for pattern in value.values()]
    return any(fnmatchcase(word, each) for word in _words(fact) for each in patterns)


def _at_least(fact: Fact, values: tuple[Text, ...]) -> bool:
    wanted = next(iter(values[0].values()))
    return _number(fact) >= int(wanted)


def _number(fact: Fact) -> int:
    if isinstance(fact, tuple):
        return len(fact)
    if isinstance(fact, int):
        return fact
    # A superscript is a digit, and no number.
    return int(fact) if fact.isdecimal() else 0


Compare = Callable[[Fact, tuple[Text, ...]], bool]


def _or_nothing(holds: Compare) -> Callable[[Fact, tuple[Text, ...]], float]:
    return lambda fact, values: 0 if holds(fact, values) else inf


OFF: Mapping[Verb, Callable[[Fact, tuple[Text, ...]], float]] = {
    Verb.IS: _or_nothing(_any),
    Verb.IS_NOT: _or_nothing(lambda fact, values: not _any(fact, values)),
    Verb.HAS: _or_nothing(_all),
    Verb.HAS_NO: _or_nothing(lambda fact, values: not _any(fact, values)),
    Verb.EXACTLY: _count,
    Verb.AT_LEAST: _or_nothing(_at_least),
    Verb.SAYS: _or_nothing(lambda f, v: any(_said(text, v) for text in _words(f))),
    Verb.LIKE: _or_nothing(_like),
}
