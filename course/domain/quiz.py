"""Quiz: questions, what they are for, and how they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from course.domain.glossary import Term
from course.domain.profile import Trade
from course.domain.questions.base import Question
from course.domain.quote import TradeWords, fill_trade
from course.domain.text import Text
from course.domain.visibility import Mode

ENTRY = "entry"
OPINION = "opinion"
# Words a second. Slow readers read two or two and a half, the quickest barely five.
FASTEST = 5


def too_fast(seconds: float, words: int) -> bool:
    """Whether so many words cannot have been read in that time: 300 a minute."""
    return seconds < words / FASTEST


@dataclass(frozen=True, eq=False)
class Quiz:
    """A pool of questions; each attempt draws some of them."""

    key: str
    title: Text
    questions: tuple[Question, ...]
    module: str | None = None
    mode: Mode = Mode.CHECK
    pass_mark: int = 70
    draw: int | None = None
    draw_marks: Mapping[str, int] = field(default_factory=dict[str, int])
    minutes: int | None = None
    terms: tuple[Term, ...] = ()
    trade_words: TradeWords = field(default_factory=dict[str, Mapping[Trade, Text]])
    _trades: dict[Trade, "Quiz"] = field(
        default_factory=dict[Trade, "Quiz"], init=False, repr=False
    )

    def question(self, id: str) -> Question:  # noqa: A002  # the field's own name
        """The question of that name, else KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)

    @property
    def pool(self) -> tuple[Question, ...]:
        """The questions that an attempt may draw: not those of the entry test."""
        return tuple(each for each in self.questions if ENTRY not in each.marks)

    def draw_questions(self, rng: Random) -> tuple[Question, ...]:
        """So many questions in any order, with at least so many of each mark."""
        pool = self.pool
        wanted = len(pool) if self.draw is None else min(self.draw, len(pool))
        chosen: list[Question] = []
        for mark, least in sorted(self.draw_marks.items()):
            have = sum(mark in each.marks for each in chosen)
            others = [q for q in pool if mark in q.marks and q not in chosen]
            chosen += rng.sample(others, min(len(others), max(0, least - have)))
        rest = [each for each in pool if each not in chosen]
        chosen += rng.sample(rest, max(0, wanted - len(chosen)))
        rng.shuffle(chosen)
        return tuple(chosen)

    def for_trade(self, trade: Trade | None) -> "Quiz":
        """The same quiz in the words of a trade."""
        if not self.trade_words:
            return self
        chosen = trade or Trade.OTHER
        if chosen not in self._trades:
            self._trades[chosen] = self._in_words_of(chosen)
        return self._trades[chosen]

    def _in_words_of(self, trade: Trade) -> "Quiz":
        def said(words: str, language: str) -> str:
            return fill_trade(words, language, self.trade_words, trade)

        questions = tuple(question.map_words(said) for question in self.questions)
        return replace(self, questions=questions, trade_words={})
