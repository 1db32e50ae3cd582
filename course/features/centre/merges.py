"""Pages about two accounts of one person, and about what was done to a cohort."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from course.base.access import allowed
from course.base.forms import cleaned
from course.base.i18n import _
from course.domain.rights import May
from course.features.account import merging
from course.features.account import queries as people
from course.features.account.models import User
from course.features.centre import namesakes, queries, wording
from course.features.centre.desk import Page, bp, own_cohort, page_asked
from course.features.centre.forms import whole
from course.features.centre.models import Cohort


@bp.get("/cohorts/<int:cohort_id>/merge")
@allowed(May.FOLLOW)
def merge_choose(cohort_id: int) -> Page:
    """Which two accounts; when the address names both, what each one holds."""
    cohort = own_cohort(cohort_id)
    first, second = (request.args.get(name, 0, type=whole) for name in ("a", "b"))
    login = cleaned(request.args.get("login", "")[:80])
    if login:
        other = people.user_by_login(login)
        if other is None or queries.followed_learner(current_user, other.id) is None:
            return _choice(cohort, first, _unknown()), 422
        second = other.id
    if first and second:
        return _comparison(cohort, first, second)
    if "b" in request.args:  # the form was sent, and somebody is missing
        return _choice(cohort, first, _("Choose two accounts to compare.")), 422
    return _choice(cohort, first)


def _unknown() -> str:
    """The same whether nobody has this name, or somebody of other trainers."""
    return _("Nobody in your cohorts has this sign-in name. Check each sign.")


def _choice(cohort: Cohort, first: int, problem: str = "") -> str:
    places = queries.places_of(cohort.id)[: queries.SHEET]
    by_id = {one.id: one for one in places}
    found = namesakes.pairs((one.id, one.name) for one in places)
    return render_template(
        "centre/merge_choose.html",
        cohort=cohort,
        places=places,
        pairs=[(by_id[one], by_id[other]) for one, other in found[:MOST]],
        first=first,
        problem=problem,
    )


MOST = 20  # pairs: who looks for one does not read more


def _comparison(cohort: Cohort, *ids: int) -> Page:
    found = [queries.followed_learner(current_user, one) for one in ids]
    two = [user for user in found if user is not None]
    if len(two) != len(ids):
        abort(404)
    one, other = two
    if not merging.mergeable(current_user, one, other):
        return _choice(cohort, one.id, _unmergeable()), 422
    facts = [fact for known in merging.FACTS for fact in known(ids)]
    ways = [
        (kept, gone, [each for stays in merging.STAYS for each in stays(*pair)])
        for kept, gone in ((one, other), (other, one))
        for pair in [(kept.id, gone.id)]
    ]
    return render_template(
        "centre/merge.html",
        cohort=cohort,
        two=two,
        facts=facts,
        ways=ways,
        days=merging.MONTH.days,
    )


def _unmergeable() -> str:
    return _(
        "Choose two different accounts of learners, both in use. "
        "The account of somebody who trains is not joined to another."
    )


@bp.post("/cohorts/<int:cohort_id>/merge")
@allowed(May.FOLLOW)
def merge(cohort_id: int) -> Page:
    """Make one account of two."""
    cohort = own_cohort(cohort_id)
    ids = whole(request.form.get("kept")), whole(request.form.get("gone"))
    kept = queries.followed_learner(current_user, ids[0])
    gone = people.user_by_id(ids[1])
    if kept is None or gone is None or not _mine(gone, kept):
        return _choice(cohort, 0, _unmergeable()), 422
    try:
        line = merging.merge(current_user, kept, gone, cohort.id)
    except merging.UnmergeableError:
        return _choice(cohort, kept.id, _unmergeable()), 422
    said = _(
        "The two accounts are one. The sign-in name is %(login)s.", login=kept.login
    )
    flash(said if line else _("These two accounts were one already."), "good")
    return redirect(url_for("centre.journal", cohort_id=cohort.id))


def _mine(gone: User, kept: User) -> bool:
    """Somebody one follows, or did before a first click took the account away."""
    if gone.merged_into_id == kept.id:
        return True
    return queries.followed_learner(current_user, gone.id) is not None


@bp.post("/cohorts/<int:cohort_id>/journal/<int:line_id>/part")
@allowed(May.FOLLOW)
def part(cohort_id: int, line_id: int) -> Page:
    """Undo it: each account has again what was its own."""
    cohort = own_cohort(cohort_id)
    if queries.line_of(cohort.id, line_id) is None:
        abort(404)
    try:
        merging.part(current_user, line_id)
        flash(_("Each account has again what was its own."), "good")
    except merging.UnpartableError:
        flash(_("These accounts can no longer be parted."), "attention")
    return redirect(url_for("centre.journal", cohort_id=cohort.id))


@bp.get("/cohorts/<int:cohort_id>/journal")
@allowed(May.FOLLOW)
def journal(cohort_id: int) -> str:
    """What was done to this cohort and its people, by whom and when."""
    cohort = own_cohort(cohort_id)
    page = page_asked()
    found = queries.journal_of(cohort.id, page)
    lines = found[: queries.PAGE]
    return render_template(
        "centre/journal.html",
        cohort=cohort,
        lines=list(zip(lines, wording.said(lines), strict=True)),
        undoable=queries.undoable(lines),
        more=len(found) > queries.PAGE,
        page=page,
    )
