# pyright: standard
"""The menu: features declare their entries, the page shows those one may use."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; `right` None shows it to everybody."""

    endpoint: str
    label: Any  # a lazily translated string
    right: StrEnum | None
    place: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as this request sees it."""

    label: str
    url: str
    current: bool


_entries: dict[str, Entry] = {}


def declare(
    endpoint: str, label: Any, *, right: StrEnum | None = None, place: int = 50
) -> None:
    """Add an entry to the menu; declaring it again replaces it."""
    _entries[endpoint] = Entry(endpoint, label, right, place)


def entries() -> list[Entry]:
    """All that was declared, in order."""
    return sorted(_entries.values(), key=lambda entry: (entry.place, entry.endpoint))


def navigation() -> list[Shown]:
    """The menu of who is asking."""
    here = (request.endpoint or "").partition(".")[0]
    return [
        Shown(str(e.label), url_for(e.endpoint), e.endpoint.partition(".")[0] == here)
        for e in entries()
        if e.right is None
        or (current_user.is_authenticated and current_user.may(e.right))
    ]


def init_app(app: Flask) -> None:
    """Let templates ask for the menu."""
    app.jinja_env.globals["navigation"] = navigation
