"""Quotes: the facts, sums and trade words that texts borrow from the tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course.domain.profile import Trade
from course.domain.text import Text

QUOTE = re.compile(r"\{\{(?P<inside>[^{}]*)\}\}")
TORN = re.compile(r"\{\{[^{}]{0,30}|\{\s*(?:fact|sum|trade)\s*\.[^{}]{0,30}\}?|\}\}")
PARTS = re.compile(r"\s*(?P<table>fact|sum|trade)\s*\.\s*(?P<name>[\w-]+)\s*")

TradeWords = Mapping[str, Mapping[Trade, Text]]


@dataclass(frozen=True, slots=True)
class Quote:
    """A word between double braces; without a table when it cannot be read."""

    written: str
    table: str
    name: str


def torn_in(text: str) -> str:
    """The first brace of a quote that is not opened and closed by two of them."""
    found = TORN.search(QUOTE.sub("", text))
    return found[0] if found else ""


def _quote(found: re.Match[str]) -> Quote:
    parts = PARTS.fullmatch(found["inside"])
    table, name = (parts["table"], parts["name"].lower()) if parts else ("", "")
    return Quote(found[0], table, name)


def quotes_in(text: str) -> Iterator[Quote]:
    """What a text borrows, in order."""
    return map(_quote, QUOTE.finditer(text))


def fill(text: str, table: str, words: Mapping[str, str]) -> str:
    """The text with the words of one table put in; unknown ones stay as written."""

    def word(found: re.Match[str]) -> str:
        quote = _quote(found)
        return words.get(quote.name, found[0]) if quote.table == table else found[0]

    return QUOTE.sub(word, text)


def fill_trade(text: str, language: str, words: TradeWords, trade: Trade | None) -> str:
    """The text in the words of a trade; those of anybody when it is unknown."""
    if "{{" not in text:
        return text
    chosen = trade or Trade.OTHER
    said = {name: by[chosen].say(language) for name, by in words.items()}
    return fill(text, "trade", said)


def fill_longest(text: str, language: str, words: TradeWords) -> str:
    """The text in the words of the most talkative trade, to measure it."""
    said = {
        name: max((word.say(language) for word in by.values()), key=len)
        for name, by in words.items()
    }
    return fill(text, "trade", said)
