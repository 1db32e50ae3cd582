"""Deeds of two accounts come together, and part."""

from datetime import timedelta

from sqlalchemy import select

from course.base.db import db
from course.features.account import merging as accounts
from course.features.progress import merging
from course.features.progress.models import Event
from course.features.progress.queries import standings_of
from course.features.progress.services import Verb
from tests.conftest import MORNING
from tests.make.account import make_user
from tests.make.quiz import standings, standings_anew
from tests.make.tracking import did


def owners():
    """Whose each deed is."""
    db.session.close()
    return {event.id: event.user_id for event in db.session.scalars(select(Event))}


def test_deeds_move_but_those_that_both_did(app, small_library, grace, ada):
    zoe = make_user("Zoé Durand")
    did(ada, Verb.READ, "premiere")
    did(zoe, Verb.READ, "premiere")
    did(zoe, Verb.READ, "seconde")
    before = owners(), standings()

    line = accounts.merge(grace, ada, zoe, 7)

    assert set(standings_of(ada.id)) == {("lesson", "premiere"), ("lesson", "seconde")}
    assert set(standings_of(zoe.id)) == {("lesson", "premiere")}
    assert standings() == standings_anew()

    accounts.part(grace, line.id)

    assert (owners(), standings()) == before


def test_what_was_done_since_stays_where_it_was_done(app, small_library, grace, ada):
    zoe = make_user("Zoé Durand")
    did(zoe, Verb.READ, "premiere")
    line = accounts.merge(grace, ada, zoe, 7)
    did(ada, Verb.READ, "seconde")

    accounts.part(grace, line.id)

    assert set(standings_of(ada.id)) == {("lesson", "seconde")}
    assert set(standings_of(zoe.id)) == {("lesson", "premiere")}


def test_what_is_known_of_somebody_is_said_to_compare(app, small_library, ada):
    zoe = make_user("Zoé Durand")
    did(ada, Verb.READ, "premiere", MORNING - timedelta(days=1))
    did(ada, Verb.READ, "seconde", MORNING - timedelta(days=1))
    did(ada, Verb.PASSED, "essai", MORNING - timedelta(days=1), share=0.9)

    known = [(str(fact.label), fact.said) for fact in merging.facts([ada.id, zoe.id])]

    assert known == [
        ("Dernière visite", {ada.id: "hier", zoe.id: "jamais"}),
        ("Leçons lues", {ada.id: "2", zoe.id: "0"}),
        ("Ateliers réussis", {ada.id: "0", zoe.id: "0"}),
        ("Quiz réussis", {ada.id: "1", zoe.id: "0"}),
    ]
