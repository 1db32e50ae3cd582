"""Read who is in a cohort already, and what would become of a list."""

from collections.abc import Collection, Container, Sequence

from sqlalchemy import select

from course.base.db import db
from course.domain.rights import Role, Scope
from course.domain.roster import Fate, Fated, Member, Person, plan
from course.features.account import queries as people
from course.features.account.models import Membership, User
from course.features.account.words import login_for

IN_ONE = 1_000  # values of one statement


def fates_of(
    cohort_id: int, persons: Sequence[Person], namesakes: Container[int]
) -> tuple[Fated, ...]:
    """What adding these people to a cohort would do, line by line."""
    logins = {person.login for person in persons if person.login}
    return plan(persons, _members(cohort_id), _taken(logins), namesakes)


def _members(cohort_id: int) -> list[Member]:
    rows = db.session.execute(
        select(User.name, User.login)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.scope == Scope.COHORT,
            Membership.scope_id == cohort_id,
            Membership.role == Role.LEARNER,
        )
        .order_by(User.id)
    )
    return [Member(name, login or "") for name, login in rows]


def _taken(logins: Collection[str]) -> set[str]:
    asked, found = sorted(logins), set[str]()
    for at in range(0, len(asked), IN_ONE):
        some = select(User.login).where(User.login.in_(asked[at : at + IN_ONE]))
        found.update(filter(None, db.session.scalars(some)))
    return found


def logins_for(fates: Sequence[Fated]) -> dict[int, str]:
    """The sign-in names that new people would get, by their lines."""
    new = [fated.person for fated in fates if fated.fate is Fate.NEW]
    taken = people.logins_taken({login_for(person.name, ()) for person in new})
    made: dict[int, str] = {}
    for person in new:
        made[person.line] = login_for(person.name, taken)
        taken.add(made[person.line])
    return made
