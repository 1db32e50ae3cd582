"""Prose: what every text is checked for, wherever it stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from course.base import markdown
from course.base.markdown import Span
from course.domain.issue import Margin
from course.domain.manuscript import Line
from course.domain.quote import TradeWords, fill_longest
from course.domain.sheet import Shape, look
from course.domain.source.sentences import sentences, words

TOO_LONG, LONG = 25, 18
CALLOUT = re.compile(r"\[!(?P<kind>\w*)\]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
PARTED = re.compile(r"¶|\s/\s")
EXCERPT = 60
CONTENT_SCHEMES = ("term", "quiz", "lesson", "lab")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture, where it is written and what it points to."""

    path: str
    line: int
    scheme: str
    target: str

    @property
    def picture(self) -> str:
        """The path of the picture, beside the file that shows it."""
        return str(PurePosixPath(self.path).parent / self.target)


def spans_of(lines: tuple[Line, ...]) -> Iterator[tuple[int, Span]]:
    """The paragraphs, items and cells of some lines, with their line in the file."""
    if not lines:
        return
    for span in markdown.spans("\n".join(line.text for line in lines)):
        at = min(span.line, len(lines) - 1)
        yield lines[at].number, span


def check_prose(
    lines: tuple[Line, ...], language: str, words_by_trade: TradeWords, margin: Margin
) -> Iterable[Link]:
    """Note long sentences, bare pictures and odd links; the links to be followed."""
    filled = tuple(
        Line(line.number, fill_longest(line.text, language, words_by_trade))
        for line in lines
    )
    links: list[Link] = []
    for line, span in spans_of(filled):
        _check_sentences(span.text, line, margin)
        _check_callout(span, line, margin)
        _check_tags(span, line, margin)
        links += _links(span, line, margin)
        links += _pictures(span, line, margin)
    return links


def check_plain(
    lines: Iterable[Line], language: str, words_by_trade: TradeWords, margin: Margin
) -> None:
    """Note the long sentences of words that are no Markdown.

    Where there is one line only, « ¶ » and « / » between spaces begin another.
    """
    for line in lines:
        filled = fill_longest(line.text, language, words_by_trade)
        for part in PARTED.split(filled):
            _check_sentences(part, line.number, margin)


def check_question(
    lines: tuple[Line, ...], language: str, words_by_trade: TradeWords, margin: Margin
) -> Iterable[Link]:
    """The same for a question, its boxes and expected values taken off."""
    return check_prose(tuple(map(_plain, lines)), language, words_by_trade, margin)


def _plain(line: Line) -> Line:
    found = look(line.text, (Shape.BOX, Shape.EQUALS))
    if not found:
        return line
    box = found[0] is Shape.BOX
    return Line(line.number, f"- {found[1]['text']}" if box else "")


def length(lines: tuple[Line, ...], language: str, words_by_trade: TradeWords) -> int:
    """How many words there are to read in the most talkative trade."""
    filled = tuple(
        Line(line.number, fill_longest(line.text, language, words_by_trade))
        for line in lines
    )
    return sum(words(span.text) for _, span in spans_of(filled))


def _check_sentences(text: str, line: int, margin: Margin) -> None:
    for offset, sentence in sentences(text):
        count = words(sentence)
        note = margin.fatal if count > TOO_LONG else margin.warn
        if count > LONG:
            note(
                "sentence.too-long",
                line + offset,
                words=count,
                most=TOO_LONG if count > TOO_LONG else LONG,
                text=sentence[:EXCERPT],
            )


def _check_callout(span: Span, line: int, margin: Margin) -> None:
    """A callout that is understood has lost its mark already."""
    found = CALLOUT.match(span.text)
    if found:
        margin.fatal("callout.unknown", line, kind=found["kind"])


def _check_tags(span: Span, line: int, margin: Margin) -> None:
    """A tag is shown as it is typed, which nobody wants."""
    found = TAG.search(span.text)
    if found:
        at = line + span.text.count("\n", 0, found.start())
        margin.warn("prose.tag", at, text=found[0][:EXCERPT])


def _links(span: Span, line: int, margin: Margin) -> Iterator[Link]:
    for written in span.links:
        scheme, _, target = written.partition(":")
        if scheme in CONTENT_SCHEMES:
            yield Link(margin.path, line, scheme, target)
        elif scheme == "http":
            margin.fatal("link.not-https", line, target=written)
        elif scheme not in ("https", "mailto", "tel") and not written.startswith("#"):
            margin.fatal("link.unknown-scheme", line, target=written)


def _pictures(span: Span, line: int, margin: Margin) -> Iterator[Link]:
    for source, words_instead in span.pictures:
        if not words_instead:
            margin.fatal("picture.no-words", line, target=source)
        yield Link(margin.path, line, "image", source)
