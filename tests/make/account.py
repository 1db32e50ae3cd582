"""People: ada learns, grace trains, linus administrates."""

from functools import cache

from argon2 import PasswordHasher
from sqlalchemy import inspect

from course.base.db import db, transaction
from course.domain.rights import Role
from course.features.account import queries, services
from course.features.account.models import User

PASSWORD = "trois mots ensemble"
# The real parameters take a twentieth of a second, on purpose.
cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@cache
def _hashed(password: str) -> str:
    return cheap.hash(password)


def make_user(
    name: str = "Ada Lovelace",
    *,
    role: Role | None = None,
    password: str = PASSWORD,
    language: str | None = "fr",
    informed: bool = True,
) -> User:
    """An account that can sign in, roles loaded; French unless told otherwise."""
    with transaction():
        user = services.create_user(name, None, role=role, language=language)
        user.password = _hashed(password)
        if informed:
            services.inform(user)
    return queries.user_by_id(user.id)


def make_guest(language: str = "fr") -> User:
    """Somebody who tries."""
    guest = services.create_guest(language)
    return queries.user_by_id(guest.id)


def again(user: User) -> User:
    """The same person as the database now knows them."""
    (user_id,) = inspect(user).identity  # known even when nothing else of it is
    db.session.close()
    found = queries.user_by_id(user_id)
    assert found is not None
    return found
