"""The tables of the course: facts, sums, trade words, glossary."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from course.domain.fact import Fact, Trust
from course.domain.glossary import Term
from course.domain.issue import Margin
from course.domain.manuscript import Line, lines_of
from course.domain.profile import Trade
from course.domain.quote import Quote, TradeWords, fill_trade, quotes_in, torn_in
from course.domain.sheet import Shape, look
from course.domain.source.place import Kind, Place, grouped
from course.domain.source.prose import Link, check_prose
from course.domain.sum import Sum, say, worked_out
from course.domain.table import Row, rows_of
from course.domain.text import LANGUAGES, Text

FACT_COLUMNS = ("name", *LANGUAGES, "code", "source", "review")
SUM_COLUMNS = ("name", "formula")
TRADE_COLUMNS = ("word", *(trade.value for trade in Trade))
TERM_COLUMNS = ("name", "term", "meaning")
TERM_LINK = re.compile(r"\]\(\s*term:(?P<name>[^)\s]+)")

Margins = Mapping[str, Margin]
Rows = dict[str, dict[str, Row]]


@dataclass(frozen=True, slots=True)
class Tables:
    """What every file may quote, and the table rows that say it."""

    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])
    sums: Mapping[str, Sum] = field(default_factory=dict[str, Sum])
    trades: TradeWords = field(default_factory=dict[str, Mapping[Trade, Text]])
    glossary: Mapping[str, Term] = field(default_factory=dict[str, Term])
    links: tuple[Link, ...] = ()

    def filled(
        self, lines: Iterable[Line], language: str, margin: Margin
    ) -> tuple[Line, ...]:
        """The lines with their facts and sums put in; what is wrong is noted.

        A sum that changes with the trade becomes a word of it.
        """
        return tuple(self._fill(line, language, margin) for line in lines)

    def _fill(self, line: Line, language: str, margin: Margin) -> Line:
        text = line.text
        torn = torn_in(text)
        if torn:
            margin.fatal("quote.unreadable", line.number, quote=torn)
        for quote in quotes_in(line.text):
            said = self._said(quote, line, language, margin)
            if said is not None:
                text = text.replace(quote.written, said)
        return Line(line.number, text)

    def _said(
        self, quote: Quote, line: Line, language: str, margin: Margin
    ) -> str | None:
        """What a quote says here; nothing when it is not put in, or not now."""
        match quote.table:
            case "fact":
                return self._fact(quote.name, line, language, margin)
            case "sum":
                return self._sum(quote.name, line, language, margin)
            case "trade":
                if quote.name not in self.trades:
                    margin.fatal(
                        "quote.unknown-trade-word", line.number, name=quote.name
                    )
            case _:
                margin.fatal("quote.unreadable", line.number, quote=quote.written)
        return None

    def _fact(self, name: str, line: Line, language: str, margin: Margin) -> str | None:
        fact = self.facts.get(name)
        if fact is None:
            margin.fatal("quote.unknown-fact", line.number, name=name)
            return None
        _trust(line, fact, margin)
        said = fact.value.say(language)
        # A bar is a bar, not the end of a cell.
        return said.replace("|", r"\|") if line.text.lstrip()[:1] == "|" else said

    def _sum(self, name: str, line: Line, language: str, margin: Margin) -> str | None:
        found = self.sums.get(name)
        if found is None:
            margin.fatal("quote.unknown-sum", line.number, name=name)
            return None
        for fact in found.facts:
            _trust(line, fact, margin)
        if found.by_trade:
            return f"{{{{ trade.{_word_of(found)} }}}}"
        return found.words[Trade.OTHER].say(language)

    def words_in(self, sources: Iterable[str]) -> TradeWords:
        """The trade words that some files quote, sums of the trades among them."""
        quotes = [quote for source in sources for quote in quotes_in(source)]
        names = {quote.name for quote in quotes if quote.table == "trade"}
        sums = {quote.name for quote in quotes if quote.table == "sum"}
        return {
            **{name: by for name, by in self.trades.items() if name in names},
            **{
                _word_of(each): each.words
                for each in self.sums.values()
                if each.by_trade and each.name in sums
            },
        }

    def terms_in(self, sources: Iterable[str]) -> tuple[Term, ...]:
        """The terms that some files link to."""
        names = {
            found["name"] for source in sources for found in TERM_LINK.finditer(source)
        }
        return tuple(term for term in self.glossary.values() if term.name in names)


def _word_of(found: Sum) -> str:
    """The trade word that stands for a sum."""
    return f"sum-{found.name}"


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
        for kind in (Kind.FACTS, Kind.SUMS, Kind.TRADES, Kind.GLOSSARY)
    }
    facts: dict[str, Fact] = {}
    for place in by_kind[Kind.FACTS]:
        facts |= _facts(files[place.path], margins[place.path], today)
    known = Tables(facts=facts)
    read = _Read(files, margins)
    rows = _rows(by_kind[Kind.TRADES], TRADE_COLUMNS, read, known)
    trades = {
        word: {trade: _cell(by, trade.value) for trade in Trade}
        for word, by in rows.items()
    }
    sums: dict[str, Sum] = {}
    quoted = Tables(facts=facts, trades=trades)
    for place in by_kind[Kind.SUMS]:
        sums |= _sums(files[place.path], margins[place.path], quoted)
    terms = _rows(by_kind[Kind.GLOSSARY], TERM_COLUMNS, read, known)
    return Tables(
        facts=facts,
        sums=sums,
        trades=trades,
        glossary={
            name: Term(name, _cell(by, "term"), _cell(by, "meaning"))
            for name, by in terms.items()
        },
        links=tuple(_links(terms, by_kind[Kind.GLOSSARY], read)),
    )


def _sums(source: str, margin: Margin, known: Tables) -> dict[str, Sum]:
    """The sums that can be worked out, with the figures of every trade."""
    rows = rows_of(lines_of(source), SUM_COLUMNS, margin)
    found = (_sum(row, margin, known) for row in rows)
    return {each.name: each for each in found if each}


def _sum(row: Row, margin: Margin, known: Tables) -> Sum | None:
    name, formula = row.cells["name"], row.cells["formula"]
    quotes = list(quotes_in(formula))
    by_trade = any(quote.table == "trade" for quote in quotes)
    words: dict[Trade, dict[str, str]] = {trade: {} for trade in Trade}
    for language in LANGUAGES:
        (line,) = known.filled([Line(row.line, formula)], language, margin)
        for trade, said in words.items():
            written = fill_trade(line.text, language, known.trades, trade)
            value = worked_out(written)
            if value is None:
                margin.fatal("sum.bad-formula", row.line, name=name, formula=written)
                return None
            said[language] = say(value, language)
    return Sum(
        name,
        {trade: Text(said) for trade, said in words.items()},
        by_trade=by_trade,
        facts=tuple(known.facts[q.name] for q in quotes if q.table == "fact"),
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
