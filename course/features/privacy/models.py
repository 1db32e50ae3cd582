"""The proofs of training that the law wants kept after somebody was erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Proof(Model):
    """Who followed what, with which result; nothing leads from it to the pseudonym.

    Administrators alone read it, until the day when it goes too.
    """

    __tablename__ = "proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    training: Mapped[dict[str, Any]]  # cohorts with their days, stamps, minutes
    made_at: Mapped[datetime]
    until: Mapped[datetime]
