"""The path: all modules, and one module with its steps."""

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base import navigation
from course.base.access import allowed
from course.base.i18n import _l
from course.domain.rights import May
from course.features.catalogue.queries import shelf
from course.features.path.queries import here_of, path_of, stage_of, stamps_of
from course.features.progress.queries import standings_of

bp = Blueprint("path", __name__)


@bp.get("/path")
@allowed(May.LEARN)
def home() -> Response | str:
    """Where am I, how long still, what next."""
    if not current_user.is_guest and current_user.informed_at is None:
        return redirect(url_for("account.welcome"))
    path = path_of(shelf().library, standings_of(current_user.id))
    return render_template(
        "path/home.html",
        path=path,
        here=here_of(current_user, path),
        stamps=stamps_of(current_user.id),
    )


@bp.get("/modules/<key>")
@allowed(May.LEARN)
def module(key: str) -> str:
    """One module: what one will be able to do, and its steps."""
    found = shelf().module(key)
    stage = stage_of(found, shelf().library, standings_of(current_user.id))
    stamp = stamps_of(current_user.id).get(key)
    return render_template("path/module.html", stage=stage, stamp_at=stamp)


def init_app(app: Flask) -> None:
    """Add these pages to the menu."""
    app.register_blueprint(bp)
    navigation.declare(
        "path.home",
        _l("My path"),
        right=May.LEARN,
        place=10,
        covers=(
            "/modules/",
            "/lessons/",
            "/labs/",
            "/runs/",
            "/quizzes/",
            "/attempts/",
        ),
    )
