"""Notes follow a person whose two accounts become one, and go back."""

from course.base.db import db
from course.features.account.signals import merged, parted
from course.features.tracking import queries, services
from tests.make.account import make_user


def texts(user):
    db.session.close()
    return [note.text for note, _name in queries.notes_about(user.id)]


def test_notes_become_those_of_the_account_that_goes_on(ada, grace):
    gone = make_user("Ada Lovelace")
    services.add_note(grace, gone.id, "Du second compte")
    services.add_note(grace, ada.id, "Du premier")
    moved = {}

    merged.send(None, kept_id=ada.id, gone_id=gone.id, moved=moved)
    together = texts(ada), texts(gone)
    parted.send(None, kept_id=ada.id, gone_id=gone.id, moved=moved)

    assert together == (["Du premier", "Du second compte"], [])
    assert (texts(ada), texts(gone)) == (["Du premier"], ["Du second compte"])
