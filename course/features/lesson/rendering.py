"""Lessons ready to show: rendered once per edition, language, trade and position."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from flask import current_app
from markupsafe import Markup

from course.base.fragments import own, render
from course.base.markdown import french, html, inline
from course.domain.landmark import Landmark, landmarks
from course.domain.lesson import Block, Memo, Page, Story, Try
from course.domain.profile import Profile
from course.domain.questions.base import Variant
from course.features.catalogue.links import linker
from course.features.catalogue.queries import Shelf

KEPT = 2000  # lessons in memory: a few kilobytes each


@dataclass(frozen=True, slots=True)
class Card:
    """A memo card, its lines in HTML."""

    title: str
    items: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the lesson, explained in its language."""

    name: str
    term: Markup
    meaning: Markup


@dataclass(frozen=True, slots=True)
class Rendered:
    """A lesson in one language, for one trade and position."""

    page: Page
    blocks: tuple[tuple[str, str], ...]  # a try's name or nothing, and the HTML
    tries: Mapping[str, Try]
    card: Card | None
    terms: Markup
    stops: Mapping[str, Landmark]  # by anchor: where one can come back to

    def body(self, answered: Mapping[str, str]) -> Markup:
        """The lesson, with the tries that were just answered in their place."""
        blocks = (answered.get(name, kept) for name, kept in self.blocks)
        return own("".join(blocks))


def rendered(shelf: Shelf, key: str, language: str, profile: Profile) -> Rendered:
    """The lesson as this person reads it, from memory after the first time."""
    kept: dict[Any, Rendered] = current_app.extensions.setdefault("pages", {})
    name = (shelf.edition, key, language, profile.trade, profile.position)
    if name not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[name] = _render(shelf, key, language, profile)
    return kept[name]


def _render(shelf: Shelf, key: str, language: str, profile: Profile) -> Rendered:
    lesson = shelf.lesson(key)
    page = lesson.page(language, profile.trade, profile.position)
    link = linker(shelf.revision("lesson", key), terms_here=True)

    def written(text: str) -> Markup:
        return Markup(inline(text, link, page.language))  # noqa: S704 - our Markdown

    memo = next((block for block in page.blocks if isinstance(block, Memo)), None)
    card = memo and Card(memo.title, tuple(written(item) for item in memo.items))
    meanings = [
        Meaning(
            term.name,
            written(term.term.say(page.language)),
            written(term.meaning.say(page.language)),
        )
        for term in page.terms
    ]

    def spaced(words: str) -> str:
        return french(words) if page.language == "fr" else words

    def shown(block: Block) -> tuple[str, str]:
        if isinstance(block, Try):
            return block.name, show_try(key, asked(block, language))
        body = (
            "" if isinstance(block, Memo) else html(block.markdown, link, page.language)
        )
        title = written(block.title) if isinstance(block, Story) else ""
        return "", render(
            "lesson/block.html", kind=block.kind, title=title, body=body, card=card
        )

    return Rendered(
        page,
        tuple(shown(block) for block in page.blocks),
        {block.name: block for block in page.blocks if isinstance(block, Try)},
        card,
        Markup(render("lesson/terms.html", meanings=meanings)),  # noqa: S704
        {
            stop.anchor: replace(stop, title=spaced(stop.title))
            for stop in landmarks(page, lesson.minutes)
        },
    )


def variant_of(block: Try) -> Variant:
    """The same shuffle for everybody, always: a try is not drawn."""
    return block.question.prepare(Random(block.name))  # noqa: S311 - a shuffle


def asked(block: Try, language: str, **answered: Any) -> dict[str, Any]:
    """What the template of a try needs, and what was answered to it."""
    face = block.question.face(variant_of(block), language)
    return {"name": block.name, "face": face, "answer": {}, **answered}


def show_try(key: str, shown: Mapping[str, Any]) -> str:
    """A question of the lesson in HTML, its token still to be put in."""
    return render("lesson/try.html", shown=shown, key=key)
