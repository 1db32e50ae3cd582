"""Pages about oneself: sign in and out, try as a guest, profile, links; accounts."""

from typing import TYPE_CHECKING, Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import LoginManager, current_user, logout_user
from werkzeug.wrappers import Response

from course.base import navigation, security
from course.base.access import allowed, public
from course.base.forms import cleaned
from course.base.i18n import _, _l, language
from course.domain.rights import May, Role
from course.features.account import queries, services, signals
from course.features.account.entry import (
    NameAndPasswordForm,
    SignInForm,
    close_session,
    open_session,
    sign_in_page,
)
from course.features.account.forms import (
    ROLES,
    NewAccountForm,
    NewPasswordForm,
    ProfileForm,
    RoleForm,
)
from course.features.account.kept import unpacked
from course.features.account.models import OneTimeLink, User
from course.features.account.words import slip_word

if TYPE_CHECKING:
    from course.base.settings import Settings

bp = Blueprint("account", __name__)
login_manager = LoginManager()


def after_sign_in() -> Response:
    """Go where one wanted to go, if it is here; else on one's path."""
    target = security.own_address(request.args.get("next"))
    return redirect(target or url_for("path.home"))


@bp.get("/sign-in")
@public
def sign_in() -> Response | str:
    """Ask for the sign-in name and the password."""
    if current_user.is_authenticated and not current_user.is_guest:
        return after_sign_in()
    return sign_in_page(SignInForm())


@bp.post("/sign-in")
@public
def sign_in_submit() -> Response | str | tuple[str, int]:
    """Open the session, or say that name and password do not go together."""
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(form), 422
    typed = form.login.data or ""
    user = queries.user_by_name_typed(typed)
    # One door for all the ways of typing a name.
    door = user.login if user and user.login else typed
    if security.is_closed("sign-in", door):
        form.login.errors = [
            _("Too many tries. Wait 15 minutes, or ask your trainer for a new slip.")
        ]
        return sign_in_page(form), 429
    if not services.right_password(user, form.password.data or "") or user is None:
        security.count_failure("sign-in", door)
        form.login.errors = [
            _(
                "This name and this password do not go together. "
                "Check both, or ask your trainer for a new slip."
            )
        ]
        return sign_in_page(form), 422
    refusal = _refusal(user)
    if refusal:
        form.login.errors = [refusal]
        return sign_in_page(form), 403
    return _come_in(user, form)


def _refusal(user: User) -> str:
    """Why somebody does not come in, although the password is right."""
    if user.merged_into_id is not None:
        return _(
            "This account was joined with another one: sign in with %(login)s.",
            login=queries.survivor_of(user).login,
        )
    if queries.is_closed(user):
        return _("This account is closed. Ask your trainer for a new one.")
    settings: Settings = current_app.config["SETTINGS"]
    if user.demo and not settings.demo and not security.is_local():
        return _(
            "This account of the demonstration opens only on the machine that serves."
        )
    return ""


def _come_in(user: User, form: SignInForm) -> Response | str:
    """Open the session, and go on: with what was being written, if it was theirs."""
    guest = current_user.id if _is_guest() else None
    somebody_else = security.gone() not in {None, user.id}
    open_session(user, lasting=form.stay.data)
    if guest:
        signals.adopted.send(None, guest_id=guest, user_id=user.id)
    written = unpacked(form.kept.data, user.id)
    if written is not None:
        return render_template("account/resend.html", written=written)
    # Where somebody else was is no place for this one.
    return redirect(url_for("path.home")) if somebody_else else after_sign_in()


def _is_guest() -> bool:
    return current_user.is_authenticated and current_user.is_guest


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """Close the session; browsers are told to forget all they kept.

    The script, which forgets by itself, says when answers of somebody else wait here
    for their owner: these stay.
    """
    logout_user()
    close_session()
    response = redirect(url_for("site.home"))
    forget = '"cache"' if "waiting" in request.form else '"cache", "storage"'
    response.headers["Clear-Site-Data"] = forget
    return response


