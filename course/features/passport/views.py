"""The passport: its holder, its stamps, what is left until the next one."""

from datetime import timedelta

from flask import Blueprint, Flask, render_template
from flask_login import current_user

from course.base import clock, navigation
from course.base.access import allowed
from course.base.i18n import _l
from course.domain.rights import May
from course.features.passport import jobs, queries
from course.features.path.queries import STAMPS

bp = Blueprint("passport", __name__)
FRESH = timedelta(minutes=30)  # a stamp comes down while its ink is wet


@bp.get("/passport")
@allowed(May.LEARN)
def show() -> str:
    """One's own passport."""
    return render_template(
        "passport/show.html",
        passport=queries.passport_of(current_user),
        dry=clock.now() - FRESH,
    )


def init_app(app: Flask) -> None:
    """Add this page to the menu, and stamps to the path."""
    app.register_blueprint(bp)
    jobs.init_app(app)
    if queries.stamps_of not in STAMPS:
        STAMPS.append(queries.stamps_of)
    navigation.declare("passport.show", _l("My passport"), right=May.LEARN, place=15)
