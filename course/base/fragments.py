# pyright: standard
"""Pieces of pages kept in memory, for all who would see the same.

A fragment is made from its inputs alone: neither the request nor the person is given
to its template, so that nothing of one reader can be shown to another. What is each
request's own (the token, the script's nonce, the address) is put in afterwards.
"""

from collections.abc import Hashable
from typing import Any

from flask import Flask, current_app, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from course.base.i18n import language
from course.base.security import nonce

KEPT = 2000  # a few kilobytes each
# Where a request's own words go; no author can write these signs.
TOKEN, NONCE, HERE = "\ue001", "\ue002", "\ue003"


def fragment(template: str, **inputs: Hashable) -> Markup:
    """A rendered template, from memory when its inputs were met before."""
    kept: dict[Any, str] = current_app.extensions.setdefault("fragments", {})
    key = (template, language(), *inputs.items())
    if key not in kept:
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = render(template, **inputs)
    return own(kept[key])


def render(template: str, **inputs: Any) -> str:
    """A template with its inputs and the marks of what will be put in."""
    # Not Flask's render_template: that one gives the request and the person.
    known = {"language": language(), "token": TOKEN, "nonce": NONCE, "here": HERE}
    return current_app.jinja_env.get_template(template).render(known | inputs)


def own(kept: str) -> Markup:
    """A kept piece, with what is this request's own."""
    if TOKEN in kept:
        kept = kept.replace(TOKEN, generate_csrf())
    if NONCE in kept:
        kept = kept.replace(NONCE, nonce())
    if HERE in kept:
        kept = kept.replace(HERE, escape(request.full_path.rstrip("?")))
    return Markup(kept)  # noqa: S704 - it was rendered with escaping


def init_app(app: Flask) -> None:
    """Let templates keep pieces."""
    app.jinja_env.globals["fragment"] = fragment
