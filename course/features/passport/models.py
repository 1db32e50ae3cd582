"""Stamps: a module passed, with the rule by which it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Stamp(Model):
    """A module passed; once given it is never taken away.

    `rule` is what was asked then: a later rule asks more of others, not of this one.
    """

    __tablename__ = "stamp"
    __table_args__ = (UniqueConstraint("user_id", "module"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    module: Mapped[str] = mapped_column(String(80))
    rule: Mapped[dict[str, Any]]
    evidence: Mapped[dict[str, Any]]  # the attempt, its result
    at: Mapped[datetime]