@bp.post("/guest")
@public
def guest() -> Response:
    """Begin without signing up."""
    target = security.own_address(request.form.get("next")) or url_for("path.home")
    if not current_user.is_authenticated:
        if security.is_closed("guest"):
            abort(429)
        security.count_failure("guest")
        # A guest has no password to come back with: the browser remembers.
        open_session(services.create_guest(language()), lasting=True)
    return redirect(target)


@bp.get("/sign-up")
@allowed(May.LEARN)
def sign_up() -> Response | str:
    """Ask a guest for a name and a password."""
    if not current_user.is_guest:
        return redirect(url_for("path.home"))
    return render_template("account/sign_up.html", form=NameAndPasswordForm())


@bp.post("/sign-up")
@public
def sign_up_submit() -> Response | tuple[str, int]:
    """Turn the guest into an account that keeps everything.

    The second of two clicks comes with a session that the first one has closed.
    """
    form, guest = NameAndPasswordForm(), current_user if _is_guest() else None
    if current_user.is_authenticated and guest is None:
        return redirect(url_for("path.home"))
    if guest is not None and not form.validate_on_submit():
        return render_template("account/sign_up.html", form=form), 422
    name, password = form.name.data or "", form.password.data or ""
    user = services.sign_up_once(guest, name, password, form.form_id())
    if user is None:
        abort(401)
    open_session(user, lasting=form.stay.data)
    return redirect(url_for("account.welcome"))


@bp.get("/welcome")
@allowed(May.LEARN)
def welcome() -> str:
    """The sign-in name to note, and the privacy notice."""
    return render_template("account/welcome.html")


@bp.post("/welcome")
@allowed(May.LEARN)
def welcome_submit() -> Response:
    """The notice was read."""
    services.inform(current_user)
    return redirect(url_for("account.profile"))


@bp.get("/profile")
@allowed(May.LEARN)
def profile() -> str:
    """The four questions."""
    form = ProfileForm(data=current_user.profile.to_dict())
    return render_template("account/profile.html", form=form)


@bp.post("/profile")
@allowed(May.LEARN)
def profile_submit() -> Response | tuple[str, int]:
    """Keep what was answered; nothing has to be."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return render_template("account/profile.html", form=form), 422
    # Skipping leaves what was answered before, whatever is ticked on the page.
    skipped = "skip" in request.form
    chosen = current_user.profile if skipped else form.profile()
    services.save_profile(current_user, chosen)
    return redirect(url_for("path.home"))


@bp.get("/links/<token>")
@public
def link(token: str) -> str | tuple[str, int]:
    """What a one-time link opens: a new password, or the first admin's account."""
    found = _usable(token)
    if found is None:
        return render_template("account/link_used.html"), 410
    return _link_page(found, token)


@bp.post("/links/<token>")
@public
def link_submit(token: str) -> Response | str | tuple[str, int]:
    """Use the link, once."""
    found, token = _usable(token), slip_word(token) or token
    if found is None:
        return render_template("account/link_used.html"), 410
    form = _link_form(found.purpose)
    owner = queries.user_by_id(found.user_id or 0)
    if owner is not None and _refusal(owner):
        abort(403)
    if not form.validate_on_submit():
        return _link_page(found, token, form), 422
    try:
        user = _use_link(found.purpose, token, form)
    except services.LinkUsedError:
        return render_template("account/link_used.html"), 410
    open_session(queries.user_by_id(user.id) or user, lasting=form.stay.data)
    return redirect(url_for("account.welcome"))


def _usable(token: str) -> OneTimeLink | None:
    """The link of this word, however a slip's was typed; wrong ones are counted."""
    if security.is_closed("link"):
        abort(429)
    found = queries.usable_link(slip_word(token) or token)
    if found is None:
        security.count_failure("link")
    return found


