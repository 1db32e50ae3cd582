"""Where a cohort stands, in few statements."""

from dataclasses import replace
from datetime import timedelta

import pytest

from course.base import clock
from course.base.db import db, transaction
from course.features.catalogue import queries as catalogue
from course.features.lesson.models import Bookmark
from course.features.progress.services import Verb
from course.features.tracking import needs, queries, services
from course.features.tracking.needs import Sign, State
from course.features.tracking.queries import Order
from tests.conftest import MORNING
from tests.make import quiz
from tests.make.account import make_user
from tests.make.centre import make_cohort, make_learners
from tests.make.library import publish
from tests.make.tracking import (
    did,
    make_failing,
    make_near,
    make_stopped,
    make_stuck,
    many_modules,
)


@pytest.fixture
def cohort(app):
    return make_cohort()


def states_of(cohort, library):
    [row] = queries.picture_of(cohort, library).rows
    return [str(cell.state) for cell in row.cells]


def test_the_steps_of_an_only_module_are_columns(small_library):
    columns = queries.columns_of(small_library)

    names = [column.steps[0].name for column in columns]
    assert names == [("lesson", "premiere"), ("lesson", "seconde"), ("quiz", "essai")]


def test_a_module_may_have_no_quiz(small_library):
    module = replace(small_library.modules[0], quiz=None)

    steps = needs.steps_of(module, small_library)

    assert [step.kind for step in steps] == ["lesson", "lesson"]


def test_a_course_has_a_column_for_each_module(app, tmp_path):
    library = publish(tmp_path, many_modules(3))

    assert [c.whole for c in queries.columns_of(library)] == [True] * 3
    assert [c.whole for c in queries.columns_of(library, "essai2")] == [False] * 3
    assert queries.columns_of(library, "nothing") == ()


def test_who_did_nothing_has_everything_to_do(cohort, small_library):
    make_learners(cohort, 1)

    assert states_of(cohort, small_library) == ["todo", "todo", "todo"]


