"""Home, language, notices, health, and the pages that say what went wrong."""

from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Flask,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from course.base import migrations, security
from course.base.access import public
from course.base.db import db, give_up
from course.base.fragments import render
from course.base.i18n import COOKIE, LANGUAGES, _, language_of_browser, speaking
from course.base.logs import log
from course.base.static import static
from course.features.account import entry
from course.features.account import services as accounts
from course.features.catalogue import queries as catalogue
from course.features.path.queries import path_of

bp = Blueprint("site", __name__)
YEAR = 365 * 24 * 3600


@bp.get("/")
@public
def home() -> AnyResponse | str:
    """What this is, and the two ways in."""
    if current_user.is_authenticated:
        return redirect(url_for("path.home"))
    published = catalogue.edition_id() is not None
    stages = path_of(catalogue.shelf().library, {}).stages if published else ()
    first = next((stage.next for stage in stages if stage.next), None)
    return render_template("site/home.html", stages=stages, first=first)


@bp.post("/language")
@public
def language() -> AnyResponse:
    """Speak another language, here and on the next visit."""
    chosen = request.form.get("language", "")
    target = security.own_address(request.form.get("next")) or url_for("site.home")
    response = redirect(target)
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure,
        )
        if current_user.is_authenticated:
            accounts.set_language(current_user, chosen)
    return response


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is kept about people, in ten lines."""
    return render_template("site/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("site/accessibility.html")


@bp.get("/help")
@public
def help() -> str:  # noqa: A001 - the endpoint's name is the page's
    """Whom to ask, and how the course works."""
    return render_template("site/help.html")


@bp.get("/style")
@public
def style() -> str:
    """Every part of the pages, once: for designers, and for the tests."""
    return render_template("site/style.html")


@bp.get("/favicon.ico")
@public
def icon() -> AnyResponse:
    """Old browsers ask here whatever the page says."""
    return redirect(static("icon.svg"))


@bp.get("/healthz")
@public
def health() -> AnyResponse:
    """Whether the database answers, is migrated, and something is published."""
    report: dict[str, Any] = {"database": False, "migrations": False, "revision": None}
    try:
        report["migrations"] = migrations.is_ready(db.engine)
        report["database"] = True
        report["revision"] = catalogue.edition_id() if report["migrations"] else None
    except (SQLAlchemyError, migrations.NewerDatabaseError):
        log.warning("health", **report)
    ready = report["migrations"] and report["revision"] is not None
    response = jsonify(report)
    response.status_code = 200 if ready else 503
    return response


def sentence_for(code: int) -> str:
    """What to do about an error, in the reader's language."""
    sentences = {
        400: _("This page could not read what was sent. Go back and try again."),
        401: _("Sign in to see this page."),
        403: _("This page is not for your account."),
        404: _("There is nothing at this address."),
        405: _("This address cannot be opened like this. Go back and use the button."),
        410: _("This link has been used or is too old."),
        413: _("This is too big to be kept. Send something shorter."),
        429: _("Too many tries. Wait 15 minutes, then try again."),
        503: _("Nothing is published yet. Come back in a moment."),
    }
    broken = _("Something broke on our side. What you had sent before is kept.")
    return sentences.get(code, broken)


def wants_json() -> bool:
    """Whether a script asks, rather than a person."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def show_error(error: HTTPException) -> AnyResponse:
    """One page, or one JSON object, for every refusal."""
    code = error.code or 500
    first = _sign_in_first() if code == HTTPStatus.UNAUTHORIZED else None
    if first is not None:
        return first
    message = (
        _("This page was open too long. Open it again, then send it once more.")
        if isinstance(error, CSRFError)
        else sentence_for(code)
    )
    if wants_json():
        return make_response(jsonify(message=message), code)
    return make_response(
        render_template("site/error.html", code=code, message=message), code
    )


def _sign_in_first() -> AnyResponse | None:
    """What brings one back here, when it is the session that lacks."""
    if wants_json():
        return entry.reply_after_idle()
    if request.method in {"GET", "HEAD"}:
        here = f"{request.script_root}{request.full_path}".rstrip("?")
        return redirect(url_for("account.sign_in", next=here))
    return entry.page_after_idle()


def show_crash(error: Exception) -> AnyResponse:
    """Say it calmly; the log has the rest."""
    log.error("crash", exc_info=error)
    # Whatever broke may be the database, which alone knows the account's language.
    with speaking(language_of_browser()):
        give_up()
        message = sentence_for(500)
        if wants_json():
            return make_response(jsonify(message=message), 500)
        return make_response(str(render("site/crash.html", message=message)), 500)


def init_app(app: Flask) -> None:
    """Add these pages, and say every error in the reader's words."""
    app.register_blueprint(bp)
    app.register_error_handler(HTTPException, show_error)
    if not app.testing:
        app.register_error_handler(Exception, show_crash)
