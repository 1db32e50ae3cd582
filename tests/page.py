"""What every page must be, whatever it shows; the client checks each answer."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from babel.messages.pofile import read_po
from html5lib.html5parser import ParseError
from werkzeug.test import TestResponse

WORDS = Path(__file__).parents[1] / "course/translations/fr/LC_MESSAGES/messages.po"
# Inputs that show nothing to fill in.
SILENT = frozenset({"hidden", "submit", "button", "reset", "image"})
FIELDS = frozenset({"input", "select", "textarea"})


class PageError(AssertionError):
    """A page that breaks a promise; its text says each one."""


def check(response: TestResponse) -> None:
    """Raise PageError with everything that is wrong in a page."""
    text = response.get_data(as_text=True)
    try:
        tree = parse(text)
    except ParseError as error:
        raise PageError(
            f"{response.request.path}: {error}{_near(text, error)}"
        ) from None
    policy = response.headers.get("Content-Security-Policy", "")
    nonce = re.search(r"'nonce-([^']+)'", policy)
    found = [*problems(tree), *_scripts(tree, nonce and nonce[1])]
    if not policy:
        found.append("no Content-Security-Policy")
    if found:
        raise PageError(f"{response.request.path}:\n  " + "\n  ".join(found))


def parse(text: str) -> Element:
    """The page as browsers see it; raises ParseError on the first fault."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def _near(text: str, error: ParseError) -> str:
    line = re.search(r"\((\d+),", str(error))
    lines = text.splitlines()
    at = int(line[1]) if line else 0
    return f"\n  {lines[at - 1].strip()[:200]}" if 0 < at <= len(lines) else ""


def problems(tree: Element) -> Iterator[str]:
    """What is wrong in a parsed page, one sentence each."""
    for look in (_names, _ids, _fields, _forms, _attributes, _pictures, _links, _words):
        yield from look(tree)


def said(element: Element) -> str:
    """The text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def _names(tree: Element) -> Iterator[str]:
    if not tree.get("lang"):
        yield "<html> has no lang"
    titles = [said(h1) for h1 in tree.iter("h1")]
    if len(titles) != 1:
        yield f"{len(titles)} h1 instead of one: {titles}"
        return
    title = next((said(found) for found in tree.iter("title")), "")
    head, _dash, _site = title.rpartition(" — ")
    # Spaces aside: typography makes them unbreakable in one and not in the other.
    begins, whole = (re.sub(r"\s", "", one) for one in (head.rstrip("…"), titles[0]))
    if not begins or not (whole.startswith(begins) or begins.startswith(whole)):
        yield f"the title “{title}” does not begin with the h1 “{titles[0]}”"


def _ids(tree: Element) -> Iterator[str]:
    counts = Counter(one.get("id") for one in tree.iter() if one.get("id") is not None)
    yield from (f"id {name!r} {n} times" for name, n in counts.items() if n > 1)
    yield from (f"id {name!r} has a space" for name in counts if re.search(r"\s", name))
    for element in tree.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in (element.get(name) or "").split():
                if target not in counts:
                    yield f"{name}={target!r} leads to no id"


def _fields(tree: Element) -> Iterator[str]:
    labels = {label.get("for") for label in tree.iter("label") if said(label)}
    wrapped = {
        id(field)
        for label in tree.iter("label")
        if said(label)
        for field in label.iter()
        if field.tag in FIELDS
    }
    for field in tree.iter():
        if field.tag not in FIELDS or field.get("type") in SILENT:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not named and field.get("id") not in labels and id(field) not in wrapped:
            yield f"<{field.tag} name={field.get('name')!r}> has no label"
    for button in tree.iter("button"):
        if not said(button) and not button.get("aria-label"):
            yield f"an empty button: {button.attrib}"
    for group in tree.iter("fieldset"):
        if group.find("legend") is None:
            yield "a fieldset without legend"


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        where = form.get("action", "here")  # nothing said: the page's own address
        if not where:
            yield "a form with an empty action"
        tokens = [one for one in form.iter("input") if one.get("name") == "csrf_token"]
        if [bool(one.get("value")) for one in tokens] != [True]:
            yield f"the form to {where} does not have one token"


def _attributes(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag}> has {name}="
    yield from ("a <style>" for _style in tree.iter("style"))


def _scripts(tree: Element, nonce: str | None) -> Iterator[str]:
    for script in tree.iter("script"):
        if said(script):
            yield f"code in the page: {said(script)[:60]}"
        if not nonce or script.get("nonce") != nonce:
            yield f"the script {script.get('src')} does not carry the nonce"


def _pictures(tree: Element) -> Iterator[str]:
    for picture in tree.iter("img"):
        if picture.get("alt") is None:
            yield f"the picture {picture.get('src')} has no alt"


def _links(tree: Element) -> Iterator[str]:
    for link in tree.iter("a"):
        named = said(link) or link.get("aria-label")
        inside = any(picture.get("alt") for picture in link.iter("img"))
        if not named and not inside:
            yield f"an empty link to {link.get('href')}"


@cache
def _english() -> frozenset[str]:
    """Sentences of the code that French says otherwise."""
    if not WORDS.exists():
        return frozenset()
    with WORDS.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    return frozenset(
        " ".join(message.id.split())
        for message in catalogue
        if isinstance(message.id, str) and " " in message.id.strip()
        if message.string != message.id
    )


def _words(tree: Element) -> Iterator[str]:
    if tree.get("lang") != "fr":
        return
    for text in _texts(tree):
        if " ".join(text.split()) in _english():
            yield f"not translated: {text.strip()}"


def _texts(element: Element) -> Iterator[str]:
    """Every piece of text in the page's own language."""
    yield element.text or ""
    for child in element:
        if child.get("lang") is None:
            yield from _texts(child)
        yield child.tail or ""
