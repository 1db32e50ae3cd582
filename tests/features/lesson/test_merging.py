"""Bookmarks of two accounts come together, and part."""

from datetime import timedelta

from sqlalchemy import select

from course.base.db import db, transaction
from course.features.account import merging as accounts
from course.features.lesson.models import Bookmark
from tests.conftest import MORNING
from tests.make.account import make_user


def mark(user, lesson, minute=0):
    """Be somewhere in a lesson."""
    at = MORNING + timedelta(minutes=minute)
    with transaction():
        db.session.merge(
            Bookmark(user_id=user.id, lesson=lesson, anchor=f"p{minute}", at=at)
        )


def marks():
    """Every bookmark, comparable."""
    db.session.close()
    found = db.session.scalars(select(Bookmark))
    return {(b.user_id, b.lesson): (b.anchor, b.at) for b in found}


def test_bookmarks_move_but_where_there_are_two(app, grace, ada):
    zoe = make_user("Zoé Durand")
    mark(ada, "premiere")
    mark(zoe, "premiere", 1)
    mark(zoe, "seconde", 2)
    before = marks()

    line = accounts.merge(grace, ada, zoe, 7)

    assert {key: place for key, (place, _at) in marks().items()} == {
        (ada.id, "premiere"): "p0",
        (zoe.id, "premiere"): "p1",
        (ada.id, "seconde"): "p2",
    }

    accounts.part(grace, line.id)

    assert marks() == before


def test_who_read_on_since_keeps_the_place(app, grace, ada):
    zoe = make_user("Zoé Durand")
    mark(zoe, "premiere", 1)
    mark(zoe, "seconde", 2)
    line = accounts.merge(grace, ada, zoe, 7)
    mark(ada, "seconde", 9)

    accounts.part(grace, line.id)

    assert {key: place for key, (place, _at) in marks().items()} == {
        (zoe.id, "premiere"): "p1",
        (ada.id, "seconde"): "p9",
    }
