"""Read people."""

from collections.abc import Sequence
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
from course.features.account.words import digest_of, folded

PAGE = 50


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
    if user is None or user.seal != seal:
        return None
    for name, value in zip(BESIDES, rows[0][2:], strict=True):
        setattr(g, name, value)
    return user


@cache
def _with(*names: str) -> Select[*tuple[Any, ...]]:
    return _BY_ID.add_columns(*(BESIDES[name].label(name) for name in names))


def logins_like(base: str) -> set[str]:
    """The sign-in names taken that begin like this one."""
    found = db.session.scalars(
        select(User.login).where(User.login.startswith(base, autoescape=True))
    )
    return {login for login in found if login}


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
