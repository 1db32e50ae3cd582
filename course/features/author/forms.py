# pyright: standard
"""What authors type: the text of each language, and why they publish it."""

from typing import Any

from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import TextArea

from course.base.forms import AtMost, Form, Needed, choices
from course.base.i18n import LANGUAGES, _, _l, language
from course.domain.profile import Trade

BIGGEST = 200 * 1024  # bytes in one language; a long quiz has a tenth of it
TRADES = {
    Trade.FITTER: _l("Craft and building"),
    Trade.BAKER: _l("Shop, food craft"),
    Trade.HOTEL: _l("Hotel, café, restaurant"),
    Trade.HAIRDRESSER: _l("Services to people"),
    Trade.CLEANING: _l("Services to firms"),
    Trade.OTHER: _l("Another trade"),
}


def as_in_files(text: str) -> str:
    """The line ends of files: browsers send two signs, which digests must not see."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


class SourceField(Field):
    """A text kept as it was typed, spaces included."""

    widget = TextArea()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent, with the line ends of files."""
        if valuelist:
            self.data = as_in_files(valuelist[0])

    def _value(self) -> str:
        return self.data or ""


def small_enough(_form: Form, field: Field) -> None:
    """Refuse what no learner would read to the end."""
    size = len((field.data or "").encode())
    if size > BIGGEST:
        raise ValidationError(
            _(
                "This text has %(size)s KiB, %(most)s at most: "
                "make two lessons or two quizzes of it.",
                size=-(-size // 1024),
                most=BIGGEST // 1024,
            )
        )


def _source(label: Any, spoken: str) -> SourceField:
    look = {"lang": spoken, "spellcheck": "true", "rows": "24", "class": "source"}
    # A text never seen by a spelling checker is better than one it rewrites.
    look |= {"autocomplete": "off", "autocapitalize": "off"}
    return SourceField(label, validators=[small_enough], render_kw=look)


class TextsForm(Form):
    """Both texts, what the author had in hand, and whose eyes to look with."""

    seen = HiddenField()
    over = HiddenField()
    fr = _source(_l("French text"), "fr")
    en = _source(_l("English text"), "en")
    language = SelectField(_l("Language"), validators=[Optional()])
    trade = SelectField(_l("Trade"), validators=[Optional()])
    why = StringField(
        _l("Why do you publish it?"),
        description=_l(
            "One sentence for your colleagues. For instance: the new deadline."
        ),
        validators=[AtMost(200)],
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only to publish: whoever saves a draft is not asked.
        self.why.flags.required = True
        self.language.choices = choices(LANGUAGES)
        self.trade.choices = choices(TRADES)
        if self.language.data not in LANGUAGES:
            self.language.data = language()
        if self.trade.data not in set(Trade):
            self.trade.data = Trade.OTHER.value

    def texts(self) -> dict[str, str]:
        """What is written in each language."""
        return {"fr": self.fr.data or "", "en": self.en.data or ""}


class PublishForm(TextsForm):
    """The same, with a reason that the history will keep."""

    why = StringField(
        _l("Why do you publish it?"),
        description=_l(
            "One sentence for your colleagues. For instance: the new deadline."
        ),
        validators=[Needed(_l("Say in one sentence why you publish it.")), AtMost(200)],
        render_kw={"autocomplete": "off"},
    )
