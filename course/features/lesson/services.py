"""Write that a lesson was read, a question in it tried, and where one was."""

import secrets
from typing import Any

from pydantic import JsonValue
from sqlalchemy import select

from course.base import clock
from course.base.db import built_once, db, deed, insert
from course.domain.landmark import anchor_of
from course.domain.lesson import Try
from course.domain.questions.base import is_unknown
from course.features.account.models import User
from course.features.catalogue.queries import Shelf
from course.features.lesson.models import Bookmark
from course.features.progress.services import Verb, now_deed, record


@deed
def read(user: User, shelf: Shelf, key: str) -> None:
    """The learner came to the end of a lesson; once a revision is enough."""
    revision = shelf.revision("lesson", key)
    record(
        now_deed(
            user.id,
            Verb.READ,
            "lesson",
            key,
            client_id=f"{key[:24]}-{revision}-read",
            revision_id=revision,
        )
    )


def result_of(block: Try, answer: JsonValue) -> dict[str, Any]:
    """What the ledger keeps of a try; « I do not know » is not a wrong answer."""
    share = block.question.judge(answer).share
    result: dict[str, Any] = {"try": block.name, "share": share}
    return result | {"unknown": True} if is_unknown(answer) else result


@deed
def tried(
    user: User, shelf: Shelf, key: str, result: dict[str, Any], *, client_id: str
) -> None:
    """The learner tried a question of a lesson, and is there now.

    The page's id keeps it once.
    """
    record(
        now_deed(
            user.id,
            Verb.TRIED,
            "lesson",
            key,
            # Its own names: a page's id may never stand for another deed's.
            client_id=f"try-{client_id or secrets.token_hex(8)}",
            revision_id=shelf.revision("lesson", key),
            result=result,
        )
    )
    keep_place(user.id, key, anchor_of(result["try"]))


@deed
def keep_place(user_id: int, lesson: str, anchor: str) -> None:
    """The learner was last at this paragraph of a lesson."""
    row = {"user_id": user_id, "lesson": lesson, "anchor": anchor, "at": clock.now()}
    db.session.execute(_keep_place(), row)


@built_once
def _keep_place() -> Any:
    """INSERT a bookmark, or move the one there is; the later moment wins."""
    row = insert(Bookmark.__table__)
    return row.on_conflict_do_update(
        index_elements=["user_id", "lesson"],
        set_={"anchor": row.excluded.anchor, "at": row.excluded.at},
        where=Bookmark.at <= row.excluded.at,
    )


@deed
def adopt(guest_id: int, user_id: int) -> None:
    """Give a guest's places to an account; of two in one lesson, the later counts."""
    kept = select(Bookmark.__table__).where(Bookmark.user_id == guest_id)
    rows = [dict(row) for row in db.session.execute(kept).mappings()]
    if rows:
        db.session.execute(_keep_place(), [{**row, "user_id": user_id} for row in rows])
