"""Accounts that a trainer opens for people, and the slips that give them the key."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from course.base import clock
from course.base.db import db, deed, insert
from course.domain.rights import Role, Scope
from course.features.account import queries
from course.features.account.models import Membership, OneTimeLink, User
from course.features.account.services import SLIP, forget_links
from course.features.account.words import digest_of, login_for, new_seal, sort_name

AT_ONCE = 500  # rows of one statement


@deed
def create_learners(
    cohort_id: int,
    names: Sequence[str],
    *,
    language: str | None = None,
    joined_by: str | None = None,
) -> tuple[list[User], bool]:
    """Accounts without password, learners of a cohort, in the order of these names.

    A few statements, however many they are. `joined_by` is what the form is known by:
    sent again, it finds the accounts that it made. Also says whether they are new.
    """
    marks = [f"{joined_by}-{at}" if joined_by else None for at in range(len(names))]
    made = queries.ids_joined_by([mark for mark in marks if mark])
    if made:
        return queries.users_in_order(made), False
    now = clock.now()
    rows = [
        {
            "name": name,
            "seal": new_seal(),
            "language": language,
            "created_at": now,
            "joined_by": mark,
        }
        for name, mark in zip(names, marks, strict=True)
    ]
    ids = _insert_with_logins(rows)
    held = [
        {
            "user_id": user_id,
            "scope": Scope.COHORT,
            "scope_id": cohort_id,
            "role": Role.LEARNER,
            "sort_name": sort_name(name),
            "since": now,
        }
        for user_id, name in zip(ids, names, strict=True)
    ]
    if held:
        db.session.execute(insert(Membership.__table__), held)
    return queries.users_in_order(ids), True


def _insert_with_logins(rows: Sequence[dict[str, Any]]) -> list[int]:
    """Add people; who lost a sign-in name to somebody else meanwhile gets another."""
    taken = queries.logins_taken({login_for(row["name"], ()) for row in rows})
    ids: dict[int, int] = {}
    while waiting := [at for at in range(len(rows)) if at not in ids]:
        logins: dict[str, int] = {}
        for at in waiting[:AT_ONCE]:
            login = login_for(rows[at]["name"], taken)
            taken.add(login)
            logins[login] = at
        added = insert(User.__table__).on_conflict_do_nothing(index_elements=["login"])
        found = db.session.execute(
            added.values(
                [{**rows[at], "login": login} for login, at in logins.items()]
            ).returning(User.id, User.login)
        )
        ids |= {logins[row.login]: row.id for row in found}
    return [ids[at] for at in range(len(rows))]


@deed
def make_slips(words: Mapping[int, str], age: timedelta) -> datetime:
    """Links of these words, one a person; those not used before die. Until when.

    The same words again are the same links: what was used stays used.
    """
    until = clock.now() + age
    db.session.execute(forget_links(words))
    rows = [
        {
            "digest": digest_of(word),
            "purpose": SLIP,
            "user_id": user_id,
            "expires_at": until,
        }
        for user_id, word in words.items()
    ]
    if rows:
        added = insert(OneTimeLink.__table__).on_conflict_do_nothing()
        db.session.execute(added, rows)
    return until
