# pyright: standard
"""How people come in, for the features that let them in: the form, the session."""

from typing import Any

from flask import g, session
from flask_login import login_user
from wtforms import PasswordField, StringField
from wtforms.validators import ValidationError

from course.base.forms import AtMost, Form, Needed
from course.base.i18n import _, _l
from course.features.account.models import User

SHORTEST, LONGEST = 10, 200


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


class NameAndPasswordForm(Form):
    """What is enough to have an account: no e-mail address is needed."""

    name = StringField(
        _l("First name and last name"),
        description=_l("As it will stand on your passport."),
        validators=[
            Needed(_l("Write your first name and your last name.")),
            AtMost(80),
        ],
        render_kw={"autocomplete": "name"},
    )
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 10 characters. Three words that only you would join."),
        validators=[Needed(_l("Choose a password.")), long_enough, not_the_name],
        render_kw={"autocomplete": "new-password"},
    )


def open_session(user: User, *, lasting: bool = False) -> None:
    """Begin a session of this person; nothing of the one before is left in it."""
    session.clear()
    # The form's token belongs to the session: a stolen older one is worth nothing.
    g.pop("csrf_token", None)
    session.permanent = lasting
    login_user(user)
