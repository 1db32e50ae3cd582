"""Write about people's data: correct, erase, and let go of what is too old."""

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, or_, update

from course.base import clock
from course.base.db import db, deed, empty_the_journal
from course.base.personal import LIMITS, Until
from course.base.security import Failure
from course.domain.rights import Role
from course.features.account import queries as people
from course.features.account import services as accounts
from course.features.account.models import Journal, Membership, OneTimeLink, User
from course.features.account.words import new_seal, sort_name
from course.features.lab import personal as lab
from course.features.lab.models import Run
from course.features.privacy import queries
from course.features.privacy.models import Proof
from course.features.progress.services import rebuild
from course.features.quiz import personal as quiz
from course.features.quiz.models import Attempt
from course.features.tracking.models import Note


def _pseudonym() -> str:
    """What stands for a name: made by chance, so that nothing leads back."""
    return f"Anonyme {secrets.token_hex(3).upper()}"


def _held(user: User) -> User:
    """The person as the database knows them now; nobody else writes them."""
    return db.session.get_one(
        User, user.id, with_for_update=True, populate_existing=True
    )


@deed
def correct(user: User, name: str) -> None:
    """Write the name rightly; the sign-in name stays the one that was noted."""
    user = _held(user)
    if user.erased_at is not None:
        return  # in another window, a moment ago: the name does not come back
    user.name = name
    db.session.execute(
        update(Membership)
        .where(Membership.user_id == user.id)
        .values(sort_name=sort_name(name))
    )
    accounts.journal(user, "renamed", user_id=user.id)


def erase(user: User, *, by: User | None) -> str:
    """Put a pseudonym in somebody's place; returns it.

    What was learned still counts, for nobody. Where there was a cohort, the proof of
    training is kept apart, without a way from one to the other. Erasing twice changes
    nothing; raises LastAdminError.
    """
    pseudonym = _erase(user, by=by)
    empty_the_journal()
    return pseudonym


@deed
def _erase(user: User, *, by: User | None) -> str:
    held = _held(user)
    if held.erased_at is not None:
        return held.name
    pseudonym = _pseudonym()
    _keep_proof(held)
    for role in (Role.TRAINER, Role.ADMIN):
        accounts.revoke(held, role)
    db.session.execute(
        delete(Membership).where(
            Membership.user_id == held.id, Membership.role != Role.LEARNER
        )
    )
    for user_id in people.accounts_of(held.id):
        for holding in queries.HOLDINGS:
            if holding.erase:
                holding.erase(user_id, pseudonym)
        db.session.execute(
            update(User).where(User.id == user_id).values(erased_at=clock.now())
        )
    other = by if by and by.id != held.id else None
    accounts.journal(other, "erased", user_id=held.id)
    return pseudonym


def _keep_proof(user: User) -> None:
    training = queries.training_of(user.id)
    if training is None:
        return
    now = clock.now()
    db.session.add(
        Proof(
            name=user.name,
            training=training,
            made_at=now,
            until=now + LIMITS[Until.PROOFS],
        )
    )


@dataclass(slots=True)
class Cleaned:
    """How many rows were let go of, by what they were."""

    accounts: int = 0
    attempts: int = 0
    runs: int = 0
    notes: int = 0
    links: int = 0
    failures: int = 0
    journal: int = 0
    proofs: int = 0


def clean() -> Cleaned:
    """Let go of all that has been kept long enough; run again, it finds nothing.

    Each account is a deed of its own: cut short, the next run goes on.
    """
    done = Cleaned()
    for user_id in db.session.scalars(queries.unused_accounts()).all():
        _erase(db.session.get_one(User, user_id), by=None)
        done.accounts += 1
    since = clock.now() - LIMITS[Until.ANSWERS]
    done.attempts = _let_go(Attempt, queries.old_attempts(since), quiz.forget_words)
    done.runs = _let_go(Run, queries.old_runs(since), lab.forget_words)
    _delete_old(done)
    empty_the_journal()
    return done


@deed
def _let_go(
    kind: type[Attempt | Run], old: Select[Any], forget: Callable[[int], None]
) -> int:
    """Give what is old to a pseudonym, one for each person: statistics still stand."""
    of: dict[int, list[int]] = defaultdict(list)
    for each in db.session.scalars(old):
        of[each.user_id].append(each.id)
    for user_id, ids in of.items():
        pseudonym = _give_to_nobody(kind, ids)
        forget(pseudonym)
        rebuild({user_id, pseudonym})
    return sum(map(len, of.values()))


def _give_to_nobody(kind: type[Attempt | Run], ids: list[int]) -> int:
    now = clock.now()
    from_now_on = User(
        name=_pseudonym(), seal=new_seal(), created_at=now, erased_at=now
    )
    db.session.add(from_now_on)
    db.session.flush()
    moved = update(kind).where(kind.id.in_(ids))
    db.session.execute(moved.values(user_id=from_now_on.id))
    return from_now_on.id


@deed
def _delete_old(done: Cleaned) -> None:
    now = clock.now()
    links, notes = now - LIMITS[Until.LINKS], now - LIMITS[Until.NOTES]
    old = {
        "failures": delete(Failure).where(Failure.at < now - LIMITS[Until.FAILURES]),
        "links": delete(OneTimeLink).where(
            or_(OneTimeLink.used_at < links, OneTimeLink.expires_at < links)
        ),
        "journal": delete(Journal).where(Journal.at < now - LIMITS[Until.JOURNAL]),
        "notes": delete(Note).where(or_(Note.at < notes, Note.removed_at < links)),
        "proofs": delete(Proof).where(Proof.until < now),
    }
    for name, statement in old.items():
        counted = db.session.execute(statement)
        setattr(done, name, counted.rowcount)  # pyright: ignore[reportAttributeAccessIssue]
