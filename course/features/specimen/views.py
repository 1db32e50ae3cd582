"""Pages of a specimen: the document beside its data, the files, the official check."""

from io import BytesIO

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.access import allowed
from course.base.i18n import _
from course.domain.einvoice import rules
from course.domain.rights import May
from course.features.specimen import wording
from course.features.specimen.checker import (
    UNKNOWN,
    BusyError,
    Checker,
    Progress,
    digest_of,
)
from course.features.specimen.issued import Specimen, specimen

bp = Blueprint("specimen", __name__)
EXTENSION = "specimen"


@bp.get("/runs/<int:run_id>/invoices/<name>")
@allowed(May.LEARN)
def show(run_id: int, name: str) -> str:
    """The document and its data, each value leading to its place in the other."""
    return _page("specimen/show.html", specimen(current_user.id, run_id, name))


@bp.get("/runs/<int:run_id>/invoices/<name>.pdf")
@allowed(May.LEARN)
def pdf(run_id: int, name: str) -> Response:
    """The page with its data inside: Factur-X."""
    found = specimen(current_user.id, run_id, name)
    return _file(found.pdf(), f"{found.invoice.number}.pdf", "application/pdf")


@bp.get("/runs/<int:run_id>/invoices/<name>.xml")
@allowed(May.LEARN)
def xml(run_id: int, name: str) -> Response:
    """Its data alone."""
    found = specimen(current_user.id, run_id, name)
    return _file(found.xml, f"{found.invoice.number}.xml", "application/xml")


@bp.post("/runs/<int:run_id>/invoices/<name>/check")
@allowed(May.LEARN)
def check_start(run_id: int, name: str) -> Response:
    """Have the official rules look at it, beside the pages."""
    found = specimen(current_user.id, run_id, name)
    asked = _ask(found.xml)
    if asked is None:
        return redirect(url_for("specimen.show", run_id=run_id, name=name))
    # Another node may answer the next request: the address says what was asked.
    return redirect(
        url_for("specimen.check", run_id=run_id, name=name, asked=asked), 303
    )


@bp.get("/runs/<int:run_id>/invoices/<name>/check")
@allowed(May.LEARN)
def check(run_id: int, name: str) -> str:
    """How far the check is, then what it found, in the lesson's words."""
    found = specimen(current_user.id, run_id, name)
    progress = _progress(found.xml)
    report = progress.report or ()
    return _page(
        "specimen/check.html",
        found,
        progress=progress,
        lacks=rules.explained(report, found.invoice),
        others=rules.unexplained(report),
        beyond=rules.beyond(found.invoice) if report else (),
        is_whole=rules.is_whole(report),
        rules=rules,
    )


def _progress(data: bytes) -> Progress:
    """How far it is; a node that was not asked begins it, if another one was.

    It only reckons: nothing is written about anybody.
    """
    checker = _checker()
    progress = checker.progress(digest_of(data))
    if progress is not UNKNOWN or request.args.get("asked") != digest_of(data):
        return progress
    return checker.progress(_ask(data) or "")


def _ask(data: bytes) -> str | None:
    try:
        return _checker().ask(data)
    except BusyError:
        flash(
            _("Many invoices wait to be checked. Ask again in a minute."), "attention"
        )
        return None


def _checker() -> Checker:
    return current_app.extensions[EXTENSION]


def _page(template: str, found: Specimen, **more: object) -> str:
    return render_template(
        template,
        specimen=found,
        run=found.opened.run,
        lab=found.opened.lab,
        title=wording.heading(found.invoice),
        words=wording,
        **more,
    )


def _file(content: bytes, name: str, kind: str) -> Response:
    return send_file(
        BytesIO(content), mimetype=kind, as_attachment=True, download_name=name
    )


def init_app(app: Flask) -> None:
    """Add these pages; the program that checks begins with the first check."""
    app.register_blueprint(bp)
    app.extensions[EXTENSION] = Checker(app.config["SETTINGS"].instance / "checks")
