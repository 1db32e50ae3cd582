# pyright: standard
"""What is asked before data are corrected or erased."""

from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired

from course.base.forms import AtMost, Form, Needed
from course.base.i18n import _l


class NameForm(Form):
    """The name, written rightly."""

    name = StringField(
        _l("First name and last name"),
        description=_l("As it will stand on your passport."),
        validators=[
            Needed(_l("Write your first name and your last name.")),
            AtMost(80),
        ],
        render_kw={"autocomplete": "off"},
    )


class EraseForm(Form):
    """Erasing is for ever: it is asked twice."""

    sure = BooleanField(
        _l("I understand: nobody can bring my account back."),
        validators=[InputRequired(_l("Tick the box if you want to erase everything."))],
    )


class EraseMineForm(EraseForm):
    """The same, by who can prove to be the person."""

    password = PasswordField(
        _l("Your password"),
        validators=[Needed(_l("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )
