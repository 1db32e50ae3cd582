"""Write people: accounts, roles, sessions' seals, one-time links."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Delete, delete, select
from sqlalchemy.exc import IntegrityError

from course.base import clock
from course.base.db import db, deed, insert
from course.domain.profile import Profile
from course.domain.rights import Role, Scope
from course.features.account import queries
from course.features.account.models import Journal, Membership, OneTimeLink, User
from course.features.account.words import (
    digest_of,
    login_for,
    new_seal,
    new_token,
    sort_name,
)

# argon2id with OWASP's first choice of parameters (19 MiB, 2 passes, 1 lane):
# a class of forty signs in at once on a small machine.
hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
ACCESS_AGE = timedelta(days=7)
FIRST_ADMIN, ACCESS, SLIP = "first-admin", "access", "slip"


class LinkUsedError(Exception):
    """The link has been used, or is too old."""


class LastAdminError(Exception):
    """Somebody must be able to administrate."""


class FormTakenError(Exception):
    """Somebody else came in by this form."""


@deed
def create_guest(language: str) -> User:
    """Somebody who tries without signing up."""
    return _add(User(name="", language=language))


@deed
def create_user(
    name: str,
    password: str | None,
    *,
    role: Role | None = None,
    login: str | None = None,
    language: str | None = None,
) -> User:
    """An account; its sign-in name is made from the name unless one is given."""
    user = User(name=name, login=login, language=language)
    if password is not None:
        user.password = hasher.hash(password)
    _add(user)
    if login is None:
        _give_login(user)
    if role:
        grant(user, role)
    return user


@deed
def sign_up(guest: User, name: str, password: str) -> User:
    """Give a guest a name and a password: what was learned stays."""
    user = db.session.get_one(User, guest.id)
    user.name = name
    _give_login(user)
    user.password = hasher.hash(password)
    user.seal = new_seal()
    return user


def _add(user: User) -> User:
    user.seal = new_seal()
    user.created_at = clock.now()
    user.memberships = []
    db.session.add(user)
    db.session.flush()
    return user


def _give_login(user: User) -> None:
    """A sign-in name made from the name; somebody else may take it meanwhile."""
    taken = queries.logins_like(login_for(user.name, ()))
    while True:
        login = login_for(user.name, taken)
        try:
            with db.session.begin_nested():
                user.login = login
        except IntegrityError:
            taken.add(login)
        else:
            return


def right_password(user: User | None, password: str) -> bool:
    """Whether the password is this person's; as slow when there is nobody."""
    try:
        return hasher.verify((user and user.password) or _decoy(), password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    return hasher.hash(new_token())


@deed
def set_password(user: User, password: str) -> None:
    """Change the password; sessions opened before are closed."""
    user = db.session.get_one(User, user.id)
    user.password = hasher.hash(password)
    user.seal = new_seal()


@deed
def grant(
    user: User, role: Role, scope: Scope = Scope.NETWORK, scope_id: int = 0
) -> None:
    """Give a role within a scope; giving it twice changes nothing."""
    held = insert(Membership).values(
        user_id=user.id,
        scope=scope,
        scope_id=scope_id,
        role=role,
        sort_name=sort_name(user.name),
        since=clock.now(),
    )
    db.session.execute(held.on_conflict_do_nothing())


@deed
def revoke(
    user: User, role: Role, scope: Scope = Scope.NETWORK, scope_id: int = 0
) -> None:
    """Take a role back; the last administrator stays."""
    if role == Role.ADMIN and _admins() == [user.id]:
        raise LastAdminError
    db.session.execute(
        delete(Membership).where(
            Membership.user_id == user.id,
            Membership.scope == scope,
            Membership.scope_id == scope_id,
            Membership.role == role,
        )
    )


def _admins() -> list[int]:
    return list(
        db.session.scalars(
            select(Membership.user_id)
            .where(Membership.scope == Scope.NETWORK, Membership.role == Role.ADMIN)
            .order_by(Membership.id)
            .with_for_update()  # two who leave at once: the second stays
        )
    )


@deed
def journal(
    by: User | None,
    verb: str,
    *,
    user_id: int | None = None,
    cohort_id: int | None = None,
    **detail: Any,
) -> Journal:
    """Write down what somebody did to an account or a cohort."""
    line = Journal(
        at=clock.now(),
        by_id=by.id if by else None,
        verb=verb,
        user_id=user_id,
        cohort_id=cohort_id,
        detail=detail,
    )
    db.session.add(line)
    db.session.flush()
    return line


@deed
def inform(user: User) -> None:
    """The privacy notice was read."""
    db.session.get_one(User, user.id).informed_at = clock.now()


@deed
def save_profile(user: User, profile: Profile) -> None:
    """Keep the answers to the four questions; each may be missing."""
    user = db.session.get_one(User, user.id)
    answers = profile.to_dict()
    user.position, user.size = answers.get("position"), answers.get("size")
    user.trade, user.worry = answers.get("trade"), answers.get("worry")
    user.profiled_at = clock.now()


@deed
def set_language(user: User, language: str) -> None:
    """Speak this language from now on."""
    db.session.get_one(User, user.id).language = language


@deed
def make_access_link(user: User) -> str:
    """The word of a link by which somebody chooses a new password, once, in 7 days."""
    return _link(ACCESS, user.id, ACCESS_AGE)


@deed
def make_first_admin_link() -> str:
    """The word of the link that creates the first admin; the ones before die."""
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == FIRST_ADMIN))
    return _link(FIRST_ADMIN, None, ACCESS_AGE)


