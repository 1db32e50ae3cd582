# pyright: standard
"""What is asked to bring a list in."""

from typing import Any

from flask_wtf.file import FileField
from pydantic import TypeAdapter, ValidationError
from wtforms import HiddenField, SelectMultipleField, TextAreaField

from course.base.forms import AtMost, Form
from course.base.i18n import _, _l
from course.base.routing import LARGEST
from course.base.spreadsheet.reading import read
from course.base.spreadsheet.separated import read_text
from course.base.spreadsheet.table import Table, UnreadableSheetError, lines_of

MOST_PASTED = 200_000
NUMBERS = range(LARGEST)
LINES = TypeAdapter(list[tuple[int, list[str]]])


class ListForm(Form):
    """A list of people: a file, or what was copied from a spreadsheet."""

    file = FileField(
        _l("The file of your list"),
        description=_l("A spreadsheet: .xlsx or .csv, 2 MB at most."),
        render_kw={"accept": ".xlsx,.csv"},
    )
    pasted = TextAreaField(
        _l("Or paste the list here"),
        description=_l("One person on each line: first name and last name."),
        validators=[AtMost(MOST_PASTED)],
        render_kw={"rows": 6, "autocomplete": "off", "spellcheck": "false"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two is needed."""
        if not super().validate(extra_validators):
            return False
        if not self.file.data and not self.pasted.data:
            self.file.errors = [_("Choose a file, or paste your list.")]
            return False
        return True

    @property
    def bare(self) -> bool:
        """Whether a header may be missing: one pastes names alone."""
        return not self.file.data

    def table(self) -> Table:
        """What was brought; raises UnreadableSheetError."""
        if self.bare:
            return read_text(self.pasted.data or "")
        return read(self.file.data.read())

    def refuse(self, sentence: str) -> None:
        """Say under the field that was used why its list cannot be taken."""
        field = self.pasted if self.bare else self.file
        field.errors = [sentence]


class ConfirmForm(Form):
    """The lines that were shown, and which of them are other people of one name."""

    lines = HiddenField()
    namesakes = SelectMultipleField(coerce=int, validate_choice=False)

    def table(self) -> Table:
        """The lines, as distrusted as the first time; raises UnreadableSheetError."""
        try:
            rows = LINES.validate_json(self.lines.data or "")
        except ValidationError:
            raise UnreadableSheetError("sheet.unknown") from None
        numbers = [number for number, _cells in rows]
        # Each once and in order, as no list is longer: these are the ones shown.
        if numbers != sorted({n for n in numbers if n in NUMBERS}):
            raise UnreadableSheetError("sheet.unknown")
        return Table(tuple(lines_of((number, cells) for number, cells in rows)))


def packed(table: Table) -> str:
    """The lines as a form carries them, until they are confirmed."""
    rows = [(line.number, list(line.cells)) for line in table.lines]
    return LINES.dump_json(rows).decode()
