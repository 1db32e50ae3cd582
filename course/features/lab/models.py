"""Runs of labs, their actions, and what became of each goal."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Run(Model):
    """One try of one learner at a lab, pinned to the revision it began with."""

    __tablename__ = "run"
    __table_args__ = (
        # One open run: a double click finds the first one, never makes a second.
        Index(
            "uq_run_open",
            "user_id",
            "lab",
            "mode",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "user_id", "lab", "id"),
        Index(None, "lab", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    lab: Mapped[str] = mapped_column(String(80))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    mode: Mapped[str] = mapped_column(String(10))
    seed: Mapped[int]
    profile: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, Any]]  # of the simulators that play it
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    count: Mapped[int] = mapped_column(default=0, server_default="0")  # of actions
    # The world after some of the actions, so that not all have to be replayed.
    snapshot: Mapped[dict[str, Any] | None]
    points: Mapped[float | None]  # when ended
    out_of: Mapped[float | None]
    passed: Mapped[bool | None]


class Action(Model):
    """One deed on the desk; added, never edited: a run is its actions."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("run_id", "position"),
        UniqueConstraint("run_id", "client_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    position: Mapped[int]  # from 1
    client_id: Mapped[str] = mapped_column(String(40))  # made by the page: kept once
    simulator: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    fields: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    seconds: Mapped[int]


class Outcome(Model):
    """What became of a goal in a run that was ended."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("run_id", "goal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    goal: Mapped[str] = mapped_column(String(80))
    points: Mapped[float]  # that it was worth
    required: Mapped[bool]
    reached: Mapped[float]  # 0 to 1, before hints
    share: Mapped[float]  # 0 to 1, of the points
    hints: Mapped[int]
    position: Mapped[int | None]  # the action that reached it
    seconds: Mapped[int]
