"""Pages about what is published: the glossary, and the pictures of the lessons."""

from flask import Blueprint, Flask, Response, abort, render_template

from course.base.access import public
from course.base.i18n import language
from course.features.account.queries import BESIDES
from course.features.account.words import folded
from course.features.catalogue import queries

bp = Blueprint("catalogue", __name__)
YEAR = 365 * 24 * 3600
# An SVG is a document: opened alone it may neither run nor load anything.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/glossary")
@public
def glossary() -> str:
    """Every term of the course with its meaning."""
    shelf = queries.shelf()
    terms = sorted(
        shelf.library.glossary, key=lambda term: folded(term.term.say(language()))
    )
    return render_template("catalogue/glossary.html", terms=terms)


@bp.get("/pictures/<int:revision_id>/<path:path>")
@public
def picture(revision_id: int, path: str) -> Response:
    """A drawing of a revision; it never changes, so browsers keep it."""
    drawing = queries.picture_of(revision_id, path)
    if drawing is None:
        abort(404)
    response = Response(drawing, content_type="image/svg+xml; charset=utf-8")
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response


def init_app(app: Flask) -> None:
    """Add these pages, and let each request bring the current edition along."""
    app.register_blueprint(bp)
    BESIDES["edition"] = queries.EDITION
