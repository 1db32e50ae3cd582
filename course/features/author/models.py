"""Drafts: what authors are writing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Draft(Model):
    """The text being written for one lesson or quiz, in every language."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))  # begun from
    source: Mapped[dict[str, Any]]  # path → text
    version: Mapped[int]  # counts the saves: who saves an older one is told
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
