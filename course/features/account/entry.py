# pyright: standard
"""How people come in, for the features that let them in: the forms, the session."""

import re
import secrets
from typing import Any

from flask import (
    after_this_request,
    current_app,
    g,
    jsonify,
    make_response,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import login_user
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import ValidationError

from course.base import security
from course.base.forms import AtMost, Form, Needed
from course.base.i18n import _, _l, language_of_browser, ngettext, speaking
from course.features.account import kept, queries
from course.features.account.models import User

SHORTEST, LONGEST = 10, 200
OWN_DEVICE = "own"


def long_enough(_form: Any, field: Any) -> None:
    """Ten signs at least: length protects better than rare signs."""
    if len(field.data or "") < SHORTEST:
        raise ValidationError(
            _(
                "Write at least %(count)s characters. Three words will do.",
                count=SHORTEST,
            )
        )
    if len(field.data) > LONGEST:
        raise ValidationError(_("Write %(count)s characters at most.", count=LONGEST))


def not_the_name(form: Any, field: Any) -> None:
    """The first thing a stranger would try."""
    name = (form["name"].data or "").casefold()
    if name and (field.data or "").casefold() == name:
        raise ValidationError(_("Choose something else than your name."))


def stay_field() -> Any:
    """The box that makes a session last; nobody's device is taken for theirs."""
    return BooleanField(
        _l("Stay signed in on this device, if it is yours alone"),
        description=_l("On a shared PC, leave this box empty."),
    )


class NameAndPasswordForm(Form):
    """What is enough to have an account: no e-mail address is needed.

    On a shared PC a browser would offer the name of the person before: it is told to
    offer none (« off »). Password managers know their field by « new-password ».
    """

    name = StringField(
        _l("First name and last name"),
        description=_l("As it will stand on your passport."),
        validators=[
            Needed(_l("Write your first name and your last name.")),
            AtMost(80),
        ],
        render_kw={"autocomplete": "off"},
    )
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 10 characters. Three words that only you would join."),
        validators=[Needed(_l("Choose a password.")), long_enough, not_the_name],
        render_kw={"autocomplete": "new-password"},
    )
    stay = stay_field()
    # Each page that is shown has its own: a second click is known by it.
    joining = HiddenField(default=lambda: secrets.token_hex(16))

    def form_id(self) -> str | None:
        """The id that this page was made with, if it is one of ours."""
        sent = self.joining.data or ""
        return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else None


class SignInForm(Form):
    """Who comes back.

    The name is not offered again (« off ») unless somebody stayed signed in here: the
    device is then theirs. Password managers, which need an account of their own, go
    by « current-password » and fill in both whatever the name's field says.
    """

    login = StringField(
        _l("Sign-in name"),
        description=_l("For instance: marie.dupont"),
        validators=[Needed(_l("Write your sign-in name.")), AtMost(80)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )
    password = PasswordField(
        _l("Password"),
        validators=[Needed(_l("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    stay = stay_field()
    kept = HiddenField()  # what was being written when the session ended, signed

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if session.get(OWN_DEVICE):
            self.login.render_kw = {**self.login.render_kw, "autocomplete": "username"}


def open_session(user: User, *, lasting: bool = False) -> None:
    """Begin a session of this person; nothing of the one before is left in it."""
    session.clear()
    # The form's token belongs to the session: a stolen older one is worth nothing.
    g.pop("csrf_token", None)
    session.permanent = lasting
    if lasting and not user.is_guest:
        session[OWN_DEVICE] = True
    session[security.SEEN] = security.minute()
    if security.LEFT in request.cookies:
        after_this_request(_is_back)
    login_user(user)


def _is_back(response: Response) -> Response:
    """Who left without network may come in again."""
    response.delete_cookie(security.LEFT)
    return response


def close_session() -> None:
    """End it; on one's own device, the name may be offered the next time."""
    own = session.get(OWN_DEVICE)
    session.clear()
    if own:
        session[OWN_DEVICE] = session.permanent = True


def why_signed_out() -> str:
    """What the sign-in page says first to whom an idle session was closed."""
    minutes = current_app.config["SETTINGS"].idle
    return ngettext(
        "You were signed out after %(num)s minute without activity.",
        "You were signed out after %(num)s minutes without activity.",
        minutes,
    )


def sign_in_page(
    form: SignInForm, *, back: str | None = None, sent: bool = False
) -> str:
    """Ask for the name and the password, saying why one was signed out.

    `back` is where one goes on; `sent`, whether a form came too late.
    """
    return render_template(
        "account/sign_in.html",
        form=form,
        why=why_signed_out() if security.gone() else "",
        back=back or security.own_address(request.args.get("next")),
        sent=sent,
    )


def page_after_idle() -> Response | None:
    """The sign-in page for a form that came too late; it keeps what was written."""
    person = security.gone()
    if person is None:
        return None
    word = kept.packed(person)
    form = SignInForm(formdata=None, kept=word)
    page = sign_in_page(form, sent=True, back=kept.page_before())
    return make_response(page, 401)


def reply_after_idle() -> Response | None:
    """The same for a script, in the words of who was signed in."""
    person = security.gone()
    if person is None:
        return None
    with speaking(queries.language_of(person) or language_of_browser()):
        message = _("%(why)s Your answer is kept here.", why=why_signed_out())
        url = url_for("account.sign_in", next=kept.page_before())
        return make_response(jsonify(message=message, url=url, label=_("Sign in")), 401)
