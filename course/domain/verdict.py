"""Verdict: a share of the points; Score: their sum, passed or not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from pydantic import JsonValue

from course.domain.text import Text

# Shares such as 1/3 do not add up exactly; nobody may fail for that.
CRUMB = 1e-9


def _check(share: float | None) -> None:
    if share is not None and not 0 <= share <= 1:
        raise ValueError(f"A share goes from 0 to 1, not {share}.")


@dataclass(frozen=True, slots=True)
class Part:
    """A goal of a lab or a gap of a text, judged on its own."""

    name: str
    share: float | None
    points: float = 1
    required: bool = False

    def __post_init__(self) -> None:
        _check(self.share)

    def to_dict(self) -> dict[str, JsonValue]:
        """The part as it is stored."""
        return {
            "name": self.name,
            "share": self.share,
            "points": self.points,
            "required": self.required,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth, 0 to 1, or nothing yet while a human is awaited."""

    share: float | None
    notes: tuple[Text, ...] = ()
    parts: tuple[Part, ...] = ()

    WAITING: ClassVar["Verdict"]

    def __post_init__(self) -> None:
        _check(self.share)

    @property
    def right(self) -> bool:
        """Whether the answer deserves all the points."""
        return self.share is not None and self.share >= 1 - CRUMB

    def to_dict(self) -> dict[str, JsonValue]:
        """The verdict as it is stored."""
        return {
            "share": self.share,
            "notes": [dict[str, JsonValue](note) for note in self.notes],
            "parts": [part.to_dict() for part in self.parts],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The verdict that was stored."""
        return cls(
            stored["share"],
            tuple(Text(note) for note in stored.get("notes", ())),
            tuple(Part(**part) for part in stored.get("parts", ())),
        )


Verdict.WAITING = Verdict(None)


@dataclass(frozen=True, slots=True)
class Score:
    """The points of an attempt; those a human still has to give count as none."""

    points: float
    out_of: float
    passed: bool
    waiting: bool = False

    @property
    def percent(self) -> int:
        """The share of the points, never rounded up: 69.9 is not 70."""
        return percent(self.points, self.out_of)


def percent(points: float, out_of: float) -> int:
    """The whole percentage reached."""
    return int(100 * points / out_of + CRUMB) if out_of else 0


def score(verdicts: Iterable[tuple[Verdict, float]], pass_mark: int) -> Score:
    """Add up verdicts, each with the points at stake."""
    pairs = list(verdicts)
    points = sum((verdict.share or 0) * stake for verdict, stake in pairs)
    out_of = sum(stake for _, stake in pairs)
    return Score(
        points=points,
        out_of=out_of,
        passed=bool(pairs) and percent(points, out_of) >= pass_mark,
        waiting=any(verdict.share is None for verdict, _ in pairs),
    )
