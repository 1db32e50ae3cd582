"""Read what is held about somebody, and whose time has come."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from course.base import clock
from course.base.db import db
from course.base.personal import GUESTS, LIMITS, Holding, Until
from course.domain.rights import Role, Scope
from course.features.account import personal as account
from course.features.account import queries as people
from course.features.account.models import Membership, User
from course.features.author import personal as author
from course.features.catalogue import personal as catalogue
from course.features.centre.models import Centre, Cohort
from course.features.lab import personal as lab
from course.features.lab.models import Action, Run
from course.features.lesson import personal as lesson
from course.features.passport import personal as passport
from course.features.passport.models import Stamp
from course.features.privacy.models import Proof
from course.features.progress import personal as progress
from course.features.progress.models import Standing
from course.features.quiz import personal as quiz
from course.features.quiz.models import Attempt, Item, Submission
from course.features.tracking import personal as tracking

PAGE = 50
# In the order of the page. Whoever is erased is taken out of each in this order too.
HOLDINGS: tuple[Holding, ...] = (
    *account.HOLDINGS,
    *passport.HOLDINGS,
    *tracking.HOLDINGS,
    *progress.HOLDINGS,
    *lesson.HOLDINGS,
    *quiz.HOLDINGS,
    *lab.HOLDINGS,
    *catalogue.HOLDINGS,
    *author.HOLDINGS,
)


def everything_of(user_id: int) -> Iterator[tuple[Holding, list[dict[str, Any]]]]:
    """All that is held about somebody, table by table, whatever the account."""
    ids = people.accounts_of(user_id)
    for holding in HOLDINGS:
        yield holding, [row for one in ids for row in holding.entries(one)]


def summary_of(
    user_id: int, most: int
) -> Iterator[tuple[Holding, list[dict[str, Any]], int]]:
    """The newest rows of each table about somebody, and how many there are in all."""
    ids = people.accounts_of(user_id)
    for holding in HOLDINGS:
        rows = [row for one in ids for row in holding.last(one, most)]
        yield holding, rows[-most:], sum(map(holding.count, ids))


def training_of(user_id: int) -> dict[str, Any] | None:
    """What a proof of training says of somebody; None without a cohort."""
    cohorts = db.session.execute(
        select(Cohort, Centre.name, Membership.since)
        .join(Membership, Membership.scope_id == Cohort.id)
        .join(Centre, Centre.id == Cohort.centre_id)
        .where(
            Membership.user_id == user_id,
            Membership.scope == Scope.COHORT,
            Membership.role == Role.LEARNER,
        )
        .order_by(Cohort.id)
    ).all()
    if not cohorts:
        return None
    stamps = db.session.execute(
        select(Stamp.module, Stamp.at).where(Stamp.user_id == user_id)
    )
    seconds, begun, ended = db.session.execute(
        select(
            func.sum(Standing.seconds),
            func.min(Standing.first_at),
            func.max(Standing.last_at),
        ).where(Standing.user_id == user_id)
    ).one()
    return {
        "cohorts": [
            {
                "name": cohort.name,
                "centre": centre,
                "begins_on": _iso(cohort.begins_on),
                "ends_on": _iso(cohort.ends_on),
                "joined": _iso(since),
            }
            for cohort, centre, since in cohorts
        ],
        "stamps": {module: _iso(at) for module, at in stamps},
        "minutes": (seconds or 0) // 60,
        "first": _iso(begun),
        "last": _iso(ended),
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def proofs(search: str, page: int) -> tuple[list[Proof], bool]:
    """One page of the proofs whose name holds these words; whether others follow."""
    found = select(Proof).where(Proof.until > clock.now())
    if search:
        found = found.where(
            func.lower(Proof.name).contains(search.lower(), autoescape=True)
        )
    kept = db.session.scalars(
        found.order_by(Proof.name, Proof.id).limit(PAGE + 1).offset(PAGE * (page - 1))
    ).all()
    return list(kept[:PAGE]), len(kept) > PAGE


# ---- Whose time has come


def _last_seen() -> Any:
    """The last thing a learner did, else the day the account was made."""
    last = select(func.max(Standing.last_at)).where(Standing.user_id == User.id)
    return func.coalesce(last.scalar_subquery(), User.created_at)


def unused_accounts() -> Select[Any]:
    """The ids of guests and learners who have not been here for too long.

    Who trains or administrates is here without doing any lesson: never these.
    """
    now = clock.now()
    staff = select(Membership.user_id).where(
        Membership.role.in_((Role.TRAINER, Role.ADMIN))
    )
    since = now - LIMITS[Until.ACCOUNT]
    guest = User.login.is_(None) & (_last_seen() < now - GUESTS)
    return (
        select(User.id)
        .where(
            User.erased_at.is_(None),
            User.merged_into_id.is_(None),
            User.id.not_in(staff),
            guest | (_last_seen() < since),
        )
        .order_by(User.id)
    )


def old_attempts(since: datetime) -> Select[Any]:
    """The attempts ended, or left open, whose answers were kept long enough."""
    answered_since = exists().where(
        Item.attempt_id == Attempt.id,
        Submission.item_id == Item.id,
        Submission.at >= since,
    )
    left = Attempt.ended_at.is_(None) & (Attempt.started_at < since) & ~answered_since
    return (
        select(Attempt)
        .join(User, User.id == Attempt.user_id)
        .where((Attempt.ended_at < since) | left, User.erased_at.is_(None))
        .order_by(Attempt.id)
    )


def old_runs(since: datetime) -> Select[Any]:
    """The runs of labs ended, or left open, that were kept long enough."""
    acted_since = exists().where(Action.run_id == Run.id, Action.at >= since)
    left = Run.ended_at.is_(None) & (Run.started_at < since) & ~acted_since
    return (
        select(Run)
        .join(User, User.id == Run.user_id)
        .where((Run.ended_at < since) | left, User.erased_at.is_(None))
        .order_by(Run.id)
    )
