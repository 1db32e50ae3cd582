"""Things to put in order."""

from dataclasses import replace
from itertools import pairwise
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
    drawn,
    items,
    numbers,
    one,
    repeated,
    several,
    shown,
)
from course.domain.sheet import Shape, Sheet
from course.domain.text import Text
from course.domain.verdict import Verdict

LEAST = 2


class Order(Question):
    """Steps to put back in the order in which they are written.

    The share is the neighbours kept together, one just after the other as they
    should be, out of all pairs of neighbours: one step displaced costs little.
    """

    kind = "order"

    steps: tuple[Piece, ...] = Field(min_length=2)

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """Numbered lines; the written order is the right one."""
        entries = sheet.of(Shape.STEP)
        if not entries:
            return None
        several(LEAST, len(entries), "order.too-few", sheet)
        named = [(entry.text, entry.line) for entry in entries]
        repeated(sheet, "order.same-text", named)
        return {
            "steps": [
                {
                    "line": entry.line,
                    "text": sheet.text(entry.text),
                    "reason": sheet.reason(entry),
                }
                for entry in entries
            ]
        }

    @property
    def texts(self) -> list[Text]:
        """The steps in the right order."""
        return [step.text for step in self.steps]

    def prepare(self, rng: Random, profile: Profile | None = None) -> Variant:
        """An order to start from, drawn whatever the right one is."""
        del profile
        return {"order": drawn(rng, self.texts)}

    def face(self, variant: Variant, language: str) -> Face:
        """The steps, shuffled."""
        return replace(
            self.plain_face(language),
            items=items(self._order(variant), self.texts, language),
        )

    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The steps in the learner's order; each place is taken once."""
        count = len(self.steps)
        given = [one(raw, f"answer-{key}") for key in range(count)]
        missing = given.count("")
        if missing == count:
            raise UnreadableError("answer.none", count=count)
        if missing:
            raise UnreadableError("answer.missing", missing=missing)
        known = {str(place): place for place in range(1, count + 1)}
        places = [known.get(each.lstrip("0"), 0) for each in given]
        if 0 in places:
            raise UnreadableError("answer.no-such-place", most=count)
        if len(set(places)) < count:
            raise UnreadableError("answer.same-place")
        order = self._order(variant)
        said = sorted(range(count), key=lambda key: places[key])
        return [order[key] for key in said]

    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The place of each step."""
        said = self._said(answer)
        order = self._order(variant)
        return {
            f"answer-{order.index(at)}": [str(place)]
            for place, at in enumerate(said, 1)
        }

    def grade(self, answer: JsonValue) -> Verdict:
        """Neighbours kept together, out of all of them."""
        said = self._said(answer)
        kept = sum(after == before + 1 for before, after in pairwise(said))
        return Verdict(kept / (len(self.steps) - 1))

    def explain(self, answer: JsonValue) -> list[Reason]:
        """Each step in the learner's order; why, for those in another's place."""
        said = enumerate(self._said(answer))
        return [self._reason(self.steps[at], right=at == place) for place, at in said]

    def _reason(self, step: Piece, *, right: bool) -> Reason:
        return Reason(step.text, float(right), None if right else step.reason)

    def tell(self, answer: JsonValue, language: str) -> str:
        """The steps in the learner's order."""
        said = self._said(answer)
        return " → ".join(self.steps[at].text.say(language) for at in said)

    def solution(self, language: str) -> list[str]:
        """The steps in the right order."""
        return [step.text.say(language) for step in self.steps]

    def _order(self, variant: Variant) -> list[int]:
        return shown(variant, "order", len(self.steps))

    def _said(self, answer: JsonValue) -> list[int]:
        return numbers(answer, len(self.steps))
