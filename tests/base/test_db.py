"""A deed happens whole or not at all, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, StatementError

from course.base.db import db, deed, give_up, insert, inserted, transaction
from course.base.security import Failure

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_failure(door="door", at=NOON):
    return Failure(door=door, at=at)


def count():
    db.session.close()
    return db.session.scalar(select(func.count()).select_from(Failure))


@deed
def add(door):
    failure = a_failure(door)
    db.session.add(failure)
    return failure


def test_a_deed_is_kept_and_its_result_can_be_read(app):
    made = add("kept")

    assert made.door == "kept"
    assert count() == 1


def test_a_deed_that_fails_leaves_nothing(app):
    with pytest.raises(ZeroDivisionError), transaction():
        add("lost")
        raise ZeroDivisionError

    assert count() == 0


def test_a_deed_inside_another_joins_it(app):
    with transaction():
        add("one")
        add("two")

    assert count() == 2


def test_a_deed_begins_after_what_was_read(app):
    assert count() == 0  # on SQLite, a deferred transaction is now open

    add("written")

    assert count() == 1


def test_a_change_outside_a_service_is_refused(app):
    db.session.add(a_failure())

    with pytest.raises(RuntimeError, match="outside a service"):
        add("kept")

    give_up()
    assert count() == 0


def test_what_was_read_before_a_failure_stays_readable(linus):
    with pytest.raises(ZeroDivisionError), transaction():
        raise ZeroDivisionError

    assert linus.is_admin
    assert linus.name == "Linus Torvalds"


def test_after_a_failure_the_next_deed_works(app):
    with pytest.raises(ZeroDivisionError), transaction():
        raise ZeroDivisionError

    add("kept")

    assert count() == 1


def test_an_instant_comes_back_aware(app):
    tokyo = timezone(timedelta(hours=9))
    with transaction():
        db.session.add(a_failure(at=NOON.astimezone(tokyo)))
    db.session.close()

    found = db.session.scalars(select(Failure)).one()

    assert found.at == NOON
    assert found.at.utcoffset() == timedelta(0)


def test_a_naive_instant_is_refused(app):
    naive = NOON.replace(tzinfo=None)

    with pytest.raises(StatementError, match="needs its time zone"), transaction():
        db.session.add(a_failure(at=naive))

    assert count() == 0


def test_an_insert_on_conflict_says_whether_it_added_a_row(app):
    row = insert(Failure).values(id=7, door="door", at=NOON)
    row = row.on_conflict_do_nothing(index_elements=["id"])

    with transaction():
        added = [inserted(row), inserted(row)]

    assert added == [True, False]
    assert count() == 1


def test_deeds_done_at_the_same_time_wait_for_each_other(app, real_commits):
    failed = []

    def read_then_write():
        with app.app_context():
            try:
                count()
                add("together")
            except OperationalError as error:
                failed.append(error)
            db.session.close()

    threads = [Thread(target=read_then_write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert count() == 8


@pytest.mark.only("sqlite")
def test_sqlite_keeps_promises_even_when_the_power_fails(app):
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")

    with db.engine.connect() as connection:
        kept = [connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked]

    assert kept == ["wal", 2, 1, 10000]
