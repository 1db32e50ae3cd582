"""Deeds of labs, as one tells them to a trainer."""

from sqlalchemy import select

from course.base.db import db
from course.features.catalogue.queries import shelf
from course.features.progress.models import Event
from course.features.tracking.words import sentence_of
from tests.make import lab


def test_a_run_left_for_another_is_no_practice(app, tmp_path, ada):
    lab.publish_lab(tmp_path)
    lab.do(lab.start(ada), lab.WRONG)
    lab.again(ada)

    events = db.session.scalars(select(Event).order_by(Event.id))
    told = [sentence_of(event, shelf().library) for event in events]
    told = [" ".join(sentence.split()) for sentence in told]  # no hard spaces

    assert told == [
        "A commencé l’atelier « La console ».",
        "A laissé l’atelier « La console » pour le recommencer.",
        "A commencé l’atelier « La console ».",
    ]
