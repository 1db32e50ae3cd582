"""A choice: one answer among several, or several."""

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
    UnreadableError,
    Variant,
    items,
    numbers,
    place,
    repeated,
    several,
    shown,
)
from course.domain.sheet import TICKS, Entry, Shape, Sheet
from course.domain.text import Text
from course.domain.verdict import Verdict

TRUE_OR_FALSE = 2


class Option(Piece):
    """One box, with the reason shown to who ticks it."""

    right: bool


class Choice(Question):
    """One box to tick, or as many as there are right ones.

    Ticking wrong costs as much as ticking right earns: the share is right ticks
    less wrong ticks, out of the right ones, never below zero. An opinion has no
    right answer and no points.
    """

    kind = "choice"
    own_marks = frozenset({"fixed", "opinion"})

    options: tuple[Option, ...] = Field(min_length=2)

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """Lines with a box."""
        entries = sheet.of(Shape.BOX)
        if not entries:
            return None
        for entry in entries:
            _check(sheet, entry)
        several(TRUE_OR_FALSE, len(entries), "choice.too-few", sheet)
        named = [(entry.text, entry.line) for entry in entries]
        repeated(sheet, "choice.same-text", named)
        _check_right(sheet, [entry.ticked for entry in entries])
        return {
            "options": [
                {
                    "line": entry.line,
                    "text": sheet.text(entry.text),
                    "right": entry.ticked,
                    "reason": sheet.reason(entry),
                }
                for entry in entries
            ]
        }

    @property
    def texts(self) -> list[Text]:
        """The options as they are written."""
        return [option.text for option in self.options]

    @property
    def right(self) -> set[int]:
        """Where the right options are."""
        return {at for at, option in enumerate(self.options) if option.right}

    @property
    def count(self) -> int:
        """How many boxes to tick."""
        return max(1, len(self.right))

    def prepare(self, rng: Random, profile: Profile | None = None) -> Variant:
        """An order of the boxes; true or false keeps the written one."""
        del profile
        order = list(range(len(self.options)))
        if len(order) > TRUE_OR_FALSE and "fixed" not in self.marks:
            rng.shuffle(order)
        return {"order": list[JsonValue](order)}

    def face(self, variant: Variant, language: str) -> Face:
        """The boxes, and how many to tick when it is more than one."""
        return replace(
            self.plain_face(language),
            count=self.count if self.count > 1 else None,
            items=items(self._order(variant), self.texts, language),
        )

    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The boxes ticked, as they are written."""
        order = self._order(variant)
        keys = [key.strip() for key in raw.get("answer", ()) if key.strip()]
        ticked = {place(key, order) for key in keys}
        if not ticked:
            raise UnreadableError("answer.none", count=self.count)
        if len(ticked) > self.count:
            raise UnreadableError("answer.too-many", count=self.count)
        return list[JsonValue](sorted(ticked))

    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The keys of the boxes ticked."""
        order = self._order(variant)
        return {"answer": [str(order.index(at)) for at in self._ticked(answer)]}

    def grade(self, answer: JsonValue) -> Verdict:
        """Right ticks less wrong ticks, out of the right ones."""
        ticked = set(self._ticked(answer))
        if not self.right:
            return Verdict(1 if ticked else 0)
        gained = len(ticked & self.right) - len(ticked - self.right)
        return Verdict(max(0, gained) / len(self.right))

    def explain(self, answer: JsonValue) -> list[Reason]:
        """The reason of each box ticked."""
        ticked = [self.options[at] for at in self._ticked(answer)]
        sure = not self.right
        return [
            Reason(option.text, float(option.right or sure), option.reason)
            for option in ticked
        ]

    def tell(self, answer: JsonValue, language: str) -> str:
        """The words of the boxes ticked."""
        ticked = self._ticked(answer)
        return " ; ".join(self.options[at].text.say(language) for at in ticked)

    def solution(self, language: str) -> list[str]:
        """The right boxes."""
        return [self.options[at].text.say(language) for at in sorted(self.right)]

    def _order(self, variant: Variant) -> list[int]:
        return shown(variant, "order", len(self.options))

    def _ticked(self, answer: JsonValue) -> list[int]:
        return numbers(answer, len(self.options))


def _check(sheet: Sheet, entry: Entry) -> None:
    if entry.mark and entry.mark not in TICKS:
        sheet.margin.fatal("choice.bad-box", entry.line, mark=entry.mark)
    if not entry.text:
        sheet.margin.fatal("choice.empty", entry.line)
    if not entry.reason and "opinion" not in sheet.marks:
        sheet.margin.warn("choice.no-reason", entry.line, text=entry.text)


def _check_right(sheet: Sheet, right: list[bool]) -> None:
    """One can be right, and one can be wrong, except about an opinion."""
    opinion = "opinion" in sheet.marks
    if opinion and any(right):
        sheet.margin.fatal("choice.right-opinion", sheet.line, name=sheet.name)
    elif not opinion and not any(right):
        sheet.margin.fatal("choice.no-right", sheet.line, name=sheet.name)
    elif not opinion and all(right):
        sheet.margin.fatal("choice.all-right", sheet.line, name=sheet.name)
