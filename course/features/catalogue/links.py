"""How the marks of content become addresses: terms, lessons, quizzes, pictures."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, url_for
from markupsafe import Markup

from course.base import markdown
from course.base.i18n import language


@lru_cache(maxsize=512)
def linker(
    revision_id: int | None = None, *, terms_here: bool = False
) -> markdown.Link:
    """Links as they are in a page; the same function again, so that it can be cached.

    Pictures need the revision that holds them; `terms_here` leads to the glossary at
    the end of the page rather than to the whole one.
    """

    def link(scheme: str, target: str) -> str | None:
        key, _hash, anchor = target.partition("#")
        match scheme:
            case "term":
                page = "" if terms_here else url_for("catalogue.glossary")
                return f"{page}#term-{key}"
            case "lesson":
                return url_for("lesson.show", key=key, _anchor=anchor or None)
            case "quiz":
                return url_for("quiz.show", key=key)
            case "lab":
                return url_for("lab.show", key=key)
            case "image" if revision_id:
                return url_for(
                    "catalogue.picture", revision_id=revision_id, path=target
                )
            case _:
                return None

    return link


def init_app(app: Flask) -> None:
    """Let templates write Markdown in the language of the page."""
    app.jinja_env.filters["markdown"] = lambda text: _safe(markdown.html, text)
    app.jinja_env.filters["inline"] = lambda text: _safe(markdown.inline, text)


def _safe(render: Callable[..., str], text: str) -> Markup:
    return Markup(render(text, linker(), language()))  # noqa: S704 - see base/markdown
