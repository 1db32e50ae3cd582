"""Attempts, their items, the answers given and the grades these got."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Attempt(Model):
    """One sitting of one learner, drawn from a pool."""

    __tablename__ = "attempt"
    __table_args__ = (
        # One open attempt: a double click finds the first one, never makes a second.
        Index(
            "uq_attempt_open",
            "user_id",
            "quiz",
            "mode",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "user_id", "quiz", "mode", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    quiz: Mapped[str] = mapped_column(String(80))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    mode: Mapped[str] = mapped_column(String(10))
    pass_mark: Mapped[int]  # percent; copied, so that a later edit changes nothing
    seed: Mapped[int]
    profile: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    share: Mapped[float | None]  # of the points, when ended
    passed: Mapped[bool | None]


class Item(Model):
    """One question of an attempt, pinned to the revision it was drawn from."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("attempt_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    position: Mapped[int]  # from 1
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    quiz: Mapped[str] = mapped_column(String(80))
    question: Mapped[str] = mapped_column(String(80))
    points: Mapped[float]
    variant: Mapped[dict[str, Any]]


class Submission(Model):
    """One answer as it was given; the last of an item counts."""

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("item_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    client_id: Mapped[str] = mapped_column(String(40))
    answer: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime]
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    # Given faster than the question can be read.
    hasty: Mapped[bool] = mapped_column(default=False, server_default=false())


class Grade(Model):
    """What a submission is worth; the last counts, so that regrading only adds."""

    __tablename__ = "grade"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    share: Mapped[float | None]  # 0 to 1; None waits for a human
    verdict: Mapped[dict[str, Any]]
    version: Mapped[int]  # of the question type that judged
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id")
    )  # None: the machine
    at: Mapped[datetime]
