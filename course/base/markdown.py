"""Markdown to safe HTML."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

Link = Callable[[str, str], str | None]

OWN_SCHEMES = frozenset({"term", "quiz", "lesson", "lab"})
OUTSIDE = re.compile(r"(?:https?|mailto|tel):[^\s]+", re.IGNORECASE)
INSIDE = re.compile(r"#[a-z0-9-]+")
PICTURE = re.compile(r"(?!/)[\w./-]+")
ANCHOR = re.compile(r"\s*\{#(?P<anchor>[^{}\s]*)\}\s*$")
ANCHOR_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CALLOUT = re.compile(r"\[!(?P<kind>\w+)\][^\S\n]*(?P<title>[^\n]*)(?:\n|$)")
CALLOUTS = {"NOTE": "note", "WARNING": "warning"}
SIDES = {"left": "start", "center": "middle", "right": "end"}
NARROW, WIDE = "\u202f", "\u00a0"
CACHED = 4096


@dataclass(frozen=True, slots=True)
class Span:
    """A paragraph, a heading, an item or a cell: its words, its links, its line."""

    line: int
    text: str
    heading: int = 0
    anchor: str | None = None
    links: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()


def html(text: str, link: Link | None = None, language: str = "fr") -> str:
    """A text as blocks; `link` says where own links and pictures really are."""
    return _html(text, link, language)


def inline(text: str, link: Link | None = None, language: str = "fr") -> str:
    """A text as the inside of a sentence."""
    return _inline(text, link, language)


def spans(text: str) -> tuple[Span, ...]:
    """What there is to read in a text, one paragraph or cell at a time."""
    tokens = PARSER.parse(_safe(text), {"raw": True})
    return tuple(_spans(tokens))


@lru_cache(maxsize=CACHED)
def _html(text: str, link: Link | None, language: str) -> str:
    return PARSER.render(_safe(text), {"link": link, "language": language})


@lru_cache(maxsize=CACHED)
def _inline(text: str, link: Link | None, language: str) -> str:
    return PARSER.renderInline(_safe(text), {"link": link, "language": language})


def _safe(text: str) -> str:
    """The text without the halves of letters that no page can carry."""
    return text.encode("utf-8", "replace").decode()


def french(text: str) -> str:
    """The spaces that French puts before high punctuation, made unbreakable."""
    text = re.sub(r"[ \u00a0\u202f]+(?=[;!?])", NARROW, text)
    text = re.sub(r"[ \u00a0\u202f]+(?=:(?:\s|$))", WIDE, text)
    text = re.sub(r"«[ \u00a0\u202f]*", f"«{WIDE}", text)
    text = re.sub(r"[ \u00a0\u202f]*»", f"{WIDE}»", text)
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", NARROW, text)
    return re.sub(r"(?<=\d) (?=[%€])", WIDE, text)


def _anchors(state: StateCore) -> None:
    """`## Title {#anchor}`: the anchor becomes the heading's id."""
    for opened, token in zip(state.tokens, state.tokens[1:], strict=False):
        found = ANCHOR.search(token.content) if opened.type == "heading_open" else None
        if found:
            token.content = token.content[: found.start()]
            opened.meta["anchor"] = found["anchor"]
            if ANCHOR_NAME.fullmatch(found["anchor"]):
                opened.attrSet("id", found["anchor"])


def _callouts(state: StateCore) -> None:
    """`> [!NOTE] Title`: the quotation becomes a callout."""
    tokens: list[Token] = []
    closing: set[int] = set()
    todo = state.tokens
    for at, token in enumerate(todo):
        if token.type == "blockquote_open" and _opens(todo[at + 1 : at + 3]):
            closing.add(_close(todo, at))
            content = todo[at + 2].content
            kind = CALLOUT.match(content)
            name = CALLOUTS[kind["kind"].upper()] if kind else ""
            token.tag = "aside"
            token.attrSet("class", f"callout {name}")
            token.attrSet("role", "note")
            alone = kind is not None and kind.end() == len(content)
            todo[at + 1].hidden = todo[at + 3].hidden = alone
        if at in closing:
            token.tag = "aside"
        tokens.append(token)
        if token.tag == "aside" and token.nesting == 1:
            tokens.extend(_title(todo[at + 1], todo[at + 2]))
    state.tokens = tokens


