"""Module and Lesson: what there is to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from course.domain.glossary import Term
from course.domain.profile import Position, Trade
from course.domain.questions.base import Question
from course.domain.quote import TradeWords, fill_trade
from course.domain.text import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Prose:
    """Text for everybody who sees it."""

    kind: ClassVar[str] = "prose"
    markdown: str


@dataclass(frozen=True, slots=True)
class ForTrade:
    """Text for the learner's own trade."""

    kind: ClassVar[str] = "trade"
    markdown: str


@dataclass(frozen=True, slots=True)
class Story:
    """A mistake that was made, told without shame."""

    kind: ClassVar[str] = "story"
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Memo:
    """The card to print and keep."""

    kind: ClassVar[str] = "memo"
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """A question asked on the way, worth no points."""

    kind: ClassVar[str] = "try"
    name: str
    question: Question


Block = Prose | ForTrade | Story | Memo | Try


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a lesson as it is written, and who it is for (nobody: everybody)."""

    block: Block
    trades: frozenset[Trade] = frozenset()
    positions: frozenset[Position] = frozenset()

    def concerns(self, trade: Trade, position: Position | None) -> bool:
        """Whether this learner reads it; an unknown position reads everything."""
        return (not self.trades or trade in self.trades) and (
            not self.positions or position is None or position in self.positions
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson as one learner reads it."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective:
    """What one can do at the end of a module."""

    name: str
    text: Text


@dataclass(frozen=True)
class Lesson:
    """A page of a module, in every language, for every trade and position."""

    key: str
    module: str
    place: int
    title: Text
    passages: Mapping[str, tuple[Passage, ...]]
    minutes: int = 0
    aims: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    trade_words: TradeWords = field(default_factory=dict[str, Mapping[Trade, Text]])

    @property
    def tries(self) -> tuple[Try, ...]:
        """The questions asked on the way."""
        language = self._spoken(LANGUAGES[0])
        blocks = (passage.block for passage in self.passages[language])
        return tuple(block for block in blocks if isinstance(block, Try))

    def page(
        self,
        language: str,
        trade: Trade | None = None,
        position: Position | None = None,
    ) -> Page:
        """What this learner reads, in that language or the one there is."""
        spoken = self._spoken(language)
        chosen = trade or Trade.OTHER
        blocks = tuple(
            _in_words_of(passage.block, spoken, self.trade_words, chosen)
            for passage in self.passages[spoken]
            if passage.concerns(chosen, position)
        )
        read = "\n".join(words_of(blocks, spoken))
        terms = tuple(term for term in self.terms if f"(term:{term.name})" in read)
        return Page(self.title.say(spoken), spoken, blocks, terms)

    def _spoken(self, language: str) -> str:
        return language if language in self.passages else next(iter(self.passages))


@dataclass(frozen=True)
class Module:
    """A subject of the passport: lessons, a lab, a quiz, one stamp.

    `more`: labs to go further, outside its minutes and its stamp.
    """

    key: str
    place: int
    minutes: int
    title: Text
    promise: Text
    short: Text
    icon: str = ""
    ink: str = ""
    objectives: tuple[Objective, ...] = ()
    digcomp: tuple[str, ...] = ()
    crcn: tuple[str, ...] = ()
    quiz: str | None = None
    lab: str | None = None
    more: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] = ()


def words_of(blocks: Iterable[Block], language: str) -> Iterable[str]:
    """The Markdown of some blocks, questions apart from their answers."""
    for block in blocks:
        match block:
            case Try():
                yield block.question.ask.say(language)
            case Memo():
                yield from block.items
            case _:
                yield block.markdown


def _in_words_of(block: Block, language: str, words: TradeWords, trade: Trade) -> Block:
    def said(text: str, spoken: str = language) -> str:
        return fill_trade(text, spoken, words, trade)

    match block:
        case Prose():
            return Prose(said(block.markdown))
        case ForTrade():
            return ForTrade(said(block.markdown))
        case Story():
            return Story(said(block.title), said(block.markdown))
        case Memo():
            return Memo(said(block.title), tuple(said(item) for item in block.items))
        case _:
            return Try(
                block.name, block.question.map_words(said) if words else block.question
            )
