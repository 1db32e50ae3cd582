"""Adding the people of a list: all or none, and never twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from course.domain.roster import Person
from course.features.centre import queries as centres
from course.features.centre import services as cohorts
from course.features.roster import services
from tests.make.account import again
from tests.make.centre import make_cohort

PEOPLE = [Person(2, "Marie Dupont"), Person(3, "Luc Petit"), Person(4, "Luc Petit")]


@pytest.fixture
def cohort(app, grace):
    """Followed by Grace."""
    return make_cohort(trainer=grace)


def test_everybody_or_nobody(cohort, grace, monkeypatch):
    def broken(*_given, **_more):
        raise RuntimeError

    monkeypatch.setattr(cohorts.accounts, "journal", broken)

    with pytest.raises(RuntimeError):
        services.add_people(grace, cohort, PEOPLE)

    assert centres.learners_of(cohort.id, 1)[1] == 0


def test_two_clicks_at_once_add_once(app, cohort, grace, real_commits):
    def click(_number):
        with app.app_context():
            trainer = again(grace)
            return len(services.add_people(trainer, cohort, PEOPLE, namesakes={4}))

    with ThreadPoolExecutor(2) as threads:
        added = sorted(threads.map(click, range(2)))

    assert added == [0, 3]
    assert centres.learners_of(cohort.id, 1)[1] == 3
