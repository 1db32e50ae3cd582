# pyright: standard
"""What is asked about centres and cohorts."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from course.base.forms import AtMost, Form, Needed, cleaned
from course.base.i18n import _, _l
from course.base.routing import LARGEST
from course.features.account.models import User
from course.features.centre.models import Centre, Cohort
from course.features.centre.services import Facts


class CodeForm(Form):
    """The code that a trainer gave."""

    code = StringField(
        _l("Your cohort's code"),
        description=_l(
            "Six letters and figures on your trainer's poster, or the twelve of a slip."
        ),
        validators=[
            Needed(_l("Write the code that your trainer gave you.")),
            AtMost(40),
        ],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "class": "short",
        },
    )


class DayField(DateField):
    """A day that may be left out."""

    def __init__(self, label: Any, **more: Any) -> None:
        # What browsers send, and what one types where there is no calendar.
        super().__init__(label, format=["%Y-%m-%d", "%d/%m/%Y"], **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day; what is not one is said in the reader's words."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a day such as 23/11/2026.")) from None


def whole(value: Any) -> int:
    """The number of a row; 0, which is nobody's, for anything else."""
    number = int(value) if str(value).isdecimal() and len(str(value)) < DIGITS else 0
    return number if number <= LARGEST else 0


DIGITS = 20  # reading a number of a million signs would take a while


class CohortForm(Form):
    """A cohort's name and, if known, its place and its days, the last one included."""

    name = StringField(
        _l("Name of the cohort"),
        description=_l(
            "As your learners will read it. For instance: Bakers of November."
        ),
        validators=[Needed(_l("Give the cohort a name.")), AtMost(80)],
        render_kw={"autocomplete": "off"},
    )
    place = StringField(
        _l("Where it takes place"),
        description=_l("For instance: room 2, 12 rue de la République, Marseille."),
        validators=[Optional(), AtMost(120)],
        render_kw={"autocomplete": "off"},
    )
    begins_on = DayField(_l("First day"), validators=[Optional()])
    ends_on = DayField(_l("Last day"), validators=[Optional()])

    def validate_ends_on(self, field: Any) -> None:
        """Not before it begins."""
        begins = self.begins_on.data
        if begins and field.data and field.data < begins:
            raise ValidationError(_("Choose a last day after the first one."))

    def facts(self) -> Facts:
        """What was said, but the name."""
        return {
            "place": self.place.data or None,
            "begins_on": self.begins_on.data,
            "ends_on": self.ends_on.data,
        }


class NewCohortForm(CohortForm):
    """The same, and in which centre."""

    centre = SelectField(_l("Centre"), coerce=whole, validate_choice=False)

    def __init__(self, *, centres: Sequence[Centre], **more: Any) -> None:
        super().__init__(**more)
        self.places = [centre.id for centre in centres]
        self.centre.choices = [(each.id, each.name) for each in centres]
        if len(centres) == 1:
            # Nothing to choose: the page says which one it is.
            del self.centre

    def centre_id(self) -> int:
        """The centre chosen, or the only one."""
        return self.centre.data if "centre" in self else self.places[0]

    def validate_centre(self, field: Any) -> None:
        """One of those that were offered."""
        if field.data not in self.places:
            raise ValidationError(_("Choose among the centres."))


class NewCentreForm(Form):
    """A centre's name."""

    name = StringField(
        _l("Name of the centre"),
        description=_l("For instance: Centre of Marseille."),
        validators=[Needed(_l("Give the centre a name.")), AtMost(80)],
        render_kw={"autocomplete": "off"},
    )


class AddTrainerForm(Form):
    """Who will train in a centre."""

    login = StringField(
        _l("Sign-in name of the trainer"),
        description=_l("For instance: marie.dupont"),
        validators=[Needed(_l("Write the trainer's sign-in name.")), AtMost(80)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )


class AddLearnersForm(Form):
    """Who comes into a cohort without choosing a password: one name a line."""

    names = TextAreaField(
        _l("First and last names"),
        description=_l("One person a line, forty at most. For instance: Inès Martin."),
        validators=[Needed(_l("Write one name at least."))],
        render_kw={"rows": 8, "autocomplete": "off", "spellcheck": "false"},
    )
    anyway = BooleanField(_l("They are other people: add them"))
    made = HiddenField()

    def listed(self) -> list[str]:
        """The names, without empty lines."""
        lines = (cleaned(line) for line in (self.names.data or "").splitlines())
        return [" ".join(line.split()) for line in lines if line]

    def validate_names(self, _field: Any) -> None:
        """As many as a page can print, as long as a passport can show."""
        if len(self.listed()) > MOST:
            raise ValidationError(_("Write %(count)s names at most.", count=MOST))
        if any(len(name) > LONGEST for name in self.listed()):
            raise ValidationError(
                _("Write %(count)s characters at most for each name.", count=LONGEST)
            )


MOST, LONGEST = 40, 80


class MoveForm(Form):
    """Where a learner goes on."""

    cohort = SelectField(_l("New cohort"), coerce=whole, validate_choice=False)

    def __init__(self, *, cohorts: Sequence[Cohort], **more: Any) -> None:
        super().__init__(**more)
        self.targets = {cohort.id: cohort for cohort in cohorts}
        self.cohort.choices = [
            (each.id, f"{each.name} – {each.centre.name}") for each in cohorts
        ]

    def validate_cohort(self, field: Any) -> None:
        """One of those that were offered."""
        if field.data not in self.targets:
            raise ValidationError(_("Choose among your cohorts."))


class CohortTrainerForm(Form):
    """Who else follows a cohort: a colleague of the centre, or by sign-in name."""

    colleague = SelectField(
        _l("A trainer of the centre"), coerce=whole, validate_choice=False
    )
    login = StringField(
        _l("Or the sign-in name of another trainer"),
        validators=[Optional(), AtMost(80)],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )

    def __init__(self, *, colleagues: Sequence[User], **more: Any) -> None:
        super().__init__(**more)
        self.colleagues = {user.id: user for user in colleagues}
        if not colleagues:
            self.login.label.text = _("Sign-in name of the trainer")
        self.colleague.choices = [
            (0, _("Nobody chosen")),
            *((user.id, user.name) for user in colleagues),
        ]
