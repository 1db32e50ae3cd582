"""A number, with a margin."""

import re
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, JsonValue

from course.domain.numeral import (
    DOUBTFUL,
    TYPED,
    Written,
    only_number,
    say,
    typed,
    written,
)
from course.domain.questions.base import (
    Face,
    Fields,
    Piece,
    Question,
    Raw,
    Reason,
    UnreadableError,
    Variant,
    one,
)
from course.domain.sheet import Entry, Shape, Sheet
from course.domain.text import Text
from course.domain.verdict import CRUMB, Verdict

LONGEST = 40
SIGNS = {
    "€": "euros",
    "eur": "euros",
    "pour cent": "%",
    "percent": "%",
    "pourcent": "%",
}


class Wrong(Piece):
    """A wrong number that is expected; its text is as written."""

    value: float


class Expected(BaseModel):
    """The right number, what may separate an answer from it, and its unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    margin: float = 0
    unit: Text = Text()
    reason: Text | None = None


class Number(Question):
    """A number to type: right within the margin, both ends included."""

    kind = "number"

    right: Expected
    wrong: tuple[Wrong, ...] = ()

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """One line `= number`; several accepted lines, or other words, are a text."""
        found = only_number(sheet)
        if not found:
            return None
        first, number = found
        entries = sheet.of(Shape.EQUALS)
        if DOUBTFUL.fullmatch(first.text.split(" ")[0]):
            sheet.margin.fatal("number.ambiguous", first.line, text=first.text)
        return {
            "right": {
                "line": first.line,
                "value": number.value,
                "margin": number.margin,
                "unit": sheet.text(number.unit),
                "reason": sheet.reason(first),
            },
            "wrong": [
                _wrong(sheet, entry, number) for entry in entries if entry.different
            ],
        }

    def face(self, variant: Variant, language: str) -> Face:
        """A field and its unit."""
        del variant
        return replace(
            self.plain_face(language),
            unit=self.right.unit.say(language),
        )

    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The number typed, with a comma or a point, with its unit or without."""
        del variant
        words = one(raw, "answer")
        if not words:
            raise UnreadableError("answer.none", count=1)
        found = TYPED.fullmatch(re.sub(r"^[€$£]\s*", "", words))
        value = typed(found["digits"]) if found and len(words) <= LONGEST else None
        if not found or value is None:
            raise UnreadableError("answer.not-a-number")
        if DOUBTFUL.fullmatch(found["digits"]):
            raise UnreadableError("answer.ambiguous-number", typed=found["digits"])
        self._check_unit(found["unit"])
        signed = -value if found["sign"] in ("-", "−", "–") else value
        return int(signed) if signed.is_integer() else signed

    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The number as it may be typed."""
        del variant
        value = _number(answer)
        return {"answer": [] if value is None else [say(value, "fr")]}

    def grade(self, answer: JsonValue) -> Verdict:
        """Right or not."""
        value = _number(answer)
        return Verdict(float(value is not None and self._near(value)))

    def explain(self, answer: JsonValue) -> list[Reason]:
        """The reason of the right number, or of an expected wrong one."""
        value = _number(answer)
        if value is None:
            return []
        typed_text = Text({spoken: say(value, spoken) for spoken in self.ask})
        if self._near(value):
            return [Reason(typed_text, 1, self.right.reason)]
        reasons = (wrong.reason for wrong in self.wrong if _same(wrong.value, value))
        return [Reason(typed_text, 0, next(reasons, None))]

    def tell(self, answer: JsonValue, language: str) -> str:
        """The number and its unit."""
        value = _number(answer)
        return "" if value is None else self._with_unit(say(value, language), language)

    def solution(self, language: str) -> list[str]:
        """The number, its margin and its unit."""
        said = say(self.right.value, language)
        margin = f" ± {say(self.right.margin, language)}" if self.right.margin else ""
        return [self._with_unit(said + margin, language)]

    def _with_unit(self, said: str, language: str) -> str:
        return f"{said} {self.right.unit.say(language)}".strip()

    def _near(self, value: float) -> bool:
        crumb = CRUMB * max(1, abs(self.right.value))
        return abs(value - self.right.value) <= self.right.margin + crumb

    def _check_unit(self, unit: str) -> None:
        said = _bare(unit)
        known = tuple(_bare(own) for own in self.right.unit.values())
        # « h » is enough for « heures ».
        if said and not any(own.startswith(said) for own in known):
            raise UnreadableError("answer.other-unit")


def _number(answer: JsonValue) -> float | None:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    return float(answer)


def _same(one_value: float, other: float) -> bool:
    return abs(one_value - other) <= CRUMB * max(1, abs(one_value))


def _bare(unit: str) -> str:
    words = " ".join(unit.casefold().split()).rstrip(".")
    return SIGNS.get(words, words)


def _wrong(sheet: Sheet, entry: Entry, right: Written) -> Fields:
    number = written(entry.text, sheet.language)
    if number is None:
        sheet.margin.fatal("number.bad-wrong", entry.line, text=entry.text)
        number = Written(0, 0, "")
    elif abs(number.value - right.value) <= right.margin + CRUMB:
        sheet.margin.fatal("number.right-and-wrong", entry.line, text=entry.text)
    if not entry.reason:
        sheet.margin.warn("equals.no-reason", entry.line, text=entry.text)
    return {
        "line": entry.line,
        "value": number.value,
        "text": sheet.text(entry.text),
        "reason": sheet.reason(entry),
    }
