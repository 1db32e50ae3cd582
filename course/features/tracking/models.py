"""What trainers write about a learner, who can read it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Note(Model):
    """A trainer's note; taken back, it is no longer shown to anybody."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
