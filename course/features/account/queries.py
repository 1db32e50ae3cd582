"""Read people."""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from flask import g
from sqlalchemy import ScalarSelect, Select, bindparam, func, or_, select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from course.base import clock
from course.base.db import db
from course.domain.rights import Role, Scope
from course.features.account.models import Membership, OneTimeLink, User
from course.features.account.words import digest_of, folded, login_for

PAGE = 50
IN_ONE = 10_000  # values of one statement


# Built once: every request of somebody signed in begins with it.
_PERSON = select(User, Membership).outerjoin(Membership, Membership.user_id == User.id)
_BY_ID = _PERSON.where(User.id == bindparam("user_id")).execution_options(
    populate_existing=True
)
_BY_LOGIN = _PERSON.where(User.login == bindparam("login"))
# What every page asks besides who asks. A feature above declares it; it travels in the
# same statement, and is found in `g` under its name.
BESIDES: dict[str, ScalarSelect[Any]] = {}


def user_by_id(user_id: int) -> User | None:
    """A person with the roles held, in one statement."""
    return _person(_BY_ID, user_id=user_id)


def user_by_login(login: str) -> User | None:
    """A person by sign-in name, however it was typed."""
    return _person(_BY_LOGIN, login=folded(login))


def user_by_name_typed(typed: str) -> User | None:
    """Who signs in so: by sign-in name, or by the one that a full name would give."""
    return user_by_login(typed) or user_by_login(login_for(typed, ()))


def _person(asked: Select[User, Membership], **values: Any) -> User | None:
    return _one([(row[0], row[1]) for row in db.session.execute(asked, values)])


def _one(rows: Sequence[tuple[User, Membership | None]]) -> User | None:
    if not rows:
        return None
    user = rows[0][0]
    # Half the cost of an eager relationship, for the same rows.
    held = [membership for _user, membership in rows if membership is not None]
    set_committed_value(user, "memberships", held)
    return user


def user_of_session(session_id: str) -> User | None:
    """Whose session this is; nobody's once the password has changed."""
    number, _dot, seal = session_id.partition(".")
    if not number.isdecimal():
        return None
    rows = db.session.execute(_with(*BESIDES), {"user_id": int(number)}).all()
    user = _one([(row[0], row[1]) for row in rows])
    if user is None or user.seal != seal or is_closed(user):
        return None
    g.brought_for = user.id
    for name, value in zip(BESIDES, rows[0][2:], strict=True):
        setattr(g, name, value)
    return user


def is_closed(user: User) -> bool:
    """Nobody signs in with an account that was joined to another, or erased."""
    return user.merged_into_id is not None or user.erased_at is not None


def accounts_of(user_id: int) -> list[int]:
    """The account, and all that were joined to it, one through another; itself last."""
    found = select(User.id).where(User.id == user_id).cte(recursive=True)
    joined = select(User.id).join(found, User.merged_into_id == found.c.id)
    ids = db.session.scalars(select(found.union_all(joined).c.id))
    return sorted(ids, key=lambda one: (one == user_id, one))


def survivor_of(user: User) -> User:
    """The account that goes on in the place of one that was joined to it."""
    while user.merged_into_id is not None:
        user = db.session.get_one(User, user.merged_into_id)
    return user


def user_joined_by(form_id: str) -> User | None:
    """Who came in by this very form."""
    return db.session.scalar(select(User).where(User.joined_by == form_id))


def hold(user_id: int) -> None:
    """Wait until nobody else writes this person: a second click sees the first."""
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())


def language_of(user_id: int) -> str | None:
    """The language somebody chose."""
    return db.session.scalar(select(User.language).where(User.id == user_id))


@cache
def _with(*names: str) -> Select[*tuple[Any, ...]]:
    return _BY_ID.add_columns(*(BESIDES[name].label(name) for name in names))


def logins_like(base: str) -> set[str]:
    """The sign-in names taken that begin like this one."""
    found = db.session.scalars(
        select(User.login).where(User.login.startswith(base, autoescape=True))
    )
    return {login for login in found if login}


def logins_taken(bases: Collection[str]) -> set[str]:
    """Which are taken of these sign-in names, and of the same with a number.

    A few numbers first: hardly anybody has ten namesakes.
    """
    found: set[str] = set()
    waiting, numbers = list(bases), range(1, 10)
    while waiting:
        asked = [_numbered(base, number) for base in waiting for number in numbers]
        for at in range(0, len(asked), IN_ONE):
            some = select(User.login).where(User.login.in_(asked[at : at + IN_ONE]))
            found.update(filter(None, db.session.scalars(some)))
        waiting = [
            base
            for base in waiting
            if all(_numbered(base, number) in found for number in numbers)
        ]
        numbers = range(numbers.stop, numbers.stop * 10)
    return found


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}{number}"


def ids_joined_by(marks: Collection[str]) -> list[int]:
    """Whom a form has made already, in the order of its marks."""
    if not marks:
        return []
    order = {mark: at for at, mark in enumerate(marks)}
    found = db.session.execute(
        select(User.joined_by, User.id).where(User.joined_by.in_(order))
    )
    return [one for _mark, one in sorted(found, key=lambda row: order[row[0] or ""])]


def users_in_order(ids: Collection[int]) -> list[User]:
    """People with their roles, in the order of these ids."""
    order = {user_id: at for at, user_id in enumerate(ids)}
    found = db.session.scalars(
        select(User).where(User.id.in_(order)).options(selectinload(User.memberships))
    )
    return sorted(found, key=lambda user: order[user.id])


def names_of(ids: Collection[int]) -> dict[int, str]:
    """How people are called, by their ids."""
    if not ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}


def logins_of(ids: Collection[int]) -> dict[int, str]:
    """Their sign-in names, by their ids; whoever has none is left out."""
    if not ids:
        return {}
    rows = db.session.execute(select(User.id, User.login).where(User.id.in_(ids)))
    return {row.id: row.login for row in rows if row.login}


def links_known(words: Iterable[str]) -> dict[str, bool]:
    """Those of these words that are a link's already, and whether it was used."""
    digests = {digest_of(word): word for word in words}
    found = db.session.execute(
        select(OneTimeLink.digest, OneTimeLink.used_at).where(
            OneTimeLink.digest.in_(digests)
        )
    )
    return {digests[digest]: used is not None for digest, used in found}


def has_admin() -> bool:
    """Whether somebody administrates the network yet."""
    return (
        db.session.scalar(
            select(Membership.id)
            .where(Membership.scope == Scope.NETWORK, Membership.role == Role.ADMIN)
            .limit(1)
        )
        is not None
    )


def usable_link(token: str, *, lock: bool = False) -> OneTimeLink | None:
    """A link that was never used and is not too old; locked, it waits for its turn."""
    found = select(OneTimeLink).where(
        OneTimeLink.digest == digest_of(token),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > clock.now(),
    )
    return db.session.scalar(found.with_for_update() if lock else found)


def people(search: str, page: int) -> tuple[list[User], int]:
    """One page of people who can sign in, by name, and how many there are in all."""
    found = select(User).where(User.login.is_not(None))
    if search:
        word = folded(search)
        found = found.where(
            or_(
                User.login.contains(word, autoescape=True),
                func.lower(User.name).contains(word, autoescape=True),
            )
        )
    count = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    users = db.session.scalars(
        found.options(selectinload(User.memberships))
        .order_by(User.name, User.id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )
    return list(users), count
