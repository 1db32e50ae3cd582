"""Centres, cohorts and their learners."""

from itertools import count

from course.domain.rights import Role, Scope
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.centre import services
from course.features.centre.models import Centre, Cohort
from tests.make.account import make_user

_numbers = count(1)
NAMES = ("Inès Martin", "Élodie Petit", "Zoé Durand", "Marc Leroy", "Luc Moreau")


def make_centre(name: str | None = None, *, trainer: User | None = None) -> Centre:
    """A centre, and maybe somebody who trains there."""
    centre = services.create_centre(name or f"Centre {next(_numbers)}")
    if trainer:
        services.add_trainer(centre, trainer)
    return centre


def make_cohort(
    learners: int = 0,
    *,
    trainer: User | None = None,
    centre: Centre | None = None,
    name: str | None = None,
) -> Cohort:
    """A cohort followed by its trainer, with so many learners."""
    number = next(_numbers)
    trainer = trainer or make_user(f"Formatrice {number}", role=Role.TRAINER)
    centre = centre or make_centre(trainer=trainer)
    cohort = services.create_cohort(trainer, centre.id, name or f"Groupe {number}")
    make_learners(cohort, learners)
    return cohort


def make_learners(cohort: Cohort, number: int) -> list[User]:
    """Learners of a cohort."""
    made = [make_user(NAMES[at % len(NAMES)]) for at in range(number)]
    for learner in made:
        accounts.grant(learner, Role.LEARNER, Scope.COHORT, cohort.id)
    return made
