"""Fact: a dated rule or figure that lessons quote."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from course.domain.text import Text


class Trust(StrEnum):
    """How sure a fact is."""

    VERIFIED = "V"
    ONE_SOURCE = "V1"
    MEMORY = "M"
    PROJECT = "P"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value in each language, where it comes from and until when it is believed."""

    name: str
    value: Text
    code: Trust
    source: str
    review: date

    def expired(self, today: date) -> bool:
        """Whether it should have been read again before today."""
        return self.review < today
