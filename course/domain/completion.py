"""When a stamp is deserved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Rule:
    """What a stamp asks: the kinds of steps of a module that have to be passed.

    It is kept with each stamp, so that a later rule asks more of others only.
    """

    name: str
    needs: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The rule as it is stored."""
        return {"name": self.name, "needs": list(self.needs)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """The rule that was stored, whatever is asked today."""
        return cls(str(stored["name"]), tuple(stored["needs"]))


# A check passes what reaches its pass mark; in a lab, with each compulsory goal.
QUIZ_ALONE = Rule("quiz-1", ("quiz",))
LAB_AND_QUIZ = Rule("lab-quiz-1", ("lab", "quiz"))


def rule_for(*, lab: bool) -> Rule:
    """What the stamp of a module asks, whether a lab of it is published or not."""
    return LAB_AND_QUIZ if lab else QUIZ_ALONE


def missing(rule: Rule, passed: Collection[str]) -> tuple[str, ...]:
    """The kinds of steps still to pass, in the rule's order."""
    return tuple(kind for kind in rule.needs if kind not in passed)


def deserved(rule: Rule, passed: Collection[str]) -> bool:
    """Whether who has passed these kinds of steps of a module has its stamp."""
    return not missing(rule, passed)
