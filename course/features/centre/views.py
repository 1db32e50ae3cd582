"""Pages of cohorts and centres: join, create, print the poster; trainers."""

from flask import (
    Flask,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base import navigation, security
from course.base.access import allowed, public
from course.base.i18n import _, _l, language
from course.domain.rights import May, Role, Scope
from course.features.account import queries as people
from course.features.account.entry import NameAndPasswordForm, open_session
from course.features.account.words import slip_word
from course.features.centre import editing, learners, merges, queries, services
from course.features.centre import poster as drawing
from course.features.centre.desk import Page, address_of, bp, own_cohort, page_asked
from course.features.centre.forms import (
    AddTrainerForm,
    CodeForm,
    NewCentreForm,
    NewCohortForm,
)
from course.features.centre.models import Centre, Cohort

# Each adds its pages to the blueprint.
PARTS = (editing, learners, merges)


# ---- Joining


@bp.get("/join")
@public
def join() -> Page:
    """Ask for the code; a link may bring it."""
    if "code" in request.args:
        return _knock(CodeForm(formdata=request.args, meta={"csrf": False}))
    return render_template("centre/join.html", form=CodeForm())


@bp.post("/join")
@public
def join_submit() -> Page:
    """Go to the cohort of this code."""
    return _knock(CodeForm())


def _knock(form: CodeForm) -> Page:
    if not form.validate():
        return render_template("centre/join.html", form=form), 422
    word = slip_word(form.code.data or "")
    if word is not None:
        # A slip's rather than a cohort's: it opens an account.
        return redirect(url_for("account.link", token=word))
    found = _found(form.code.data or "")
    if isinstance(found, Cohort):
        return redirect(url_for("centre.invitation", code=found.code))
    return found


def _found(code: str) -> Cohort | tuple[str, int]:
    """The cohort of this code, or the page that says what to do.

    A wrong code is counted even when it comes by a link: guessing would be free.
    """
    form = CodeForm(formdata=None, code=queries.plain_code(code))
    if security.is_closed("join"):
        form.code.errors = [_("Too many tries. Wait 15 minutes, then try again.")]
        return render_template("centre/join.html", form=form), 429
    cohort = queries.cohort_by_code(code)
    if cohort is not None:
        return cohort
    security.count_failure("join")
    form.code.errors = [
        _(
            "No cohort has this code. Check each sign, "
            "or ask your trainer whether the cohort is still open."
        )
    ]
    return render_template("centre/join.html", form=form), 404


@bp.get("/join/<code>")
@public
def invitation(code: str) -> Page:
    """Which cohort this is, who will see what, and how to come in."""
    found = _found(code)
    if not isinstance(found, Cohort):
        return found
    return _invitation_page(found, NameAndPasswordForm())


def _invitation_page(cohort: Cohort, form: NameAndPasswordForm) -> str:
    return render_template(
        "centre/invitation.html", cohort=cohort, form=form, visitor=_visitor(cohort)
    )


def _visitor(cohort: Cohort) -> str:
    """Who reads the invitation: that decides what can be done with it."""
    if not current_user.is_authenticated:
        return "stranger"
    if current_user.may(May.FOLLOW):
        return "trainer"
    if cohort.id in current_user.scopes(Role.LEARNER, Scope.COHORT):
        return "member"
    return "guest" if current_user.is_guest else "learner"


@bp.post("/join/<code>")
@public
def enrol(code: str) -> Page:
    """Come in: with a new account, or with the one that is signed in."""
    cohort = _found(code)
    if not isinstance(cohort, Cohort):
        return cohort
    visitor = _visitor(cohort)
    if visitor == "trainer":
        return redirect(url_for("centre.invitation", code=cohort.code))
    try:
        if visitor in {"learner", "member"}:
            return _join(cohort)
        return _enrol(cohort)
    except services.ClosedError:
        abort(410)


def _join(cohort: Cohort) -> Response:
    services.join_cohort(current_user, cohort)
    flash(_("You are in the cohort “%(name)s”.", name=cohort.name), "good")
    return redirect(url_for("path.home"))


def _enrol(cohort: Cohort) -> Page:
    form = NameAndPasswordForm()
    if not form.validate_on_submit():
        return _invitation_page(cohort, form), 422
    user = services.enrol(
        cohort,
        form.name.data or "",
        form.password.data or "",
        language(),
        guest=current_user if current_user.is_authenticated else None,
        form_id=form.form_id(),
    )
    open_session(user, lasting=form.stay.data)
    return redirect(url_for("account.welcome"))


# ---- Cohorts


@bp.get("/cohorts")
@allowed(May.FOLLOW)
def cohorts() -> str:
    """The cohorts one follows."""
    page = page_asked()
    closed = "closed" in request.args
    found = queries.cohorts_of(current_user, page, closed=closed)
    return render_template(
        "centre/cohorts.html",
        cohorts=found[: queries.PAGE],
        more=len(found) > queries.PAGE,
        page=page,
        closed=closed,
    )


@bp.get("/cohorts/new")
@allowed(May.FOLLOW)
def cohort_new() -> str:
    """Ask what the new cohort is."""
    centres = queries.centres_of(current_user)
    return _cohort_page(NewCohortForm(centres=centres), centres)


def _cohort_page(form: NewCohortForm, centres: list[Centre]) -> str:
    return render_template(
        "centre/cohort_new.html",
        form=form,
        centres=centres,
        may_create_centre=current_user.may(May.ADMINISTRATE),
    )


@bp.post("/cohorts/new")
@allowed(May.FOLLOW)
def cohort_create() -> Page:
    """Create the cohort, and show the poster that brings people in."""
    centres = queries.centres_of(current_user)
    form = NewCohortForm(centres=centres)
    if not centres or not form.validate_on_submit():
        return _cohort_page(form, centres), 422
    cohort = services.create_cohort(
        current_user,
        form.centre_id(),
        form.name.data or "",
        **form.facts(),
    )
    flash(_("The cohort is created. Here is how your learners join it."), "good")
    return redirect(url_for("centre.poster", cohort_id=cohort.id))


@bp.get("/cohorts/<int:cohort_id>/poster")
@allowed(May.FOLLOW)
def poster(cohort_id: int) -> str:
    """A page to print: the code, the address, the picture for phones."""
    cohort = own_cohort(cohort_id)
    address = address_of("centre.invitation", code=cohort.code)
    return render_template(
        "centre/poster.html",
        cohort=cohort,
        address=address,
        short_address=address_of("centre.join"),
        picture=drawing.square(address, _("The address, for a phone's camera")),
    )


# ---- Centres


@bp.get("/centres")
@allowed(May.ADMINISTRATE)
def centres() -> str:
    """Every centre, and a form for a new one."""
    return _centres_page(NewCentreForm())


def _centres_page(form: NewCentreForm) -> str:
    return render_template("centre/centres.html", form=form, centres=queries.centres())


@bp.post("/centres")
@allowed(May.ADMINISTRATE)
def centre_create() -> Page:
    """Create a centre, and go and name its trainers."""
    form = NewCentreForm()
    if not form.validate_on_submit():
        return _centres_page(form), 422
    try:
        centre = services.create_centre(form.name.data or "")
    except services.NameTakenError:
        form.name.errors = [_("There is a centre of this name. Choose another name.")]
        return _centres_page(form), 422
    flash(_("The centre is created. Who trains there?"), "good")
    return redirect(url_for("centre.centre", centre_id=centre.id))


@bp.get("/centres/<int:centre_id>")
@allowed(May.ADMINISTRATE)
def centre(centre_id: int) -> str:
    """One centre: who trains there."""
    return _centre_page(_centre(centre_id), AddTrainerForm())


def _centre(centre_id: int) -> Centre:
    return queries.centre_by_id(centre_id) or abort(404)


def _centre_page(centre: Centre, form: AddTrainerForm) -> str:
    return render_template(
        "centre/centre.html",
        centre=centre,
        trainers=queries.trainers_of(centre.id),
        form=form,
    )


@bp.post("/centres/<int:centre_id>/trainers")
@allowed(May.ADMINISTRATE)
def trainer_add(centre_id: int) -> Page:
    """Let somebody train in this centre."""
    centre, form = _centre(centre_id), AddTrainerForm()
    if not form.validate_on_submit():
        return _centre_page(centre, form), 422
    user = people.user_by_login(form.login.data or "")
    if user is None:
        form.login.errors = [
            _("Nobody has this sign-in name. Create the account first.")
        ]
        return _centre_page(centre, form), 422
    services.add_trainer(centre, user)
    flash(_("%(name)s trains in this centre now.", name=user.name), "good")
    return redirect(url_for("centre.centre", centre_id=centre.id))


@bp.post("/centres/<int:centre_id>/trainers/<int:user_id>/remove")
@allowed(May.ADMINISTRATE)
def trainer_remove(centre_id: int, user_id: int) -> Response:
    """Somebody trains here no more."""
    centre, user = _centre(centre_id), people.user_by_id(user_id) or abort(404)
    services.remove_trainer(centre, user)
    flash(_("%(name)s no longer trains in this centre.", name=user.name), "good")
    return redirect(url_for("centre.centre", centre_id=centre.id))


def init_app(app: Flask) -> None:
    """Add these pages and their lines in the menu."""
    app.register_blueprint(bp)
    navigation.declare("centre.cohorts", _l("My cohorts"), right=May.FOLLOW, place=40)
    navigation.declare(
        "centre.centres", _l("Centres"), right=May.ADMINISTRATE, place=70
    )
