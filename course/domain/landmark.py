"""Landmark: a place of a lesson one can come back to, and how long still from there."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from course.base.markdown import spans
from course.domain.lesson import Block, Memo, Page, Story, Try
from course.domain.source.lessons import WORDS_A_MINUTE, WORDS_A_TRY
from course.domain.source.sentences import words


@dataclass(frozen=True, slots=True)
class Landmark:
    """A heading or a question of a lesson."""

    anchor: str
    title: str  # the heading's words, without Markdown; the question's under none
    minutes: int  # to the end of the lesson


@dataclass(frozen=True, slots=True)
class _Bit:
    """So many words to read; an anchor when one can come back to them."""

    count: int
    anchor: str = ""
    title: str = ""
    asks: bool = False  # a question, which is called by the heading above it


def anchor_of(name: str) -> str:
    """Where a question of a lesson stands in its page."""
    return f"try-{name}"


def landmarks(page: Page, minutes: int) -> tuple[Landmark, ...]:
    """Those of a page, in order; `minutes` is what its author counted in all."""
    bits = [bit for block in page.blocks for bit in _bits(block, page.language)]
    left = sum(bit.count for bit in bits)
    found: list[Landmark] = []
    section = ""
    for bit in bits:
        if bit.anchor:
            needed = max(1, ceil(left / WORDS_A_MINUTE))
            still = min(needed, minutes) if minutes else needed
            section = section if bit.asks and section else bit.title
            found.append(Landmark(bit.anchor, section, still))
        left -= bit.count
    return tuple(found)


def _bits(block: Block, language: str) -> Iterator[_Bit]:
    match block:
        case Try():
            asked = spans(block.question.ask.say(language))
            title = " ".join(asked[0].text.split()) if asked else block.name
            yield _Bit(WORDS_A_TRY, anchor_of(block.name), title, asks=True)
        case Memo():
            yield _Bit(sum(words(item) for item in (block.title, *block.items)))
        case _:
            title = block.title if isinstance(block, Story) else ""
            yield _Bit(words(title))
            for span in spans(block.markdown):
                yield _Bit(words(span.text), span.anchor or "", span.text)
