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
    covers: tuple[str, ...]  # other addresses that belong to it


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as this request sees it."""

    label: str
    url: str
    current: bool


_entries: dict[str, Entry] = {}


def declare(
    endpoint: str,
    label: Any,
    *,
    right: StrEnum | None = None,
    place: int = 50,
    covers: tuple[str, ...] = (),
) -> None:
    """Add an entry to the menu; declaring it again replaces it."""
    _entries[endpoint] = Entry(endpoint, label, right, place, covers)


def entries() -> list[Entry]:
    """All that was declared, in order."""
    return sorted(_entries.values(), key=lambda entry: (entry.place, entry.endpoint))


def navigation() -> tuple[Shown, ...]:
    """The menu of who is asking."""
    signed_in = current_user.is_authenticated
    return tuple(
        _shown(entry)
        for entry in entries()
        if entry.right is None or (signed_in and current_user.may(entry.right))
    )


def _shown(entry: Entry) -> Shown:
    url = url_for(entry.endpoint)
    return Shown(str(entry.label), url, request.path.startswith((url, *entry.covers)))


def init_app(app: Flask) -> None:
    """Let templates ask for the menu."""
    app.jinja_env.globals["navigation"] = navigation
