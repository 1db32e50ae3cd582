"""The deeds of two accounts of one person become one person's, and back."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import func, select, update

from course.base.db import db, deed
from course.base.i18n import _, _l, show_ago
from course.features.account.merging import FACTS, Fact
from course.features.account.signals import merged, parted
from course.features.progress.models import Event, Standing
from course.features.progress.services import rebuild

MINE = "progress"


@deed
def merge(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the deeds; what both did stays each one's own, and counts once."""
    known = select(Event.client_id).where(Event.user_id == kept_id)
    ids = list(
        db.session.scalars(
            select(Event.id)
            .where(Event.user_id == gone_id, Event.client_id.not_in(known))
            .order_by(Event.id)
        )
    )
    db.session.execute(update(Event).where(Event.id.in_(ids)).values(user_id=kept_id))
    moved[MINE] = ids
    rebuild({kept_id, gone_id})


@deed
def part(_sender: Any, kept_id: int, gone_id: int, moved: dict[str, Any]) -> None:
    """Move the same deeds back."""
    db.session.execute(
        update(Event)
        .where(Event.id.in_(moved.get(MINE, [])), Event.user_id == kept_id)
        .values(user_id=gone_id)
    )
    rebuild({kept_id, gone_id})


def facts(users: Collection[int]) -> Iterator[Fact]:
    """When somebody was last seen, and how much was done."""
    of = Standing.user_id
    seen = select(of, func.max(Standing.last_at)).where(of.in_(users)).group_by(of)
    ago = {one: show_ago(at) for one, at in db.session.execute(seen)}
    yield Fact(_l("Last seen"), {one: ago.get(one, _("never")) for one in users})
    for kind, label in KINDS.items():
        done = (
            select(of, func.count())
            .where(of.in_(users), Standing.kind == kind, Standing.state == "done")
            .group_by(of)
        )
        counts = {row[0]: row[1] for row in db.session.execute(done)}
        yield Fact(label, {one: str(counts.get(one, 0)) for one in users})


KINDS = {
    "lesson": _l("Lessons read"),
    "lab": _l("Labs passed"),
    "quiz": _l("Quizzes passed"),
}


def init_app() -> None:
    """Listen to what happens to people, and tell what is known of them."""
    merged.connect(merge)
    parted.connect(part)
    if facts not in FACTS:
        FACTS.append(facts)
