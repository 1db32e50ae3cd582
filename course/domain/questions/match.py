"""Two columns to match."""

from dataclasses import replace
from random import Random

from pydantic import Field, JsonValue

from course.domain.profile import Profile
from course.domain.questions.base import (
    Face,
    Fields,
    Piece,
    Question,
    Raw,
    Reason,
    Variant,
    choices,
    drawn,
    items,
    pairs,
    placed,
    repeated,
    several,
    shown,
)
from course.domain.sheet import Entry, Shape, Sheet
from course.domain.table import is_rule
from course.domain.text import Text
from course.domain.verdict import Verdict

LEAST = 2
WIDTHS = (2, 3)


class Row(Piece):
    """A line of the table: its text goes with its target."""

    target: Text


class Match(Question):
    """Each thing on the left goes with one on the right.

    The share is the rows that are right, out of all rows.
    """

    kind = "match"

    rows: tuple[Row, ...] = Field(min_length=2)
    labels: tuple[Text, ...]

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """A table of two columns, and one more for the reasons."""
        entries = sheet.of(Shape.ROW)
        if not entries:
            return None
        head, *rest = entries
        if rest and is_rule(rest[0].cells):
            rest = rest[1:]
        else:
            sheet.margin.fatal("table.no-rule", head.line)
        rows = [row for row in rest if _fits(sheet, row, head.cells)]
        if len(head.cells) not in WIDTHS:
            sheet.margin.fatal("match.columns", head.line, found=len(head.cells))
            return {"rows": [], "labels": []}
        several(LEAST, len(rows), "match.too-few", sheet)
        for column, code in enumerate(("match.same-text", "match.same-target")):
            repeated(sheet, code, [(row.cells[column], row.line) for row in rows])
        return {
            "labels": [sheet.text(cell) for cell in head.cells[:2]],
            "rows": [_row(sheet, row) for row in rows],
        }

    @property
    def texts(self) -> list[Text]:
        """The left column."""
        return [row.text for row in self.rows]

    @property
    def targets(self) -> list[Text]:
        """The right column."""
        return [row.target for row in self.rows]

    def prepare(self, rng: Random, profile: Profile | None = None) -> Variant:
        """An order of the right column, drawn whatever goes with what."""
        del profile
        return {"targets": drawn(rng, self.targets)}

    def face(self, variant: Variant, language: str) -> Face:
        """The left column as written, the right one shuffled."""
        written = range(len(self.rows))
        return replace(
            self.plain_face(language),
            items=items(written, self.texts, language),
            targets=items(self._order(variant), self.targets, language),
            labels=tuple(label.say(language) for label in self.labels),
        )

    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The target of each row, all of them chosen."""
        return list[JsonValue](choices(raw, len(self.rows), self._order(variant)))

    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The key of the target of each row."""
        order = self._order(variant)
        said = placed(answer, len(self.rows), len(self.rows))
        return {f"answer-{at}": [str(order.index(to))] for at, to in said}

    def grade(self, answer: JsonValue) -> Verdict:
        """The rows that are right, out of all rows."""
        said = placed(answer, len(self.rows), len(self.rows))
        return Verdict(sum(at == to for at, to in said) / len(self.rows))

    def explain(self, answer: JsonValue) -> list[Reason]:
        """The reason of each row, beside what was answered."""
        said = placed(answer, len(self.rows), len(self.rows))
        return [
            Reason(
                pairs(self.rows[at].text, self.rows[to].target),
                float(at == to),
                self.rows[at].reason,
            )
            for at, to in said
        ]

    def tell(self, answer: JsonValue, language: str) -> str:
        """Each row and its target."""
        reasons = self.explain(answer)
        return " ; ".join(reason.answer_text.say(language) for reason in reasons)

    def solution(self, language: str) -> list[str]:
        """Each row and its right target."""
        return [pairs(row.text, row.target).say(language) for row in self.rows]

    def _order(self, variant: Variant) -> list[int]:
        return shown(variant, "targets", len(self.rows))


def _fits(sheet: Sheet, row: Entry, head: tuple[str, ...]) -> bool:
    cells, width = row.cells, len(head)
    if len(cells) != width:
        sheet.margin.fatal("table.cells", row.line, found=len(cells), wanted=width)
        return False
    empty = [head[at] for at, cell in enumerate(cells[:2]) if not cell]
    for column in empty:
        sheet.margin.fatal("table.empty-cell", row.line, column=column)
    return not empty


def _row(sheet: Sheet, row: Entry) -> Fields:
    text, target, *more = row.cells
    reason = more[0] if more else ""
    if not reason:
        sheet.margin.warn("choice.no-reason", row.line, text=text)
    return {
        "line": row.line,
        "text": sheet.text(text),
        "target": sheet.text(target),
        "reason": sheet.text(reason) if reason else None,
    }
