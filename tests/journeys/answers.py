"""The gestures of a right answer, found by what the page shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator

from course.domain.text import Text


@dataclass(frozen=True, slots=True)
class Move:
    """One gesture: tick, write or choose a value, or press some times."""

    field: Locator
    deed: str
    value: str = ""


def bare(text: str) -> str:
    """Words alone: neither Markdown's marks nor the width of spaces."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[*_`«»]", " ", text)
    return re.sub(r"\s*([:;!?])", r"\1", " ".join(text.split()))


def moves(place: Locator, question: Any, language: str) -> Iterator[Move]:
    """What to do, in order, to answer this question rightly."""
    return KINDS[question.kind](place, question, language)


def _choice(place: Locator, question: Any, language: str) -> Iterator[Move]:
    for option in question.options:
        if option.right:
            yield Move(_option(place, option.text, language), "tick")


def _option(place: Locator, text: Text, language: str) -> Locator:
    """The box of the card that says this."""
    cards = place.locator("label.option")
    return cards.nth(_index(cards, text, language)).locator("input")


def _index(things: Locator, text: Text, language: str) -> int:
    said = [bare(each) for each in things.all_inner_texts()]
    return said.index(bare(text.say(language)))


def _number(place: Locator, question: Any, _language: str) -> Iterator[Move]:
    yield Move(place.locator("input"), "write", f"{question.right.value:g}")


def _text(place: Locator, question: Any, language: str) -> Iterator[Move]:
    yield Move(place.locator("input"), "write", question.accepted[0].text.say(language))


def _match(place: Locator, question: Any, language: str) -> Iterator[Move]:
    pairs = place.locator(".pair")
    for row in question.rows:
        pair = pairs.nth(_index(pairs.locator("label"), row.text, language))
        options = pair.locator("option")
        said = [bare(each) for each in options.all_text_contents()]
        option = options.nth(said.index(bare(row.target.say(language))))
        value = option.get_attribute("value") or ""
        yield Move(pair.locator("select"), "choose", value)


def _sort(place: Locator, question: Any, language: str) -> Iterator[Move]:
    things = place.locator("fieldset.sorted")
    for thing in question.things:
        found = things.nth(_index(things.locator("legend"), thing.text, language))
        group = question.groups[thing.group].text
        yield Move(_option(found, group, language), "tick")


def _order(place: Locator, question: Any, language: str) -> Iterator[Move]:
    items = place.locator(".order > li")
    labels = items.locator("label")
    said = [bare(each) for each in labels.all_inner_texts()]
    right = [bare(step.text.say(language)) for step in question.steps]
    if not place.locator(".order.ready").count():
        for at, text in enumerate(said):
            value = str(right.index(text) + 1)
            yield Move(items.nth(at).locator("select"), "choose", value)
        return
    # The buttons move their step with them: they are found by it, not by its place.
    ids = [item.get_attribute("id") for item in items.locator("select").all()]
    for to, text in enumerate(right):
        at = said.index(text)
        item = place.locator(f'.order > li:has([id="{ids[at]}"])')
        if at > to:
            yield Move(item.locator("button").first, "press", str(at - to))
        said.insert(to, said.pop(at))
        ids.insert(to, ids.pop(at))


KINDS = {
    "choice": _choice,
    "number": _number,
    "text": _text,
    "match": _match,
    "sort": _sort,
    "order": _order,
}