def test_each_step_says_where_one_stands(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    did(ada, Verb.TRIED, "seconde")
    did(ada, Verb.STARTED, "essai")

    assert states_of(cohort, small_library) == ["done", "started", "doing"]


def test_a_quiz_is_stuck_until_it_is_passed(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    make_failing(ada, times=3)
    assert states_of(cohort, small_library)[-1] == "doing"
    make_stuck(ada)
    assert states_of(cohort, small_library)[-1] == "stuck"

    did(ada, Verb.PASSED, "essai", share=0.8)

    assert states_of(cohort, small_library)[-1] == "done"


def whole(cohort, library):
    """The cell of the only module."""
    [row] = queries.places_of(cohort.id, library)
    [cell] = row.cells
    return cell


@pytest.mark.parametrize(
    ("verbs", "together"),
    [
        ([Verb.READ, Verb.READ, None], State.DOING),
        ([Verb.READ, None, None], State.DOING),
        ([None, None, Verb.STARTED], State.DOING),
        ([Verb.TRIED, None, None], State.STARTED),
        ([None, None, None], State.TODO),
        ([None, None, Verb.PASSED], State.DONE),  # it has its stamp
    ],
)
def test_a_module_sums_its_steps_up(cohort, small_library, verbs, together):
    [ada] = make_learners(cohort, 1)
    for key, verb in zip(("premiere", "seconde", "essai"), verbs, strict=True):
        if verb:
            did(ada, verb, key)

    assert whole(cohort, small_library).state == together


def test_a_module_is_stuck_when_one_step_is(cohort, small_library):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere")
    make_stuck(ada)

    assert whole(cohort, small_library).state == State.STUCK


def test_a_module_tells_its_minutes_its_best_result_and_its_stamp(
    cohort, small_library
):
    [ada] = make_learners(cohort, 1)
    did(ada, Verb.READ, "premiere", seconds=200)
    did(ada, Verb.FAILED, "essai", seconds=30, share=0.4)
    did(ada, Verb.PASSED, "essai", MORNING + timedelta(1), seconds=70, share=0.8)

    cell = whole(cohort, small_library)

    assert (cell.seconds, cell.best) == (300, 0.8)
    assert cell.stamped_at == MORNING + timedelta(1)


def test_those_who_need_help_come_first_or_names_do(cohort, small_library):
    ines, elodie, zoe = make_learners(cohort, 3)
    make_stopped(zoe)
    make_near(elodie)

    help_first = queries.picture_of(cohort, small_library)
    by_name = queries.picture_of(cohort, small_library, order=Order.NAME)

    assert [row.person.id for row in help_first.rows] == [zoe.id, elodie.id, ines.id]
    assert [row.person.id for row in by_name.rows] == [elodie.id, ines.id, zoe.id]
    assert help_first.needy == by_name.needy


def test_who_needs_help_is_found_on_any_page(cohort, small_library):
    last = make_learners(cohort, 55)[4]
    make_stuck(last)

    first = queries.picture_of(cohort, small_library)
    second = queries.picture_of(cohort, small_library, 2, order=Order.NAME)

    assert first.rows[0].person.id == last.id
    assert [row.person.id for row in second.needy] == [last.id]
    assert (len(first.rows), len(second.rows)) == (50, 5)
    assert (first.count, first.pages) == (55, 2)


def test_above_two_hundred_each_page_has_its_own_needs(
    cohort, small_library, monkeypatch
):
    monkeypatch.setattr(queries, "WHOLE", 52)
    people = make_learners(cohort, 55)
    by_name = sorted(people, key=lambda user: (user.name, user.id))
    for user in (people[0], people[1]):
        make_stopped(user)

    pages = [queries.picture_of(cohort, small_library, page) for page in (1, 2)]

    assert [len(page.rows) for page in pages] == [50, 5]
    assert {row.person.id for page in pages for row in page.needy} == {
        *(people[0].id, people[1].id)
    }
    assert len({row.person.id for page in pages for row in page.rows}) == 55
    assert len(by_name) == pages[0].count


def test_people_of_one_name_are_known(cohort, small_library):
    make_learners(cohort, 6)

    picture = queries.picture_of(cohort, small_library)

    assert picture.twins == {"Inès Martin"}


@pytest.mark.parametrize("learners", [2, 60])
def test_a_picture_costs_four_statements_whatever_its_size(
    cohort, small_library, count_queries, learners
):
    for learner in make_learners(cohort, learners):
        did(learner, Verb.READ, "premiere")
    catalogue.shelf()

    with count_queries() as sent:
        picture = queries.picture_of(cohort, small_library)

    assert len(sent) == 4, sent
    assert picture.rows[0].seen == clock.now()


def test_deeds_are_told_in_pages_with_the_answers_of_their_time(
    small_library, ada, monkeypatch
):
    monkeypatch.setattr(queries, "EVENTS", 2)
    for day in range(3):
        clock.set_to(MORNING + timedelta(days=day))
        did(ada, Verb.READ, f"lesson-{day}")
        attempt = quiz.start(ada, quiz.Mode.PRACTICE)
        quiz.answer(attempt, "delai", "72", f"day-{day}")
        quiz.end(attempt)

    pages = [
        queries.days_of(ada.id, page, lambda instant: instant.date())
        for page in range(1, 7)
    ]

    told = [
        [bool(mark.thing[0]) for mark in visit.marks]
        for days, _more in pages
        for _day, visits in days
        for visit in visits
    ]
    assert [more for _days, more in pages] == [True] * 4 + [False, False]
    assert sum(visit.count(False) for visit in told) == 9
    assert sum(visit.count(True) for visit in told) == 3


def test_a_note_taken_back_is_shown_to_nobody(ada, grace):
    first = services.add_note(grace, ada.id, "Premier mot")
    second = services.add_note(grace, ada.id, "Second mot")

    services.remove_note(first.id)

    assert [(n.id, name) for n, name in queries.notes_about(ada.id)] == [
        (second.id, "Grace Hopper")
    ]
    assert queries.note_of(grace.id, second.id) is None
    assert queries.person_of(1, make_user("Personne").id) is None


def test_who_reads_has_been_seen(small_library):
    cohort = make_cohort(1)
    [place] = queries.places_of(cohort.id, small_library)
    assert place.seen is None

    put_bookmark(place.person.id, "premiere", "cable")

    [row] = queries.picture_of(cohort, small_library).rows
    assert row.seen == MORNING
    assert queries.person_of(cohort.id, row.person.id).opened == MORNING
    assert queries.places_of(cohort.id, small_library)[0].seen == MORNING


def test_who_was_reading_has_not_stopped(small_library):
    cohort = make_cohort(1)
    [row] = queries.picture_of(cohort, small_library).rows
    clock.set_to(MORNING + timedelta(days=9))
    [row] = queries.picture_of(cohort, small_library).rows
    assert [need.sign for need in row.needs] == [Sign.NEVER]

    put_bookmark(row.person.id, "premiere", "cable")

    [row] = queries.picture_of(cohort, small_library).rows
    assert row.needs == ()


def put_bookmark(user_id, lesson, anchor):
    with transaction():
        kept = Bookmark(user_id=user_id, lesson=lesson, anchor=anchor, at=clock.now())
        db.session.add(kept)
