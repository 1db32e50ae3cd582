"""Write the people of a list into a cohort."""

from collections.abc import Container, Sequence

from course.base.db import deed
from course.domain.roster import Fate, Person
from course.features.account.models import User
from course.features.centre import services as centres
from course.features.centre.models import Cohort
from course.features.roster import queries


class NotUnderstoodError(Exception):
    """Some lines have mistakes, and nobody said to leave them out."""


@deed
def add_people(
    by: User,
    cohort: Cohort,
    persons: Sequence[Person],
    *,
    namesakes: Container[int] = (),
    leaving_out: bool = False,
) -> list[User]:
    """Accounts for those who are new; the same list again adds nobody.

    Judged anew under the cohort's lock, since others may have come in meanwhile.
    `namesakes` are lines of other people of the same name; `leaving_out` adds the good
    lines without the others. Raises NotUnderstoodError and ClosedError.
    """
    centres.hold_open(cohort)
    fates = queries.fates_of(cohort.id, persons, namesakes)
    if not leaving_out and any(fated.fate is Fate.WRONG for fated in fates):
        raise NotUnderstoodError
    names = [fated.person.name for fated in fates if fated.fate is Fate.NEW]
    return centres.add_learners(by, cohort, names) if names else []
