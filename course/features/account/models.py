"""People, their roles within a scope, links that work once, what was done to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from course.base.db import Model
from course.domain.profile import Profile
from course.domain.rights import RIGHTS, May, Role, Scope


class User(Model):
    """A person; a guest has neither sign-in name nor password yet."""

    __tablename__ = "user"
    __table_args__ = (Index("uq_user_joined_by", "joined_by", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    login: Mapped[str | None] = mapped_column(String(80), unique=True)
    password: Mapped[str | None] = mapped_column(String(200))
    # Changes with the password: the sessions opened before are then closed.
    seal: Mapped[str] = mapped_column(String(32))
    language: Mapped[str | None] = mapped_column(String(5))
    position: Mapped[str | None] = mapped_column(String(20))
    size: Mapped[str | None] = mapped_column(String(20))
    trade: Mapped[str | None] = mapped_column(String(20))
    worry: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    informed_at: Mapped[datetime | None]  # the privacy notice was read
    profiled_at: Mapped[datetime | None]  # the four questions were shown
    # The id that the joining form made: its second click finds the first one's account.
    joined_by: Mapped[str | None] = mapped_column(String(40))
    # Two accounts of one person were joined: this one is closed, that one goes on.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    erased_at: Mapped[datetime | None]  # a pseudonym has taken the person's place
    # Somebody of the believable network: signs in from the local machine only.
    demo: Mapped[bool] = mapped_column(default=False, server_default=false())

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", lazy="raise"
    )

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The name of a session: it dies when the seal changes."""
        return f"{self.id}.{self.seal}"

    @property
    def is_guest(self) -> bool:
        """Nobody can sign in as a guest again: there is nothing to type."""
        return self.password is None

    @property
    def profile(self) -> Profile:
        """The answers to the four questions, each of which may be missing."""
        return Profile.from_dict(
            {
                "position": self.position,
                "size": self.size,
                "trade": self.trade,
                "worry": self.worry,
            }
        )

    def roles(self) -> frozenset[Role]:
        """All the roles held, wherever they reach."""
        return frozenset({Role.LEARNER} | {Role(m.role) for m in self.memberships})

    def may(self, right: May) -> bool:
        """Whether some role gives this right; how far it reaches is a query."""
        return any(right in RIGHTS[role] for role in self.roles())

    def scopes(self, role: Role, scope: Scope) -> list[int]:
        """The ids of the cohorts (or centres) where this role is held."""
        return [
            m.scope_id for m in self.memberships if m.role == role and m.scope == scope
        ]

    @property
    def is_admin(self) -> bool:
        """An administrator of the network."""
        return bool(self.scopes(Role.ADMIN, Scope.NETWORK))


class Membership(Model):
    """A role within a scope: learner of a cohort, trainer of a centre, admin of all."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "scope", "scope_id", "role"),
        # A page of a cohort, in the order of names, without sorting the others.
        Index(None, "scope", "scope_id", "role", "sort_name", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    scope: Mapped[str] = mapped_column(String(10))
    scope_id: Mapped[int] = mapped_column(default=0)  # 0: the network
    role: Mapped[str] = mapped_column(String(10))
    sort_name: Mapped[str] = mapped_column(String(80))
    since: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="memberships", lazy="raise")


class OneTimeLink(Model):
    """A link that opens a door once; only the digest of its word is kept."""

    __tablename__ = "one_time_link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))  # first-admin, access, slip
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Journal(Model):
    """What somebody did to an account or a cohort; added, never edited.

    `detail` holds what undoing needs: the ids that a merge moved, the cohort left.
    """

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # None: a command
    verb: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]
