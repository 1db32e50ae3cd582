"""The tables of the course: facts, trade words, glossary."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from course.domain.fact import Fact, Trust
from course.domain.glossary import Term
from course.domain.issue import Margin
from course.domain.manuscript import Line, lines_of
from course.domain.profile import Trade
from course.domain.quote import TradeWords, quotes_in, torn_in
from course.domain.sheet import Shape, look
from course.domain.source.place import Kind, Place, grouped
from course.domain.source.prose import Link, check_prose
from course.domain.table import Row, rows_of
from course.domain.text import LANGUAGES, Text

FACT_COLUMNS = ("name", *LANGUAGES, "code", "source", "review")
TRADE_COLUMNS = ("word", *(trade.value for trade in Trade))
TERM_COLUMNS = ("name", "term", "meaning")
TERM_LINK = re.compile(r"\]\(\s*term:(?P<name>[^)\s]+)")

Margins = Mapping[str, Margin]
Rows = dict[str, dict[str, Row]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What every file may quote, and the table rows that say it."""

    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])
    trades: TradeWords = field(default_factory=dict[str, Mapping[Trade, Text]])
    glossary: Mapping[str, Term] = field(default_factory=dict[str, Term])
    links: tuple[Link, ...] = ()

    def filled(
        self, lines: Iterable[Line], language: str, margin: Margin
    ) -> tuple[Line, ...]:
        """The lines with their facts put in; what cannot be quoted is noted."""
        return tuple(self._fill(line, language, margin) for line in lines)

    def _fill(self, line: Line, language: str, margin: Margin) -> Line:
        text = line.text
        torn = torn_in(text)
        if torn:
            margin.fatal("quote.unreadable", line.number, quote=torn)
        for quote in quotes_in(line.text):
            if not quote.table:
                margin.fatal("quote.unreadable", line.number, quote=quote.written)
            elif quote.table == "trade" and quote.name not in self.trades:
                margin.fatal("quote.unknown-trade-word", line.number, name=quote.name)
            elif quote.table == "fact" and quote.name not in self.facts:
                margin.fatal("quote.unknown-fact", line.number, name=quote.name)
            elif quote.table == "fact":
                fact = self.facts[quote.name]
                _trust(line, fact, margin)
                said = fact.value.say(language)
                bar = line.text.lstrip().startswith("|")
                said = said.replace("|", r"\|") if bar else said
                text = text.replace(quote.written, said)
        return Line(line.number, text)

    def words_in(self, sources: Iterable[str]) -> TradeWords:
        """The trade words that some files quote."""
        names = {
            quote.name
            for source in sources
            for quote in quotes_in(source)
            if quote.table == "trade"
        }
        return {name: by for name, by in self.trades.items() if name in names}

    def terms_in(self, sources: Iterable[str]) -> tuple[Term, ...]:
        """The terms that some files link to."""
        names = {
            found["name"] for source in sources for found in TERM_LINK.finditer(source)
        }
        return tuple(term for term in self.glossary.values() if term.name in names)


def _trust(line: Line, fact: Fact, margin: Margin) -> None:
    answer = look(line.text, (Shape.EQUALS,))
    if answer and fact.code is not Trust.VERIFIED:
        margin.fatal("fact.not-sure", line.number, name=fact.name, code=fact.code)
    elif fact.code is Trust.PROJECT:
        margin.warn("fact.project", line.number, name=fact.name)


@dataclass(frozen=True, slots=True)
class _Read:
    """Files and the margins where they are annotated."""

    files: Mapping[str, str]
    margins: Margins


def read_tables(
    places: Sequence[Place], files: Mapping[str, str], margins: Margins, today: date
) -> Tables:
    """The tables of the course; a row that cannot be understood is left out."""
    by_kind = {
        kind: [
            place
            for by_language in grouped(places, kind).values()
            for place in by_language.values()
        ]
        for kind in (Kind.FACTS, Kind.TRADES, Kind.GLOSSARY)
    }
    facts: dict[str, Fact] = {}
    for place in by_kind[Kind.FACTS]:
        facts |= _facts(files[place.path], margins[place.path], today)
    known = Tables(facts=facts)
    read = _Read(files, margins)
    trades = _rows(by_kind[Kind.TRADES], TRADE_COLUMNS, read, known)
    terms = _rows(by_kind[Kind.GLOSSARY], TERM_COLUMNS, read, known)
    return Tables(
        facts=facts,
        trades={
            word: {trade: _cell(by, trade.value) for trade in Trade}
            for word, by in trades.items()
        },
        glossary={
            name: Term(name, _cell(by, "term"), _cell(by, "meaning"))
            for name, by in terms.items()
        },
        links=tuple(_links(terms, by_kind[Kind.GLOSSARY], read)),
    )


def _links(terms: Rows, places: Iterable[Place], read: _Read) -> Iterable[Link]:
    """Check the words of the definitions; the links that they hold."""
    for place in places:
        margin = read.margins[place.path]
        for by_language in terms.values():
            row = by_language.get(place.language)
            if row:
                line = Line(row.line, row.cells["meaning"])
                yield from check_prose((line,), place.language, {}, margin)


def _cell(by_language: Mapping[str, Row], column: str) -> Text:
    return Text({said: row.cells[column] for said, row in by_language.items()})


def _facts(source: str, margin: Margin, today: date) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for row in rows_of(lines_of(source), FACT_COLUMNS, margin):
        fact = _fact(row, margin)
        if fact:
            facts[fact.name] = fact
        if fact and fact.expired(today):
            margin.warn(
                "fact.expired", row.line, name=fact.name, review=fact.review.isoformat()
            )
    return facts


def _fact(row: Row, margin: Margin) -> Fact | None:
    cells = row.cells
    code = next((code for code in Trust if code == cells["code"].strip("[]")), None)
    if code is None:
        known = ", ".join(Trust)
        margin.fatal("fact.bad-code", row.line, value=cells["code"], known=known)
    try:
        review = date.fromisoformat(cells["review"])
    except ValueError:
        margin.fatal("fact.bad-date", row.line, value=cells["review"])
        return None
    value = Text({language: cells[language] for language in LANGUAGES})
    return Fact(cells["name"], value, code, cells["source"], review) if code else None


def _rows(
    places: Iterable[Place], columns: tuple[str, ...], read: _Read, known: Tables
) -> Rows:
    """The rows of a table that has one file per language, by name."""
    found: Rows = {}
    margins: dict[str, Margin] = {}
    for place in places:
        margin = margins[place.language] = read.margins[place.path]
        source = read.files[place.path]
        lines = known.filled(lines_of(source), place.language, margin)
        for row in rows_of(lines, columns, margin):
            found.setdefault(row.cells[columns[0]], {})[place.language] = row
    for name, by_language in found.items():
        for language in margins.keys() - by_language.keys():
            margins[language].warn("table.missing-row", 1, name=name)
    return found


def reduced(source: str, columns: tuple[str, ...], names: Iterable[str]) -> str:
    """A table with only the rows of these names; empty without any."""
    wanted = set(names)
    rows = [
        [row.cells[column].replace("|", r"\|") for column in columns]
        for row in rows_of(lines_of(source), columns, Margin(""))
        if row.cells[columns[0]] in wanted
    ]
    table = [columns, ["---"] * len(columns), *rows] if rows else []
    return "".join(f"| {' | '.join(cells)} |\n" for cells in table)
