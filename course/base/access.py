# pyright: standard
"""Who may come in: every page declares it, and a page that does not is closed."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


def allowed(*rights: StrEnum) -> Callable[[View], View]:
    """The page is for who has one of these rights; others get 401 or 403."""

    def mark(view: View) -> View:
        view.rights = rights  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """The page is for everybody, signed in or not."""
    view.rights = PUBLIC  # type: ignore[attr-defined]
    return view


def rights_of(endpoint: str) -> tuple[StrEnum, ...] | str | None:
    """What a page declared; None when it declared nothing."""
    return getattr(current_app.view_functions[endpoint], "rights", None)


def check_access() -> None:
    """Deny by default, before any view runs."""
    if request.endpoint is None:
        return
    rights = rights_of(request.endpoint)
    if rights == PUBLIC:
        return
    if not rights or isinstance(rights, str):
        abort(403)
    if not current_user.is_authenticated:
        abort(401)
    if not any(current_user.may(right) for right in rights):
        abort(403)


def init_app(app: Flask) -> None:
    """Put the guard at the door."""
    app.before_request(check_access)
