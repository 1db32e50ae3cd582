"""Profile: what a learner said about their work."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar


class Position(StrEnum):
    """What the learner is in the firm."""

    BOSS = "boss"
    EMPLOYEE = "employee"
    TRAINEE = "trainee"


class Size(StrEnum):
    """How many people work in the firm."""

    ALONE = "alone"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Trade(StrEnum):
    """The trade whose words and examples are shown."""

    FITTER = "fitter"
    BAKER = "baker"
    HOTEL = "hotel"
    HAIRDRESSER = "hairdresser"
    CLEANING = "cleaning"
    OTHER = "other"


class Worry(StrEnum):
    """What brought the learner here."""

    VIRUS = "virus"
    INVOICES = "invoices"
    ACCOUNTANT = "accountant"
    FILES = "files"
    ADMINISTRATIONS = "administrations"
    EQUIPMENT = "equipment"
    CUSTOMERS = "customers"


Word = TypeVar("Word", bound=StrEnum)


def _known(words: type[Word], value: object) -> Word | None:
    return next((word for word in words if word.value == value), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a learner's work; everything may be unknown."""

    position: Position | None = None
    size: Size | None = None
    trade: Trade | None = None
    worry: Worry | None = None

    def to_dict(self) -> dict[str, str | None]:
        """The profile as it is stored."""
        return {
            "position": self.position,
            "size": self.size,
            "trade": self.trade,
            "worry": self.worry,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Self:
        """The profile that was stored; a word no longer known is unknown."""
        return cls(
            position=_known(Position, stored.get("position")),
            size=_known(Size, stored.get("size")),
            trade=_known(Trade, stored.get("trade")),
            worry=_known(Worry, stored.get("worry")),
        )
