"""What a desk offers: drawn, its forms read in the page and filled by chance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from xml.etree.ElementTree import Element, TreeBuilder

from flask import render_template_string

from course.base.i18n import speaking
from course.domain.lab import Lab
from course.domain.run import Play
from tests.make.simulators import JUNK

PAGE = """<!doctype html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>Essai — x</title></head>
<body><main><h1>Essai</h1>
{% for kind, shown in panels.items() %}
{% import "simulators/" ~ kind ~ ".html" as tool with context %}
<section><h2>{{ tool.title() }}</h2>{{ tool.draw(desk, shown) }}</section>
{% endfor %}
</main></body></html>
"""


PAGE_FIELDS = frozenset({"csrf_token", "client", "act"})
Sent = tuple[str, dict[str, list[str]]]  # « simulator.act », fields


def html_of(
    lab: Lab,
    play: Play,
    view: Mapping[str, str],
    *,
    live: bool = True,
    language: str = "fr",
) -> str:
    desk = {
        "run": 1,
        "live": live,
        "url": "/runs/1",
        "client": "0123456789abcdef",
        "view": view,
        "practice": True,
        "typed": {},
    }
    with speaking(language):
        panels = {x.kind: x.show(play.world, view, language) for x in lab.desk}
        html = render_template_string(
            PAGE, desk=desk, panels=panels, run={"id": 1}, lab=lab
        )
    assert "<script" not in html
    return html


@dataclass(slots=True)
class Offer:
    """One form with each of its buttons."""

    hidden: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[tuple[str, str]] = field(default_factory=list)
    radios: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    action: str = ""

    @property
    def names(self) -> set[str]:
        """Every field that it may send."""
        pairs = [*self.hidden, *self.buttons, *self.boxes, *self.texts]
        return {name for name, _value in pairs} | {*self.radios} | {*self.lists}

    @property
    def acts(self) -> list[str]:
        """What its buttons do."""
        said = [value for name, value in self.buttons if name == "act"]
        own = [value for name, value in self.hidden if name == "act"]
        plain = len(said) < len(self.buttons) or not self.buttons
        return said + (own if plain else [])

    def filled(self, chance: Random, words: Sequence[str] = ()) -> Sent:
        """As somebody might send it: a button, boxes, a line of a list, some text."""
        sent = list(self.hidden)
        sent += [box for box in self.boxes if chance.random() < 0.5]
        sent += [(n, chance.choice(v)) for n, v in self.radios.items()]
        sent += [(n, chance.choice(v)) for n, v in self.lists.items() if v]
        sent += [(n, _typed(value, chance, words)) for n, value in self.texts]
        if self.buttons:
            sent.append(chance.choice(self.buttons))
        raw: dict[str, list[str]] = {}
        what = ""
        for name, value in sent:
            if name == "act":
                what = value  # the last one said counts
            elif name not in PAGE_FIELDS and name:
                raw.setdefault(name, []).append(value)
        return what, raw


def _typed(value: str, chance: Random, words: Sequence[str]) -> str:
    kind = chance.random()
    if kind < 0.4:
        return value
    return chance.choice(words if words and kind < 0.85 else JUNK)


VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source"})


class _Reader(HTMLParser):
    """Builds the tree of a page that is known to be well formed."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.tree.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        self.tree.data(data)


def quickly(html: str) -> Element:
    """The tree of a page, ten times faster than the strict reader of `tests.page`."""
    reader = _Reader()
    reader.feed(html)
    reader.tree.end("page")
    return reader.tree.close()


def offers(tree: Element) -> Iterator[Offer]:
    """The forms by which something is done on a desk."""
    for form in tree.iter("form"):
        if form.get("data-act") is not None:
            yield _offer(form, tree)


def _offer(form: Element, tree: Element) -> Offer:
    found = Offer(action=form.get("action", ""))
    own = [*form.iter(), *_elsewhere(form, tree)]
    for each in own:
        if each.get("disabled") is None:
            _note(found, each)
    return found


def _elsewhere(form: Element, tree: Element) -> Iterator[Element]:
    """Fields that say by their `form` attribute to which form they belong."""
    name = form.get("id")
    if name:
        inside = {id(each) for each in form.iter()}
        for each in tree.iter():
            if each.get("form") == name and id(each) not in inside:
                yield each


def _note(found: Offer, element: Element) -> None:
    name, value = element.get("name", ""), element.get("value", "")
    kind = element.get("type", "text")
    if element.tag == "button":
        found.buttons.append((name, value))
    elif element.tag == "select":
        options = element.iter("option")
        found.lists[name] = [o.get("value", o.text or "") for o in options]
    elif element.tag == "textarea":
        found.texts.append((name, element.text or ""))
    elif element.tag == "input" and kind == "hidden":
        found.hidden.append((name, value))
    elif element.tag == "input" and kind == "checkbox":
        found.boxes.append((name, value))
    elif element.tag == "input" and kind == "radio":
        found.radios.setdefault(name, []).append(value)
    elif element.tag == "input":
        found.texts.append((name, value))
