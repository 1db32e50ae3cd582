"""Book: the files of one item, one per language, opened and compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from course.domain.glossary import Term
from course.domain.issue import Margin
from course.domain.manuscript import Line, Manuscript, lines_of, manuscript
from course.domain.quote import TradeWords, quotes_in
from course.domain.source.place import Place
from course.domain.source.prose import Link
from course.domain.source.tables import Tables
from course.domain.text import LANGUAGES


@dataclass(frozen=True, slots=True)
class Book:
    """One item in each of its languages; the first is the one others follow.

    Its readers leave in it what others will check: the links it holds, the anchors
    it offers, the lines of its questions.
    """

    key: str
    place: Place
    manuscripts: Mapping[str, Manuscript]
    sources: Mapping[str, str]
    terms: tuple[Term, ...]
    trade_words: TradeWords
    published: bool = False  # and checked then
    links: list[Link] = field(default_factory=list[Link])
    anchors: set[str] = field(default_factory=set[str])
    lines: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def first(self) -> Manuscript:
        """The file that others are compared with."""
        return next(iter(self.manuscripts.values()))

    @property
    def spoilt(self) -> bool:
        """Whether something keeps it from being published."""
        return any(
            issue.fatal
            for each in self.manuscripts.values()
            for issue in each.margin.issues
        )


def opened(
    places: Mapping[str, Place],
    files: Mapping[str, str],
    margins: Mapping[str, Margin],
    tables: Tables,
    *,
    published: bool = False,
) -> Book:
    """Open the files of an item, the facts they quote put in."""
    manuscripts = {
        language: _manuscript(place, files[place.path], margins[place.path], tables)
        for language, place in places.items()
    }
    first = next(iter(places.values()))
    sources = {place.path: files[place.path] for place in places.values()}
    for language in LANGUAGES:
        if language not in places:
            margins[first.path].warn("file.missing-language", 1, language=language)
    _same_rank(places, first, margins)
    return Book(
        key=first.key,
        place=first,
        manuscripts=manuscripts,
        sources=sources,
        terms=tables.terms_in(sources.values()),
        trade_words=tables.words_in(sources.values()),
        published=published,
    )


def _manuscript(
    place: Place, source: str, margin: Margin, tables: Tables
) -> Manuscript:
    lines: tuple[Line, ...] = tables.filled(lines_of(source), place.language, margin)
    read = manuscript(place.path, place.language, lines, margin)
    no_trade((Line(read.title_line, read.title),), margin)
    return read


def no_trade(lines: Iterable[Line], margin: Margin) -> None:
    """Note trade words where every trade reads the same."""
    for line in lines:
        for quote in quotes_in(line.text):
            if quote.table == "trade":
                margin.fatal("quote.no-trade-here", line.number, name=quote.name)


def _same_rank(
    places: Mapping[str, Place], first: Place, margins: Mapping[str, Margin]
) -> None:
    """An item stands at one place, in one folder, whatever the language."""
    for place in places.values():
        if (place.rank, place.module) != (first.rank, first.module):
            margins[place.path].fatal("file.place-differs", 1, other=first.path)


def agree(book: Book, keys: Iterable[str]) -> None:
    """Note the header keys that two languages do not say alike."""
    first = book.first
    for other in list(book.manuscripts.values())[1:]:
        for key in dict.fromkeys((*keys, *other.header.pairs)):
            there = first.header.pairs.get(key, "")
            here = other.header.pairs.get(key, "")
            if here != there:
                other.margin.fatal(
                    "twin.header",
                    other.header.line(key),
                    key=key,
                    here=here,
                    there=there,
                    other=first.path,
                )
