"""Sources: the files that give an item back, the tables cut to what it quotes."""

from collections.abc import Iterable, Mapping

from course.domain.manuscript import clean
from course.domain.quote import quotes_in
from course.domain.source.book import Book
from course.domain.source.place import Kind, Place
from course.domain.source.shelf import Shelf
from course.domain.source.tables import (
    FACT_COLUMNS,
    SUM_COLUMNS,
    TERM_COLUMNS,
    TERM_LINK,
    TRADE_COLUMNS,
    reduced,
)

# Each may quote those after it; definitions quote other definitions too.
TABLES = {
    Kind.GLOSSARY: TERM_COLUMNS,
    Kind.SUMS: SUM_COLUMNS,
    Kind.TRADES: TRADE_COLUMNS,
    Kind.FACTS: FACT_COLUMNS,
}
QUOTED = {Kind.SUMS: "sum", Kind.TRADES: "trade", Kind.FACTS: "fact"}


def sources_of(book: Book, shelf: Shelf) -> dict[str, str]:
    """The files of an item and the rows of the tables that they quote."""
    sources = {path: clean(source) for path, source in book.sources.items()}
    for kind in TABLES:
        sources |= _rows(kind, sources.values(), shelf)
    return sources | _pictures(book, shelf)


def _pictures(book: Book, shelf: Shelf) -> dict[str, str]:
    """The drawings that an item shows."""
    return {
        link.picture: shelf.files[link.picture]
        for link in book.links
        if link.scheme == "image" and link.picture in shelf.files
    }


def tables_of(kind: Kind, shelf: Shelf) -> dict[str, str]:
    """The whole of a table, and what it quotes of others."""
    sources = {place.path: clean(shelf.files[place.path]) for place in _of(kind, shelf)}
    kinds = list(TABLES)
    for below in kinds[kinds.index(kind) + 1 :]:
        sources |= _rows(below, sources.values(), shelf)
    return sources


def _of(kind: Kind, shelf: Shelf) -> list[Place]:
    return [place for place in shelf.places if place.kind is kind]


def _rows(kind: Kind, sources: Iterable[str], shelf: Shelf) -> Mapping[str, str]:
    names = _terms(sources, shelf) if kind is Kind.GLOSSARY else _quoted(kind, sources)
    tables = {
        place.path: reduced(shelf.files[place.path], TABLES[kind], names)
        for place in _of(kind, shelf)
    }
    return {path: table for path, table in tables.items() if table}


def _quoted(kind: Kind, sources: Iterable[str]) -> set[str]:
    return {
        quote.name
        for source in sources
        for quote in quotes_in(source)
        if quote.table == QUOTED[kind]
    }


def _terms(sources: Iterable[str], shelf: Shelf) -> set[str]:
    """The terms linked to, and those that their definitions link to in turn."""
    names: set[str] = set()
    found = {each["name"] for source in sources for each in TERM_LINK.finditer(source)}
    while found - names:
        names |= found
        known = shelf.tables.glossary
        meanings = [known[name].meaning for name in names if name in known]
        found = {
            each["name"]
            for meaning in meanings
            for said in meaning.values()
            for each in TERM_LINK.finditer(said)
        }
    return names
