"""What the ledger keeps of a lesson."""

from flask import g
from sqlalchemy import select

from course.base.db import db
from course.domain.questions.base import UNKNOWN
from course.features.catalogue import queries as catalogue
from course.features.lesson import services
from course.features.progress.models import Event
from tests.make.library import FILES, publish


def client_ids():
    return list(db.session.scalars(select(Event.client_id).order_by(Event.id)))


def test_a_lesson_is_read_once_a_revision(tmp_path, ada):
    publish(tmp_path)
    for _time in range(2):
        services.read(ada, catalogue.shelf(), "premiere")
    changed = {path: text.replace("câble", "fil") for path, text in FILES.items()}
    g.pop("shelf")
    publish(tmp_path, changed)

    services.read(ada, catalogue.shelf(), "premiere")

    assert len(set(client_ids())) == len(client_ids()) == 2


def test_a_try_without_an_id_is_always_new(small_library, ada):
    for _time in range(2):
        services.tried(
            ada, catalogue.shelf(), "premiere", {"try": "placard"}, client_id=""
        )

    assert len(set(client_ids())) == 2


def test_the_ledger_knows_right_from_wrong_and_from_not_knowing(small_library):
    [block] = small_library.lesson("premiere").tries

    results = [services.result_of(block, said) for said in ([0], [1], UNKNOWN)]

    assert [one.pop("try") for one in results] == ["placard"] * 3
    assert results == [{"share": 0}, {"share": 1}, {"share": 0, "unknown": True}]
