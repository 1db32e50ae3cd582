"""Write that a lesson was read, or a question in it tried."""

import secrets
from typing import Any

from course.base.db import deed
from course.features.account.models import User
from course.features.catalogue.queries import Shelf
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


@deed
def tried(
    user: User, shelf: Shelf, key: str, result: dict[str, Any], *, client_id: str
) -> None:
    """The learner tried a question of a lesson; the page's id keeps it once."""
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