def _link_form(purpose: str) -> Any:
    return (
        NameAndPasswordForm() if purpose == services.FIRST_ADMIN else NewPasswordForm()
    )


def _link_page(found: OneTimeLink, token: str, form: Any = None) -> str:
    owner = queries.user_by_id(found.user_id) if found.user_id else None
    return render_template(
        "account/link.html",
        form=form or _link_form(found.purpose),
        token=token,
        owner=owner.name if owner else "",
        first_admin=found.purpose == services.FIRST_ADMIN,
    )


def _use_link(purpose: str, token: str, form: Any) -> User:
    if purpose == services.FIRST_ADMIN:
        return services.use_first_admin_link(
            token, form.name.data, form.password.data, language()
        )
    return services.use_access_link(token, form.password.data)


@bp.get("/accounts")
@allowed(May.ADMINISTRATE)
def accounts() -> str:
    """People who can sign in, searched by name."""
    return _accounts_page(NewAccountForm())


def _accounts_page(form: NewAccountForm) -> str:
    search = cleaned(request.args.get("q", "")[:80]) or ""
    page = min(10_000, max(1, request.args.get("page", 1, type=int)))
    users, count = queries.people(search, page)
    return render_template(
        "account/accounts.html",
        form=form,
        users=users,
        count=count,
        search=search,
        page=page,
        pages=max(1, -(-count // queries.PAGE)),
        roles=ROLES,
    )


@bp.post("/accounts")
@allowed(May.ADMINISTRATE)
def account_create() -> str | tuple[str, int]:
    """Create an account, and show the link to hand over."""
    form = NewAccountForm()
    if not form.validate_on_submit():
        return _accounts_page(form), 422
    role = Role(form.role.data)
    user = services.create_user(
        form.name.data or "", None, role=None if role == Role.LEARNER else role
    )
    return _access_page(user)


@bp.post("/accounts/<int:user_id>/link")
@allowed(May.ADMINISTRATE)
def account_link(user_id: int) -> str:
    """A new link for somebody who lost the password."""
    return _access_page(_account(user_id))


def _access_page(user: User) -> str:
    token = services.make_access_link(user)
    address = _address(url_for("account.link", token=token))
    return render_template("account/access.html", user=user, address=address)


def _address(path: str) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.url + path


@bp.get("/accounts/<int:user_id>")
@allowed(May.ADMINISTRATE)
def account(user_id: int) -> str:
    """One account: its roles, and how to give access again."""
    return render_template(
        "account/account.html", user=_account(user_id), form=RoleForm(), roles=ROLES
    )


def _account(user_id: int) -> User:
    user = queries.user_by_id(user_id)
    if user is None or user.login is None:
        abort(404)
    return user


@bp.post("/accounts/<int:user_id>/roles")
@allowed(May.ADMINISTRATE)
def role_grant(user_id: int) -> Response:
    """Give a role in the whole network."""
    user, form = _account(user_id), RoleForm()
    if form.validate_on_submit():
        services.grant(user, Role(form.role.data))
        flash(_("The role was given."))
    return redirect(url_for("account.account", user_id=user.id))


@bp.post("/accounts/<int:user_id>/roles/revoke")
@allowed(May.ADMINISTRATE)
def role_revoke(user_id: int) -> Response:
    """Take a role back."""
    user, form = _account(user_id), RoleForm()
    if form.validate_on_submit():
        try:
            services.revoke(user, Role(form.role.data))
            flash(_("The role was taken back."))
        except services.LastAdminError:
            flash(_("Somebody must stay administrator: name another one first."))
    return redirect(url_for("account.account", user_id=user.id))


def init_app(app: Flask) -> None:
    """Sign people in, and add these pages."""
    app.register_blueprint(bp)
    login_manager.session_protection = None  # phones change address all day
    login_manager.user_loader(queries.user_of_session)
    login_manager.init_app(app)
    navigation.declare(
        "account.accounts", _l("Accounts"), right=May.ADMINISTRATE, place=80
    )
