"""Write notes about learners, who can read them."""

from course.base import clock
from course.base.db import db, deed
from course.features.account.models import User
from course.features.tracking.models import Note


@deed
def add_note(by: User, user_id: int, text: str) -> Note:
    """Keep a note about somebody."""
    lines = "\n".join(text.splitlines())
    note = Note(user_id=user_id, by_id=by.id, text=lines, at=clock.now())
    db.session.add(note)
    db.session.flush()
    return note


@deed
def remove_note(note_id: int) -> None:
    """Take a note back: nobody sees it any more; twice changes nothing."""
    note = db.session.get_one(Note, note_id)
    note.removed_at = note.removed_at or clock.now()


def may_remove(note: Note, user: User) -> bool:
    """Whoever wrote it, and who administrates."""
    return note.by_id == user.id or user.is_admin
