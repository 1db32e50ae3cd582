"""Notes are kept with who wrote them and when, and can be taken back."""

from datetime import timedelta

from course.base import clock
from course.base.db import db
from course.features.tracking import services
from course.features.tracking.models import Note
from tests.conftest import MORNING
from tests.make.account import make_user


def test_a_note_says_who_and_when(ada, grace):
    note = services.add_note(grace, ada.id, "Une ligne\r\nune autre")

    assert (note.user_id, note.by_id, note.at) == (ada.id, grace.id, MORNING)
    assert note.text == "Une ligne\nune autre"


def test_taking_back_twice_changes_nothing(ada, grace):
    note = services.add_note(grace, ada.id, "Un mot")
    services.remove_note(note.id)
    clock.set_to(MORNING + timedelta(hours=1))

    services.remove_note(note.id)

    assert db.session.get_one(Note, note.id).removed_at == MORNING


def test_the_author_and_an_administrator_may_take_a_note_back(ada, grace, linus):
    note = services.add_note(grace, ada.id, "Un mot")

    assert services.may_remove(note, grace)
    assert services.may_remove(note, linus)
    assert not services.may_remove(note, make_user("Eve"))
