"""Where somebody was in a lab, in words: the path offers to go on from there."""

from collections.abc import Collection
from datetime import datetime
from math import ceil

from flask import url_for
from sqlalchemy import Row, func, select

from course.base.db import db
from course.base.i18n import _, ngettext
from course.features.account.models import User
from course.features.lab import queries
from course.features.lab.models import Action, Run
from course.features.path.queries import Place


def place_of(user: User, labs: Collection[str]) -> Place | None:
    """The open run of one of these labs in which something was done last."""
    found = _last_open(user.id, labs)
    if found is None:
        return None
    run: Run = found.Run
    whole = queries.lab_of(run).minutes
    return Place(
        kind="lab",
        key=run.lab,
        at=found.last,
        words=words_of(run.count),
        url=url_for("lab.take", run_id=run.id),
        minutes=max(1, whole - ceil(found.seconds / 60)),
    )


def words_of(count: int) -> str:
    """How far one is; never which tasks are done: a check tells that at its end."""
    if not count:
        return _("at the mission, nothing is done yet")
    return ngettext(
        "after %(num)s action on the desk", "after %(num)s actions on the desk", count
    )


def _last_open(user_id: int, labs: Collection[str]) -> Row[Run, datetime, int] | None:
    last = func.coalesce(func.max(Action.at), Run.started_at)
    return db.session.execute(
        select(
            Run,
            last.label("last"),
            func.coalesce(func.sum(Action.seconds), 0).label("seconds"),
        )
        .outerjoin(Action, Action.run_id == Run.id)
        .where(Run.user_id == user_id, Run.ended_at.is_(None), Run.lab.in_(labs))
        .group_by(Run.id)
        .order_by(last.desc())
        .limit(1)
    ).first()
