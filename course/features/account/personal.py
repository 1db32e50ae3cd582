"""What accounts hold about people."""

from typing import Any

from sqlalchemy import Select, delete, literal, select, update

from course.base.db import db
from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.base.security import Failure
from course.features.account.models import Journal, Membership, OneTimeLink, User
from course.features.account.words import new_seal, sort_name

_WORK = _l("Examples and amounts in the words of your trade; the order of the modules.")
_PROGRESS = _l("Your progress and its dates.")


def _erase_user(user_id: int, pseudonym: str) -> None:
    """The line stays, so that what was learned still counts; nobody is in it."""
    db.session.execute(
        update(User)
        .where(User.id == user_id)
        .values(
            name=pseudonym,
            login=None,
            password=None,
            seal=new_seal(),
            language=None,
            position=None,
            size=None,
            trade=None,
            worry=None,
            joined_by=None,
        )
    )


def _erase_membership(user_id: int, pseudonym: str) -> None:
    db.session.execute(
        update(Membership)
        .where(Membership.user_id == user_id)
        .values(sort_name=sort_name(pseudonym))
    )


def _erase_links(user_id: int, _pseudonym: str) -> None:
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.user_id == user_id))


def _failures(user_id: int) -> Select[Any]:
    """The failed tries at this person's sign-in name."""
    door = select(literal("sign-in:name:") + User.login).where(User.id == user_id)
    return select(Failure).where(Failure.door == door.scalar_subquery())


def _erase_failures(user_id: int, _pseudonym: str) -> None:
    ids = [failure.id for failure in db.session.scalars(_failures(user_id))]
    db.session.execute(delete(Failure).where(Failure.id.in_(ids)))


HOLDINGS = (
    # Before the account itself, whose sign-in name finds them.
    Holding(
        Failure,
        _l("Failed tries at your sign-in name"),
        {
            "door": Field(
                _l("Door"),
                _l("To close the door to who tries many passwords."),
                Until.FAILURES,
            ),
            "at": Field(
                _l("When"), _l("To open it again after 15 minutes."), Until.FAILURES
            ),
        },
        _failures,
        _erase_failures,
    ),
    Holding(
        User,
        _l("Your account"),
        {
            "name": Field(
                _l("First name and last name"),
                _l("To know whose passport it is."),
                Until.ACCOUNT,
            ),
            "login": Field(
                _l("Sign-in name"), _l("To let you come back."), Until.ACCOUNT
            ),
            "language": Field(
                _l("Language"), _l("To speak to you in it."), Until.ACCOUNT
            ),
            "position": Field(_l("Position"), _WORK, Until.ACCOUNT),
            "size": Field(_l("Size of the firm"), _WORK, Until.ACCOUNT),
            "trade": Field(_l("Trade"), _WORK, Until.ACCOUNT),
            "worry": Field(_l("What worries you"), _WORK, Until.ACCOUNT),
            "created_at": Field(_l("Account made"), _PROGRESS, Until.ACCOUNT),
            "informed_at": Field(
                _l("Notice read"),
                _l("To prove that you were told what is kept."),
                Until.ACCOUNT,
            ),
            "profiled_at": Field(
                _l("Four questions shown"),
                _l("So as not to ask them twice."),
                Until.ACCOUNT,
            ),
            "erased_at": Field(
                _l("Erased"), _l("To prove that it was done."), Until.WORK
            ),
        },
        mine(User, "id"),
        _erase_user,
        # A print of the password, the seal of sessions and the form's id open doors:
        # they are never shown, and erasing takes them away.
        plain=frozenset({"password", "seal", "joined_by", "demo"}),
    ),
    Holding(
        Membership,
        _l("Your groups and roles"),
        {
            "role": Field(
                _l("Role"),
                _l("To know what you may do, and who follows you."),
                Until.ACCOUNT,
            ),
            "scope": Field(
                _l("Where"), _l("To know how far it reaches."), Until.ACCOUNT
            ),
            "sort_name": Field(
                _l("Name in lists"), _l("To put lists in order."), Until.ACCOUNT
            ),
            "since": Field(_l("Since"), _PROGRESS, Until.ACCOUNT),
        },
        mine(Membership),
        _erase_membership,
        plain=frozenset({"scope_id"}),
    ),
    Holding(
        OneTimeLink,
        _l("Links that open your account once"),
        {
            "purpose": Field(
                _l("Purpose"), _l("To choose a password again."), Until.LINKS
            ),
            "expires_at": Field(
                _l("Valid until"), _l("To close it in time."), Until.LINKS
            ),
            "used_at": Field(_l("Used"), _l("To work only once."), Until.LINKS),
        },
        mine(OneTimeLink),
        _erase_links,
    ),
    Holding(
        Journal,
        _l("What was done to your account"),
        {
            "at": Field(_l("When"), _l("To be able to account for it."), Until.JOURNAL),
            "verb": Field(_l("What"), _l("To be able to undo it."), Until.JOURNAL),
        },
        mine(Journal),
        plain=frozenset({"cohort_id", "detail"}),  # ids alone: what undoing needs
    ),
)
