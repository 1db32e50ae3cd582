"""Things to sort into groups."""

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
from course.domain.text import Text
from course.domain.verdict import Verdict

LEAST = 2


class Thing(Piece):
    """Something to sort, and the place of its group."""

    group: int


class Sort(Question):
    """Each thing goes into one group.

    The share is the things in their group, out of all things.
    """

    kind = "sort"

    groups: tuple[Piece, ...]
    things: tuple[Thing, ...] = Field(min_length=1)

    @classmethod
    def read(cls, sheet: Sheet) -> Fields | None:
        """Headings `### group`, each with its list."""
        groups = sheet.of(Shape.GROUP)
        if not groups:
            return None
        several(LEAST, len(groups), "sort.too-few", sheet)
        repeated(sheet, "sort.same-group", [(each.text, each.line) for each in groups])
        things = _things(sheet, groups)
        repeated(
            sheet, "sort.same-text", [(each.text, each.line) for each, _ in things]
        )
        used = {group for _, group in things}
        for at, group in enumerate(groups):
            if at not in used or not group.text:
                sheet.margin.fatal("sort.empty-group", group.line, group=group.text)
        return {
            "groups": [
                {"line": each.line, "text": sheet.text(each.text)} for each in groups
            ],
            "things": [_thing(sheet, each, group) for each, group in things],
        }

    @property
    def texts(self) -> list[Text]:
        """The things as they are written."""
        return [thing.text for thing in self.things]

    def prepare(self, rng: Random, profile: Profile | None = None) -> Variant:
        """An order of the things, drawn whatever their groups are."""
        del profile
        return {"order": drawn(rng, self.texts)}

    def face(self, variant: Variant, language: str) -> Face:
        """The things, shuffled, and the groups as written."""
        names = [group.text for group in self.groups]
        return replace(
            self.plain_face(language),
            items=items(self._order(variant), self.texts, language),
            targets=items(range(len(names)), names, language),
        )

    def understand(self, raw: Raw, variant: Variant) -> JsonValue:
        """The group of each thing, all of them chosen."""
        said = choices(raw, len(self.things), range(len(self.groups)))
        order = self._order(variant)
        return [said[order.index(at)] for at in range(len(self.things))]

    def refill(self, answer: JsonValue, variant: Variant) -> dict[str, list[str]]:
        """The group of each thing."""
        order = self._order(variant)
        return {f"answer-{order.index(at)}": [str(to)] for at, to in self._said(answer)}

    def grade(self, answer: JsonValue) -> Verdict:
        """The things in their group, out of all things."""
        said = self._said(answer)
        right = sum(self.things[at].group == to for at, to in said)
        return Verdict(right / len(self.things))

    def explain(self, answer: JsonValue) -> list[Reason]:
        """The reason of each thing, beside what was answered."""
        return [
            Reason(
                pairs(self.things[at].text, self.groups[to].text),
                float(self.things[at].group == to),
                self.things[at].reason,
            )
            for at, to in self._said(answer)
        ]

    def tell(self, answer: JsonValue, language: str) -> str:
        """Each thing and its group."""
        reasons = self.explain(answer)
        return " ; ".join(reason.answer_text.say(language) for reason in reasons)

    def solution(self, language: str) -> list[str]:
        """Each thing and its right group."""
        return [
            pairs(thing.text, self.groups[thing.group].text).say(language)
            for thing in self.things
        ]

    def _order(self, variant: Variant) -> list[int]:
        return shown(variant, "order", len(self.things))

    def _said(self, answer: JsonValue) -> list[tuple[int, int]]:
        return placed(answer, len(self.things), len(self.groups))


def _things(sheet: Sheet, groups: tuple[Entry, ...]) -> list[tuple[Entry, int]]:
    """Each thing with its group: the last heading above it."""
    return [
        (entry, sum(group.line < entry.line for group in groups) - 1)
        for entry in sheet.of(Shape.BULLET)
    ]


def _thing(sheet: Sheet, entry: Entry, group: int) -> Fields:
    if not entry.reason:
        sheet.margin.warn("choice.no-reason", entry.line, text=entry.text)
    return {
        "line": entry.line,
        "text": sheet.text(entry.text),
        "group": group,
        "reason": sheet.reason(entry),
    }
