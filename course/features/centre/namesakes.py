"""Names that may be the same person's, written twice."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import TypeVar

from course.features.account.words import folded

Key = TypeVar("Key", bound=Hashable)
# A letter more or less makes another name of a shorter one: Léa, Léo.
SHORTEST = 6


def pairs(names: Iterable[tuple[Key, str]]) -> list[tuple[Key, Key]]:
    """Who may be who: equal names first, in whatever order, then one letter apart."""
    found: dict[tuple[Key, Key], None] = {}
    same: dict[str, list[Key]] = defaultdict(list)
    near: dict[str, list[Key]] = defaultdict(list)
    for key, name in names:
        forms = list(_forms(name))
        for form in forms[:1]:
            same[form].append(key)
        for form in set(forms):
            near[form].append(key)
    for heap in (*same.values(), *near.values()):
        found |= dict.fromkeys(combinations(heap, 2))
    return list(found)


def _forms(name: str) -> Iterator[str]:
    """The name in one order, and without each of its letters.

    Two names one letter apart have such a form in common.
    """
    plain = "".join(sign if sign.isalnum() else " " for sign in folded(name))
    whole = " ".join(sorted(plain.split()))
    if not whole:
        return
    yield whole
    if len(whole) >= SHORTEST:
        yield from (whole[:at] + whole[at + 1 :] for at in range(len(whole)))
