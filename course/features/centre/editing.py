"""Pages of a cohort as such: edit, copy, archive, who follows it."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.access import allowed
from course.base.i18n import _
from course.domain.rights import May
from course.features.account import queries as people
from course.features.account.models import User
from course.features.centre import queries, services
from course.features.centre.desk import Page, bp, own_cohort, to_cohort
from course.features.centre.forms import CohortForm, CohortTrainerForm
from course.features.centre.models import Cohort


@bp.get("/cohorts/<int:cohort_id>/edit")
@allowed(May.FOLLOW)
def cohort_edit(cohort_id: int) -> str:
    """Its name, place and days; its trainers."""
    cohort = own_cohort(cohort_id)
    return _edit_page(cohort, CohortForm(obj=cohort), _trainer_form(cohort))


def _trainer_form(cohort: Cohort) -> CohortTrainerForm:
    known = {trainer.id for trainer in queries.cohort_trainers(cohort.id)}
    others = queries.trainers_of(cohort.centre_id)
    return CohortTrainerForm(colleagues=[u for u in others if u.id not in known])


def _edit_page(cohort: Cohort, form: CohortForm, adding: CohortTrainerForm) -> str:
    return render_template(
        "centre/cohort_edit.html",
        cohort=cohort,
        form=form,
        adding=adding,
        trainers=queries.cohort_trainers(cohort.id),
    )


@bp.post("/cohorts/<int:cohort_id>/edit")
@allowed(May.FOLLOW)
def cohort_update(cohort_id: int) -> Page:
    """Keep what was changed."""
    cohort, form = own_cohort(cohort_id), CohortForm()
    if not form.validate_on_submit():
        adding = CohortTrainerForm(colleagues=[], formdata=None)
        return _edit_page(cohort, form, adding), 422
    services.update_cohort(current_user, cohort, form.name.data or "", **form.facts())
    flash(_("The cohort is up to date."), "good")
    return to_cohort(cohort)


@bp.post("/cohorts/<int:cohort_id>/trainers")
@allowed(May.FOLLOW)
def cohort_trainer_add(cohort_id: int) -> Page:
    """Let a colleague follow this cohort."""
    cohort = own_cohort(cohort_id)
    form = _trainer_form(cohort)
    found = _chosen(form) if form.validate_on_submit() else None
    if found is None:
        return _edit_page(cohort, CohortForm(formdata=None, obj=cohort), form), 422
    services.add_cohort_trainer(current_user, cohort, found)
    flash(_("%(name)s follows this cohort now.", name=found.name), "good")
    return redirect(url_for("centre.cohort_edit", cohort_id=cohort.id))


def _chosen(form: CohortTrainerForm) -> User | None:
    """The colleague, or who has this sign-in name; else the form says what to do."""
    if form.colleague.data in form.colleagues:
        return form.colleagues[form.colleague.data]
    login = form.login.data or ""
    user = people.user_by_login(login) if login else None
    if user is not None and user.may(May.FOLLOW):
        return user
    if not login:
        sentence = _("Choose a trainer, or write a sign-in name.")
    elif user is None:
        sentence = _("Nobody has this sign-in name. Check each sign.")
    else:
        # To train is a right that administrators give.
        sentence = _("This person does not train yet. Ask an administrator.")
    form.login.errors = [sentence]
    return None


@bp.post("/cohorts/<int:cohort_id>/trainers/<int:user_id>/remove")
@allowed(May.FOLLOW)
def cohort_trainer_remove(cohort_id: int, user_id: int) -> Response:
    """Somebody follows this cohort no more."""
    cohort = own_cohort(cohort_id)
    trainers = {trainer.id: trainer for trainer in queries.cohort_trainers(cohort.id)}
    editing = url_for("centre.cohort_edit", cohort_id=cohort.id)
    user = trainers.get(user_id)
    if user is None:
        # A second click; anybody else never followed it.
        known = queries.was_done(cohort.id, user_id, "trainer-removed")
        return redirect(editing) if known else abort(404)
    try:
        services.remove_cohort_trainer(current_user, cohort, user)
    except services.LastTrainerError:
        flash(_("Somebody must follow the cohort: add another trainer first."))
        return redirect(editing)
    flash(_("%(name)s no longer follows this cohort.", name=user.name), "good")
    if user.id == current_user.id:
        return redirect(url_for("centre.cohorts"))
    return redirect(editing)


@bp.post("/cohorts/<int:cohort_id>/close")
@allowed(May.FOLLOW)
def close(cohort_id: int) -> Response:
    """Let nobody join any more; what was learned stays readable."""
    cohort = own_cohort(cohort_id)
    services.close_cohort(cohort, current_user)
    flash(_("The cohort is archived: nobody can join it any more."), "good")
    return to_cohort(cohort)


@bp.post("/cohorts/<int:cohort_id>/reopen")
@allowed(May.FOLLOW)
def reopen(cohort_id: int) -> Response:
    """Let people join again."""
    cohort = own_cohort(cohort_id)
    services.reopen_cohort(cohort, current_user)
    flash(_("The cohort is open again: people can join it."), "good")
    return to_cohort(cohort)


@bp.post("/cohorts/<int:cohort_id>/copy")
@allowed(May.FOLLOW)
def copy(cohort_id: int) -> Response:
    """A new cohort like this one, without its learners."""
    cohort = own_cohort(cohort_id)
    name = _("%(name)s (copy)", name=cohort.name[:60])
    made = services.copy_cohort(current_user, cohort, name)
    flash(_("The copy is made: give it its name and its days."), "good")
    return redirect(url_for("centre.cohort_edit", cohort_id=made.id))
