"""Who may do what: one table."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is, within a scope."""

    LEARNER = "learner"
    TRAINER = "trainer"
    ADMIN = "admin"


class Scope(StrEnum):
    """How far a role reaches."""

    NETWORK = "network"
    CENTRE = "centre"
    COHORT = "cohort"
    FIRM = "firm"


class May(StrEnum):
    """What can be allowed."""

    LEARN = "learn"  # read lessons, answer quizzes, see one's own progress
    FOLLOW = "follow"  # create cohorts, see the learners of one's own cohorts
    PUBLISH = "publish"  # edit quizzes and lessons, publish them
    ADMINISTRATE = "administrate"  # accounts, roles, centres


RIGHTS: dict[Role, frozenset[May]] = {
    Role.LEARNER: frozenset({May.LEARN}),
    Role.TRAINER: frozenset({May.LEARN, May.FOLLOW}),
    Role.ADMIN: frozenset(May),
}
