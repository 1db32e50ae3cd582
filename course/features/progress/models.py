"""The ledger of deeds, and where each learner stands."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Event(Model):
    """One deed of a learner; added, never edited.

    It says actor, verb, object, result, as an xAPI statement does. Answers are not
    here: a Submission is the ledger's line of an answer, and is not written twice.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("user_id", "client_id"),
        Index(None, "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    client_id: Mapped[str] = mapped_column(String(40))  # made by the page: kept once
    verb: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[datetime]
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    result: Mapped[dict[str, Any]]


class Standing(Model):
    """Where a learner stands in one lesson or quiz: a cache of the ledger."""

    __tablename__ = "standing"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))  # started, done
    best: Mapped[float | None]  # best share of the points of an ended check, 0 to 1
    tries: Mapped[int]  # ended attempts
    answered: Mapped[int]  # answers given in all
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")  # spent in all
    hasty: Mapped[int] = mapped_column(default=0, server_default="0")  # too fast
    # Wrong tries in a row on one thing, and which one: a question's name, a try's.
    wrong: Mapped[int] = mapped_column(default=0, server_default="0")
    hurdle: Mapped[str | None] = mapped_column(String(80))