def _link(purpose: str, user_id: int | None, age: timedelta) -> str:
    token = new_token()
    db.session.add(
        OneTimeLink(
            digest=digest_of(token),
            purpose=purpose,
            user_id=user_id,
            expires_at=clock.now() + age,
        )
    )
    return token


@deed
def use_access_link(token: str, password: str) -> User:
    """Choose a password through a link; raises LinkUsedError the second time.

    The other links of this person die: what was lost opens nothing any more. A slip,
    which trainers print, opens no account of who has come to train or administrate.
    """
    link = _use(token, ACCESS, SLIP)
    user = queries.user_by_id(link.user_id or 0)
    if user is None or (link.purpose == SLIP and user.roles() != {Role.LEARNER}):
        raise LinkUsedError
    set_password(user, password)
    db.session.execute(forget_links([user.id]))
    return user


def forget_links(user_ids: Iterable[int]) -> Delete[OneTimeLink]:
    """The statement after which these people's links open nothing any more."""
    return delete(OneTimeLink).where(
        OneTimeLink.user_id.in_(list(user_ids)), OneTimeLink.used_at.is_(None)
    )


@deed
def use_first_admin_link(token: str, name: str, password: str, language: str) -> User:
    """Create the first admin; raises LinkUsedError when there is one already."""
    if queries.has_admin():
        raise LinkUsedError
    _use(token, FIRST_ADMIN)
    return create_user(name, password, role=Role.ADMIN, language=language)


def _use(token: str, *purposes: str) -> OneTimeLink:
    link = queries.usable_link(token, lock=True)
    if link is None or link.purpose not in purposes:
        raise LinkUsedError
    link.used_at = clock.now()
    return link


@deed
def keep_form_id(user: User, form_id: str | None) -> None:
    """Remember the form that somebody came in by, for its second click."""
    db.session.get_one(User, user.id).joined_by = form_id


def joined_first(form_id: str | None, name: str, password: str) -> User | None:
    """Who came in by this form, if it is the same person; raises FormTakenError."""
    found = queries.user_joined_by(form_id) if form_id else None
    if found is None:
        return None
    same = sort_name(found.name) == sort_name(name) and not queries.is_closed(found)
    if same and right_password(found, password):
        return found
    raise FormTakenError


@deed
def sign_up_once(
    guest: User | None, name: str, password: str, form_id: str | None
) -> User | None:
    """Sign a guest up; the same form again finds the account made first.

    Nobody is found when there is neither a guest nor such an account.
    """
    if guest is not None:
        queries.hold(guest.id)
    try:
        found = joined_first(form_id, name, password)
    except FormTakenError:
        found = form_id = None
    if found is not None or guest is None:
        return found
    user = sign_up(guest, name, password)
    keep_form_id(user, form_id)
    return user
