# pyright: standard
"""Forms: what people type is stripped, and each error says what to do."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.fields.choices import (
    SelectChoice,  # pyright: ignore[reportAttributeAccessIssue] - newer than its stubs
)
from wtforms.validators import DataRequired, Length, ValidationError

from course.base.i18n import _, _l
from course.base.visible import cleaned


class Form(FlaskForm):
    """One deed's questions: typed text cleaned, a token, errors that help."""

    class Meta(FlaskForm.Meta):
        """Strip every text field but passwords, where a space may be meant."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Add the cleaning to fields that hold text."""
            if issubclass(unbound_field.field_class, StringField) and (
                unbound_field.field_class.__name__ != "PasswordField"
            ):
                options.setdefault("filters", []).append(cleaned)
            return super().bind_field(form, unbound_field, options)

        def get_translations(self, form: Any) -> None:  # noqa: ARG002
            """Our validators carry our own sentences."""
            return

    def problems(self) -> list[tuple[str, str]]:
        """(field's id, what to do) for the summary at the top of the page."""
        return [
            (self[name].id if name and name in self else "", str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


def choices(labels: Mapping[Any, Any]) -> list[Any]:
    """What a list or radio buttons offer: value → label."""
    return [SelectChoice(str(value), label) for value, label in labels.items()]


class Needed(DataRequired):
    """The field must be filled; the message says with what."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message=message or _l("Fill in this field."))


class AtMost(Length):
    """No longer than the column that keeps it."""

    def __init__(self, length: int) -> None:
        super().__init__(max=length)

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ARG002 - WTForms' own
        """Refuse with the number of signs allowed."""
        if len(field.data or "") > self.max:
            raise ValidationError(
                _("Write %(count)s characters at most.", count=self.max)
            )
