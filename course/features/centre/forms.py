# pyright: standard
"""What is asked about centres and cohorts."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from course.base.forms import AtMost, Form, Needed
from course.base.i18n import _, _l
from course.features.centre.models import Centre


class CodeForm(Form):
    """The code that a trainer gave."""

    code = StringField(
        _l("Your cohort's code"),
        description=_l("Six letters and figures, on your trainer's poster."),
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
    """A centre's number; 0, which is nobody's, for anything else."""
    return int(value) if str(value).isdecimal() else 0


class NewCohortForm(Form):
    """A cohort's name, its centre and, if known, its days."""

    name = StringField(
        _l("Name of the cohort"),
        description=_l(
            "As your learners will read it. For instance: Bakers of November."
        ),
        validators=[Needed(_l("Give the cohort a name.")), AtMost(80)],
        render_kw={"autocomplete": "off"},
    )
    centre = SelectField(_l("Centre"), coerce=whole, validate_choice=False)
    begins_on = DayField(_l("First day"), validators=[Optional()])
    ends_on = DayField(_l("Last day"), validators=[Optional()])

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

    def validate_ends_on(self, field: Any) -> None:
        """Not before it begins."""
        begins = self.begins_on.data
        if begins and field.data and field.data < begins:
            raise ValidationError(_("Choose a last day after the first one."))


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
