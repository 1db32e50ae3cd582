"""Where somebody was in a lesson when a customer came in."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Bookmark(Model):
    """The paragraph last read of a lesson; the newest is where one goes on."""

    __tablename__ = "bookmark"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    lesson: Mapped[str] = mapped_column(String(80), primary_key=True)
    anchor: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]
