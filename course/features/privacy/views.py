"""Pages of my data: see all, take it away, correct, erase; the proofs kept."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from course.base import clock, navigation, security
from course.base.access import allowed
from course.base.forms import cleaned
from course.base.i18n import _, _l, show_instant
from course.base.personal import LIMITS, Holding, Until
from course.domain.rights import May
from course.features.account import queries as people
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.privacy import queries, services
from course.features.privacy.forms import EraseForm, EraseMineForm, NameForm

bp = Blueprint("privacy", __name__)
SHOWN = 20  # rows of a table on the page; the file has them all
Page = str | AnyResponse | tuple[str, int]

UNTIL: dict[Until, Any] = {
    Until.ACCOUNT: _l("3 years after the last time you learned here"),
    Until.ANSWERS: _l("1 year; then nobody can tell whose they were"),
    Until.NOTES: _l("1 year"),
    Until.LINKS: _l("30 days after it was used or closed"),
    Until.FAILURES: _l("1 day"),
    Until.JOURNAL: _l("1 year"),
    Until.PROOFS: _l("5 years"),
    Until.WORK: _l("as long as the course, without your name once you have erased it"),
}


@bp.get("/my-data")
@allowed(May.LEARN)
def mine() -> str:
    """All that is held about who asks: why, how long, and the rows themselves."""
    return _mine_page(NameForm(data={"name": current_user.name}))


def _mine_page(form: NameForm) -> str:
    return render_template(
        "privacy/mine.html",
        form=form,
        held=_held(),
        until=UNTIL,
        years=LIMITS[Until.PROOFS].days // 365,
    )


def _held() -> list[tuple[Holding, list[dict[str, str]], int]]:
    """Each table with its last rows and how many there are; the empty ones last."""
    held = [
        (holding, [_said(row) for row in rows], count)
        for holding, rows, count in queries.summary_of(current_user.id, SHOWN)
    ]
    return sorted(held, key=lambda one: one[2] == 0)


def _said(row: dict[str, Any]) -> dict[str, str]:
    """The values of a row as somebody reads them; what is not there is left out."""
    return {name: _words(value) for name, value in row.items() if value is not None}


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return show_instant(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


@bp.get("/my-data.json")
@allowed(May.LEARN)
def export() -> Response:
    """The same, whole, for a machine."""
    held = {
        holding.name: rows for holding, rows in queries.everything_of(current_user.id)
    }
    text = json.dumps(
        {"made_at": clock.now(), **held},
        ensure_ascii=False,
        indent=2,
        default=datetime.isoformat,
    )
    response = Response(f"{text}\n", mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/my-data")
@allowed(May.LEARN)
def correct() -> Page:
    """Write the name rightly."""
    form = NameForm()
    if not form.validate_on_submit():
        return _mine_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    services.correct(current_user, form.name.data or "")
    flash(_("Your name is corrected."), "good")
    return redirect(url_for("privacy.mine"))


@bp.get("/my-data/erase")
@allowed(May.LEARN)
def erase() -> str:
    """What erasing does, what stays, and the last question."""
    return _erase_page(_erase_form())


def _erase_form() -> EraseForm:
    return EraseForm() if current_user.is_guest else EraseMineForm()


def _erase_page(form: EraseForm) -> str:
    return render_template(
        "privacy/erase.html",
        form=form,
        proof=queries.training_of(current_user.id) is not None,
        years=LIMITS[Until.PROOFS].days // 365,
    )


@bp.post("/my-data/erase")
@allowed(May.LEARN)
def erase_submit() -> Page:
    """Erase who asks, and close the session."""
    form = _erase_form()
    right = form.validate_on_submit()
    if right and isinstance(form, EraseMineForm):
        right = _is_right(form)
    if not right:
        return _erase_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        services.erase(current_user, by=current_user)
    except accounts.LastAdminError:
        flash(_("Somebody must stay administrator: name another one first."))
        return redirect(url_for("privacy.erase"))
    logout_user()
    session.clear()
    flash(_("Your data are erased. This browser has forgotten them as well."), "good")
    response = redirect(url_for("site.home"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _is_right(form: EraseMineForm) -> bool:
    """Whether the password is; wrong ones are counted as where one signs in."""
    if security.is_closed("sign-in", current_user.login):
        form.password.errors = [_("Too many tries. Wait 15 minutes, then try again.")]
        return False
    if accounts.right_password(current_user, form.password.data or ""):
        return True
    security.count_failure("sign-in", current_user.login)
    form.password.errors = [_("This is not your password. Nothing was erased.")]
    return False


# ---- For administrators


@bp.get("/accounts/<int:user_id>/erase")
@allowed(May.ADMINISTRATE)
def erase_account(user_id: int) -> str:
    """Ask an admin to be sure: somebody wants an account erased."""
    return _account_page(_account(user_id), EraseForm())


def _account(user_id: int) -> User:
    user = people.user_by_id(user_id)
    if user is None or user.login is None:
        abort(404)
    return user


def _account_page(user: User, form: EraseForm) -> str:
    return render_template("privacy/erase_account.html", user=user, form=form)


@bp.post("/accounts/<int:user_id>/erase")
@allowed(May.ADMINISTRATE)
def erase_account_submit(user_id: int) -> Page:
    """Erase this account."""
    user, form = _account(user_id), EraseForm()
    if not form.validate_on_submit():
        return _account_page(user, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        pseudonym = services.erase(user, by=current_user)
    except accounts.LastAdminError:
        flash(_("Somebody must stay administrator: name another one first."))
        return redirect(url_for("account.account", user_id=user_id))
    flash(_("Erased. %(name)s stands there now.", name=pseudonym), "good")
    return redirect(url_for("account.accounts"))


@bp.get("/proofs")
@allowed(May.ADMINISTRATE)
def proofs() -> str:
    """The proofs of training of people who were erased."""
    search = cleaned(request.args.get("q", "")[:80]) or ""
    page = min(10_000, max(1, request.args.get("page", 1, type=int)))
    found, more = queries.proofs(search, page)
    return render_template(
        "privacy/proofs.html", proofs=found, more=more, page=page, search=search
    )


def init_app(app: Flask) -> None:
    """Add these pages and their lines in the menu."""
    app.register_blueprint(bp)
    navigation.declare("privacy.mine", _l("My data"), right=May.LEARN, place=35)
    navigation.declare(
        "privacy.proofs", _l("Proofs kept"), right=May.ADMINISTRATE, place=85
    )
