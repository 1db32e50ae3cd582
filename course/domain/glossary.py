"""Term: a word of the glossary."""

from dataclasses import dataclass

from course.domain.text import Text


@dataclass(frozen=True, slots=True)
class Term:
    """A word that lessons use, with its one definition."""

    name: str
    term: Text
    meaning: Text