def _opens(following: Sequence[Token]) -> bool:
    """Whether what follows is the first paragraph of a callout."""
    if [token.type for token in following] != ["paragraph_open", "inline"]:
        return False
    found = CALLOUT.match(following[1].content)
    return bool(found) and found["kind"].upper() in CALLOUTS


def _close(tokens: Sequence[Token], at: int) -> int:
    """Where the quotation opened at that place is closed."""
    level = tokens[at].level
    return next(
        place
        for place in range(at, len(tokens))
        if tokens[place].type == "blockquote_close" and tokens[place].level == level
    )


def _title(paragraph: Token, words: Token) -> Iterator[Token]:
    """The title taken off the first paragraph of a callout."""
    found = CALLOUT.match(words.content)
    title = found["title"].strip() if found else ""
    words.content = words.content[found.end() :] if found else words.content
    if not title:
        return
    opened = Token("paragraph_open", "p", 1, level=paragraph.level, block=True)
    opened.attrSet("class", "callout-title")
    yield opened
    yield Token(
        "inline",
        "",
        0,
        content=title,
        children=[],
        level=words.level,
        map=words.map,
        block=True,
    )
    yield Token("paragraph_close", "p", -1, level=paragraph.level, block=True)
    start, end = words.map or (0, 0)
    words.map = [start + 1, end]


def _cells(state: StateCore) -> None:
    """Cells say their side by a class: the page forbids styles in tags."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            side = SIDES.get(style.removeprefix("text-align:"))
            if side:
                token.attrSet("class", side)
        if token.type == "th_open":
            token.attrSet("scope", "col")


def _finish(state: StateCore) -> None:
    """Links are resolved and French spaces put in, once the words are known."""
    if state.env.get("raw"):
        return
    for token in state.tokens:
        if token.children:
            token.children = list(_resolved(token.children, state.env))


def _resolved(tokens: Sequence[Token], env: Any) -> Iterator[Token]:
    dead: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            dead.append(not _point(token, env["link"]))
        hidden = token.type in ("link_open", "link_close") and dead[-1]
        if token.type == "link_close":
            dead.pop()
        if token.type == "image" and not _draw(token, env["link"]):
            token = Token("text", "", 0, content=token.content)  # noqa: PLW2901  # the words instead of the picture
        if token.type == "text" and env["language"] == "fr":
            token.content = french(token.content)
        if not hidden:
            yield token


def _point(token: Token, link: Link | None) -> bool:
    """Give a link its real address; false when it leads nowhere."""
    written = str(token.attrs.get("href", ""))
    scheme, _, target = written.partition(":")
    if scheme in OWN_SCHEMES:
        found = link(scheme, unquote(target)) if link else None
        token.attrSet("href", found or "")
        return found is not None
    if OUTSIDE.fullmatch(written):
        token.attrSet("rel", "noopener")
        return True
    return INSIDE.fullmatch(written) is not None


def _draw(token: Token, link: Link | None) -> bool:
    """Give a picture its real address; only pictures of the course are shown."""
    written = unquote(str(token.attrs.get("src", "")))
    if not PICTURE.fullmatch(written):
        return False
    found = link("image", written) if link else written
    token.attrSet("src", found or "")
    return found is not None


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    line = 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = token.map[0] if token.map else line
        if token.type != "inline":
            continue
        heading = before is not None and before.type == "heading_open"
        children = token.children or []
        yield Span(
            line=line,
            text=_words(children),
            heading=int(before.tag[1:]) if before and heading else 0,
            anchor=before.meta.get("anchor") if before and heading else None,
            links=tuple(
                unquote(str(child.attrs.get("href", "")))
                for child in children
                if child.type == "link_open"
            ),
            pictures=tuple(
                (unquote(str(child.attrs.get("src", ""))), child.content.strip())
                for child in children
                if child.type == "image"
            ),
        )


def _words(tokens: Sequence[Token]) -> str:
    """The words alone, one line of them per line written."""
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if t.type in breaks else _word(t) for t in tokens)


def _word(token: Token) -> str:
    return token.content if token.type in ("text", "code_inline") else ""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.after("block", "anchors", _anchors)
    parser.core.ruler.after("anchors", "callouts", _callouts)
    parser.core.ruler.after("callouts", "cells", _cells)
    parser.core.ruler.push("finish", _finish)
    return parser


PARSER = _parser()
