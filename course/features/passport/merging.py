"""The stamps of two accounts of one person become one passport's, and back."""

from collections.abc import Collection, Iterator
from typing import Any

from course.base.i18n import _l
from course.features.account.merging import FACTS, Fact
from course.features.account.signals import merged, parted
from course.features.passport import services
from course.features.passport.queries import stamps_by_user

MINE = "stamp"


def merge(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Of each module the earliest stamp is the one that stays."""
    moved[MINE] = services.join(kept_id, gone_id)


def part(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Give them back."""
    services.part(kept_id, gone_id, moved.get(MINE, ()))


def facts(users: Collection[int]) -> Iterator[Fact]:
    """How many stamps somebody has."""
    held = stamps_by_user(users)
    yield Fact(_l("Stamps"), {one: str(len(stamps)) for one, stamps in held.items()})


def init_app() -> None:
    """Listen to what happens to people, and tell what is known of them."""
    merged.connect(merge)
    parted.connect(part)
    if facts not in FACTS:
        FACTS.append(facts)
