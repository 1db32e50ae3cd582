"""Lessons ready to show: rendered once per edition, language, trade and position."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from markupsafe import Markup

from course.base.markdown import html, inline
from course.domain.lesson import Memo, Page, Story, Try
from course.domain.profile import Profile
from course.features.catalogue.links import linker
from course.features.catalogue.queries import Shelf

KEPT = 2000  # pages: a lesson is a few kilobytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the template needs it."""

    kind: str
    title: str = ""
    html: str = ""
    items: tuple[str, ...] = ()
    block: Any = None


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
    blocks: tuple[Shown, ...]
    terms: tuple[Meaning, ...]


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
    page = shelf.lesson(key).page(language, profile.trade, profile.position)
    link = linker(shelf.revision("lesson", key), terms_here=True)
    blocks = tuple(_shown(block, page.language, link) for block in page.blocks)
    meanings = tuple(
        Meaning(
            term.name,
            Markup(inline(term.term.say(page.language), link, page.language)),  # noqa: S704
            Markup(inline(term.meaning.say(page.language), link, page.language)),  # noqa: S704
        )
        for term in page.terms
    )
    return Rendered(page, blocks, meanings)


def _shown(block: Any, language: str, link: Any) -> Shown:
    if isinstance(block, Try):
        return Shown(block.kind, block=block)
    if isinstance(block, Memo):
        items = tuple(inline(item, link, language) for item in block.items)
        return Shown(block.kind, block.title, items=items)
    body = html(block.markdown, link, language)
    title = block.title if isinstance(block, Story) else ""
    return Shown(block.kind, title, body)
