"""The difference between two texts, passage by passage."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

MOST = 40  # passages told; beyond, the two texts are better read side by side


@dataclass(frozen=True, slots=True)
class Change:
    """A passage that is not the same in both texts; either side may be empty."""

    language: str
    line: int  # in the first text
    ours: str
    theirs: str


def changes(language: str, ours: str, theirs: str) -> list[Change]:
    """What is not the same, in the order of the first text."""
    return list(islice(_changes(language, ours, theirs), MOST))


def _changes(language: str, ours: str, theirs: str) -> Iterator[Change]:
    one, other = ours.splitlines(), theirs.splitlines()
    for same, start, end, from_, to in SequenceMatcher(None, one, other).get_opcodes():
        if same != "equal":
            yield Change(
                language,
                start + 1,
                "\n".join(one[start:end]),
                "\n".join(other[from_:to]),
            )
