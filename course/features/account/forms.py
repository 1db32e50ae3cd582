# pyright: standard
"""What people are asked about themselves."""

from typing import Any

from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.validators import Optional

from course.base.forms import AtMost, Form, Needed, choices
from course.base.i18n import _l
from course.domain.profile import Position, Profile, Size, Trade, Worry
from course.domain.rights import Role
from course.features.account.entry import long_enough, stay_field


class NewPasswordForm(Form):
    """A password chosen again, through a link."""

    password = PasswordField(
        _l("Choose a new password"),
        description=_l("At least 10 characters. Three words that only you would join."),
        validators=[Needed(_l("Choose a password.")), long_enough],
        render_kw={"autocomplete": "new-password"},
    )
    stay = stay_field()


class ProfileForm(Form):
    """The four questions, each of which may be skipped."""

    position = RadioField(_l("You are…"), validators=[Optional()])
    size = RadioField(_l("How many people work in your firm?"), validators=[Optional()])
    trade = RadioField(_l("What is your trade?"), validators=[Optional()])
    worry = RadioField(
        _l("What costs you most time or worry?"), validators=[Optional()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, labels in PROFILE.items():
            field: Any = self[name]
            field.choices = choices(labels)

    def profile(self) -> Profile:
        """The answers given; what was skipped is unknown."""
        return Profile.from_dict({name: self[name].data for name in PROFILE})


PROFILE: dict[str, dict[Any, Any]] = {
    "position": {
        Position.BOSS: _l("The boss, alone or with others"),
        Position.EMPLOYEE: _l("An employee"),
        Position.TRAINEE: _l("A trainee or an apprentice"),
    },
    "size": {
        Size.ALONE: _l("I work alone"),
        Size.SMALL: _l("2 to 9 people"),
        Size.MEDIUM: _l("10 to 49 people"),
        Size.LARGE: _l("50 people or more"),
    },
    "trade": {
        Trade.FITTER: _l("Craft and building"),
        Trade.BAKER: _l("Shop, food craft"),
        Trade.HOTEL: _l("Hotel, café, restaurant"),
        Trade.HAIRDRESSER: _l("Services to people"),
        Trade.CLEANING: _l("Services to firms"),
        Trade.OTHER: _l("Another trade"),
    },
    "worry": {
        Worry.VIRUS: _l("Viruses and fraud"),
        Worry.INVOICES: _l("Invoices and payments"),
        Worry.ACCOUNTANT: _l("The accountant and the papers"),
        Worry.FILES: _l("Files that get lost"),
        Worry.ADMINISTRATIONS: _l("Administrations"),
        Worry.EQUIPMENT: _l("Equipment"),
        Worry.CUSTOMERS: _l("Customers online"),
    },
}

ROLES = {
    Role.LEARNER: _l("learner"),
    Role.TRAINER: _l("trainer"),
    Role.ADMIN: _l("administrator"),
}


class NewAccountForm(Form):
    """An account made by an admin; the person chooses the password through a link."""

    name = StringField(
        _l("First name and last name"),
        validators=[Needed(_l("Write the first name and the last name.")), AtMost(80)],
        render_kw={"autocomplete": "off"},
    )
    role = SelectField(_l("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = choices(ROLES)


class RoleForm(Form):
    """A role given or taken back."""

    role = SelectField(_l("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = (Role.TRAINER, Role.ADMIN)
        self.role.choices = choices({role: ROLES[role] for role in given})
