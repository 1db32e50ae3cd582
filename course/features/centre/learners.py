"""Pages about a cohort's learners: add them, print their slips, move, take out."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.access import allowed
from course.base.i18n import _
from course.domain.rights import May
from course.features.account.models import User
from course.features.account.words import sort_name
from course.features.centre import poster, queries, services
from course.features.centre.desk import (
    Page,
    address_of,
    bp,
    left_already,
    new_form,
    own_cohort,
    own_learner,
    page_asked,
    to_cohort,
)
from course.features.centre.forms import AddLearnersForm, MoveForm, whole
from course.features.centre.models import Cohort


@bp.get("/cohorts/<int:cohort_id>/learners/new")
@allowed(May.FOLLOW)
def learner_new(cohort_id: int) -> str:
    """Ask for the names of who comes in."""
    return _names_page(own_cohort(cohort_id), AddLearnersForm(made=new_form()))


def _names_page(
    cohort: Cohort, form: AddLearnersForm, twice: Sequence[str] = ()
) -> str:
    return render_template(
        "centre/learner_new.html", cohort=cohort, form=form, twice=twice
    )


@bp.post("/cohorts/<int:cohort_id>/learners/new")
@allowed(May.FOLLOW)
def learner_create(cohort_id: int) -> Page:
    """Make their accounts, and go on to their slips."""
    cohort, form = own_cohort(cohort_id), AddLearnersForm()
    if not form.validate_on_submit():
        return _names_page(cohort, form), 422
    names = form.listed()
    twice = _twice(cohort, names)
    mark = form.made.data or new_form()
    sure = form.anyway.data or services.were_added(names, mark)
    if twice and not sure:
        return _names_page(cohort, form, twice), 422
    try:
        made = services.add_learners(current_user, cohort, names, form=mark)
    except services.ClosedError:
        form.names.errors = [_("This cohort is archived. Open it again first.")]
        return _names_page(cohort, form), 422
    flash(_("The accounts are made. Print their slips."), "good")
    who = [user.id for user in made]
    return redirect(url_for("centre.slips_choose", cohort_id=cohort.id, who=who))


def _twice(cohort: Cohort, names: Sequence[str]) -> list[str]:
    """Those who are there already, and those written twice."""
    known = queries.already_there(cohort.id, names)
    found: list[str] = []
    for name in names:
        if sort_name(name) in known and name not in found:
            found.append(name)
        known.add(sort_name(name))
    return found


# ---- Slips


@bp.get("/cohorts/<int:cohort_id>/slips/new")
@allowed(May.FOLLOW)
def slips_choose(cohort_id: int) -> str:
    """Who gets a slip: those without a password, unless the address says who."""
    return _choice_page(own_cohort(cohort_id))


def _choice_page(cohort: Cohort, problem: str = "") -> str:
    page = page_asked()
    places = queries.places_of(cohort.id, page)
    asked = set(request.args.getlist("who", type=int))
    ticked = asked or {one.id for one in places if not one.has_password}
    return render_template(
        "centre/slips_choose.html",
        cohort=cohort,
        places=places[: queries.SHEET],
        more=len(places) > queries.SHEET,
        page=page,
        ticked=ticked,
        made=new_form(),
        problem=problem,
        days=services.SLIP_AGE.days,
    )


@bp.post("/cohorts/<int:cohort_id>/slips")
@allowed(May.FOLLOW)
def slips(cohort_id: int) -> Page:
    """The page to print: one slip for each of those who were ticked."""
    cohort = own_cohort(cohort_id)
    ids = [whole(each) for each in request.form.getlist("who")[: queries.SHEET]]
    users = queries.learners_by_ids(cohort.id, ids)
    if not users:
        return _choice_page(cohort, _("Tick one person at least.")), 422
    return _sheet(cohort, users)


@bp.post("/cohorts/<int:cohort_id>/learners/<int:user_id>/slip")
@allowed(May.FOLLOW)
def slip(cohort_id: int, user_id: int) -> Page:
    """The same for one person."""
    cohort, learner = own_learner(cohort_id, user_id)
    if learner.erased_at is not None:
        abort(404)
    users = queries.learners_by_ids(cohort.id, [learner.id])
    if not users:
        return _choice_page(cohort, _only_admins()), 422
    return _sheet(cohort, users)


def _only_admins() -> str:
    return _("This person trains or administrates: an administrator gives access.")


def _sheet(cohort: Cohort, users: Sequence[User]) -> str:
    made = services.make_slips(
        current_user, cohort, users, request.form.get("made") or new_form()
    )
    title = _("The address, for a phone's camera")
    cards = [
        (one, _in_fours(one.word), poster.square(address, title, side=poster.SMALL))
        for one in made.all
        for address in [address_of("account.link", token=one.word)]
    ]
    return render_template(
        "centre/slips.html",
        cohort=cohort,
        cards=cards,
        until=made.until,
        short_address=address_of("centre.join").partition("://")[2],
    )


def _in_fours(word: str) -> str:
    """A long word as one reads it aloud."""
    return " ".join(word[at : at + 4] for at in range(0, len(word), 4))


# ---- Moving and taking out


@bp.get("/cohorts/<int:cohort_id>/learners/<int:user_id>/move")
@allowed(May.FOLLOW)
def move(cohort_id: int, user_id: int) -> str:
    """Ask for the cohort in which somebody goes on."""
    cohort, learner = own_learner(cohort_id, user_id)
    cohorts = queries.open_cohorts(current_user, besides=cohort.id)
    return _move_page(cohort, learner, MoveForm(cohorts=cohorts))


def _move_page(cohort: Cohort, learner: User, form: MoveForm) -> str:
    return render_template(
        "centre/move.html", cohort=cohort, learner=learner, form=form
    )


@bp.post("/cohorts/<int:cohort_id>/learners/<int:user_id>/move")
@allowed(May.FOLLOW)
def move_submit(cohort_id: int, user_id: int) -> Page:
    """Move somebody, with all that was learned."""
    cohort = own_cohort(cohort_id)
    learner = queries.learner_of(cohort.id, user_id)
    if learner is None:
        return left_already(cohort, user_id)
    form = MoveForm(cohorts=queries.open_cohorts(current_user, besides=cohort.id))
    if not form.validate_on_submit():
        return _move_page(cohort, learner, form), 422
    target = form.targets[form.cohort.data]
    try:
        services.move_learner(current_user, learner, cohort, target)
    except services.ClosedError:
        form.cohort.errors = [_("This cohort is archived. Open it again first.")]
        return _move_page(cohort, learner, form), 422
    said = _("%(name)s goes on in “%(cohort)s”.", name=learner.name, cohort=target.name)
    flash(said, "good")
    return to_cohort(target)


@bp.get("/cohorts/<int:cohort_id>/learners/<int:user_id>/remove")
@allowed(May.FOLLOW)
def removal(cohort_id: int, user_id: int) -> str:
    """Say what taking somebody out means, before it is done."""
    cohort, learner = own_learner(cohort_id, user_id)
    return render_template("centre/removal.html", cohort=cohort, learner=learner)


@bp.post("/cohorts/<int:cohort_id>/learners/<int:user_id>/remove")
@allowed(May.FOLLOW)
def learner_remove(cohort_id: int, user_id: int) -> Response:
    """Take somebody out of the cohort; the account stays."""
    cohort = own_cohort(cohort_id)
    learner = queries.learner_of(cohort.id, user_id)
    if learner is None:
        return left_already(cohort, user_id)
    services.remove_learner(current_user, learner, cohort)
    flash(_("%(name)s is no longer in this cohort.", name=learner.name), "good")
    return to_cohort(cohort)
