"""Pages by which a trainer brings a list of people into a cohort."""

from collections.abc import Container, Sequence
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import get_timezone
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.access import allowed
from course.base.i18n import _, language, ngettext
from course.base.spreadsheet.separated import as_text
from course.base.spreadsheet.table import Note, UnreadableSheetError
from course.base.spreadsheet.writing import (
    CSV,
    Column,
    download,
    write_csv,
    write_xlsx,
)
from course.domain.rights import May
from course.domain.roster import Fate, Fated, Roster, read_roster
from course.features.centre.models import Cohort
from course.features.centre.queries import cohort_of
from course.features.centre.services import ClosedError
from course.features.roster import queries, services, wording
from course.features.roster.forms import ConfirmForm, ListForm, packed

bp = Blueprint("roster", __name__)
Page = str | Response | tuple[str, int]
MOST_NAMED = 40


def _cohort(cohort_id: int) -> Cohort:
    return cohort_of(current_user, cohort_id) or abort(404)


@bp.get("/cohorts/<int:cohort_id>/import")
@allowed(May.FOLLOW)
def choose(cohort_id: int) -> str:
    """Ask for the list, and say which columns are understood."""
    return _choose_page(_cohort(cohort_id), ListForm())


def _choose_page(cohort: Cohort, form: ListForm) -> str:
    return render_template("roster/choose.html", cohort=cohort, form=form)


@bp.get("/cohorts/<int:cohort_id>/import/template.<any(csv, xlsx):ending>")
@allowed(May.FOLLOW)
def template(cohort_id: int, ending: str) -> Response:
    """A list to fill in, in the reader's language."""
    _cohort(cohort_id)
    labels = (_("First name"), _("Last name"), _("Sign-in name"))
    columns = [Column(label, 24) for label in labels]
    how: dict[str, Any] = {"language": language(), "zone": get_timezone()}
    data = (
        write_csv(columns, [], **how)
        if ending == CSV
        else write_xlsx(_("My learners"), columns, [], **how)
    )
    return download(data, f"{_('list')}.{ending}")


@bp.post("/cohorts/<int:cohort_id>/import")
@allowed(May.FOLLOW)
def preview(cohort_id: int) -> Page:
    """What would happen to each line; nothing is written."""
    cohort, form = _cohort(cohort_id), ListForm()
    if not form.validate():
        return _choose_page(cohort, form), 422
    try:
        table = form.table()
    except UnreadableSheetError as error:
        form.refuse(wording.sentence(error))
        return _choose_page(cohort, form), 422
    roster = read_roster(table, bare=form.bare)
    if not roster.readable:
        form.refuse(wording.sentence(roster.issues[0]))
        return _choose_page(cohort, form), 422
    pasted = form.pasted.data if form.bare else None
    return _preview_page(cohort, roster, table.notes, text=pasted)


def _preview_page(
    cohort: Cohort,
    roster: Roster,
    notes: Sequence[Note] = (),
    namesakes: Container[int] = (),
    text: str | None = None,
) -> str:
    fates = queries.fates_of(cohort.id, roster.people, ())
    kinds = {fate: [one for one in fates if one.fate is fate] for fate in Fate}
    return render_template(
        "roster/preview.html",
        cohort=cohort,
        new=kinds[Fate.NEW],
        here=kinds[Fate.HERE],
        twice=kinds[Fate.TWICE],
        wrong=kinds[Fate.WRONG],
        rows=_rows(fates),
        say=wording.line_sentence,
        notes=[wording.sentence(one) for one in (*notes, *roster.issues)],
        ignored=roster.ignored,
        namesakes=namesakes,
        lines=packed(roster.table),
        form=ListForm(formdata=None, pasted=text or as_text(roster.table.lines)),
    )


def _rows(fates: Sequence[Fated]) -> list[tuple[str, str, int]]:
    """The table of new people: a name, the sign-in name to come, the line."""
    logins = queries.logins_for(fates)
    return [
        (fated.person.name, logins[fated.person.line], fated.person.line)
        for fated in fates
        if fated.fate is Fate.NEW
    ]


@bp.post("/cohorts/<int:cohort_id>/import/people")
@allowed(May.FOLLOW)
def submit(cohort_id: int) -> Page:
    """Add the people who were shown; what changed meanwhile is shown again."""
    cohort, form = _cohort(cohort_id), ConfirmForm()
    try:
        roster = read_roster(form.table())
    except UnreadableSheetError:
        abort(400)
    if not form.validate() or not roster.readable:
        abort(400)
    try:
        added = services.add_people(
            current_user,
            cohort,
            roster.people,
            namesakes=set(form.namesakes.data or ()),
            leaving_out="leaving-out" in request.form,
        )
    except services.NotUnderstoodError:
        return _preview_page(cohort, roster, (), set(form.namesakes.data or ())), 422
    except ClosedError:
        return redirect(url_for("roster.choose", cohort_id=cohort.id))
    if not added:
        flash(_("Everybody of this list is in the cohort already."), "message")
        return redirect(url_for("tracking.cohort", cohort_id=cohort.id))
    said = ngettext("%(num)s person added.", "%(num)s people added.", len(added))
    flash(said, "good")
    # That page ticks those who cannot sign in yet: the new ones, when they are many.
    who = [user.id for user in added] if len(added) <= MOST_NAMED else []
    return redirect(url_for("centre.slips_choose", cohort_id=cohort.id, who=who))


def init_app(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
