"""Revisions, editions, and what was last read from the folders."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.base.db import Model


class Revision(Model):
    """One state of one lesson, quiz or table, with all it quotes; it never changes."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("kind", "key", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[dict[str, Any]]  # path → text, as in the folders
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Edition(Model):
    """What is current, all together; the last one counts.

    One row answers "which revisions are current?" for every node, in one statement,
    and its id names what a process may keep in memory.
    """

    __tablename__ = "edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    revisions: Mapped[list[Any]]  # ids of revisions
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    why: Mapped[str] = mapped_column(Text, default="")


class Synced(Model):
    """What the folders said when they were last read.

    A folder that has not changed since does not bring old content back.
    """

    __tablename__ = "synced"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Finding(Model):
    """What the last reading of the folders found wrong, for the admin's page."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    path: Mapped[str] = mapped_column(String(200))
    line: Mapped[int]
    values: Mapped[dict[str, Any]]
    severity: Mapped[str] = mapped_column(String(10))
