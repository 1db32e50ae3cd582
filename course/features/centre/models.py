"""Centres and cohorts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from course.base.db import Model


class Centre(Model):
    """A regional place that trains small firms."""

    __tablename__ = "centre"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]

    cohorts: Mapped[list["Cohort"]] = relationship(
        back_populates="centre", lazy="raise"
    )


class Cohort(Model):
    """Learners followed together by trainers of a centre."""

    __tablename__ = "cohort"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    place: Mapped[str | None] = mapped_column(String(120))
    # Days of COURSE_TIMEZONE, the last one included.
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    centre: Mapped[Centre] = relationship(back_populates="cohorts", lazy="raise")
