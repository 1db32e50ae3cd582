"""Where somebody was in a lesson: kept as the page is left, offered on the way back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from course.base import clock
from course.base.db import db
from course.features.account.signals import adopted
from course.features.catalogue.queries import shelf
from course.features.lesson import services
from course.features.lesson.models import Bookmark
from tests.conftest import MORNING
from tests.make.account import PASSWORD, make_guest
from tests.make.library import FILES, publish
from tests.page import parse, said

SCRIPT = {"Accept": "application/json"}
TRY = {"key": "premiere", "name": "placard"}
UNKNOWN = {"unknown": "1"}


def text_of(answer):
    return " ".join(said(parse(answer.text).find(".//main")).split())


def link(answer, words):
    """Where the link with these words leads."""
    for found in parse(answer.text).iter("a"):
        if words in " ".join(said(found).split()):
            return found.get("href")
    return None


def kept(user):
    db.session.expire_all()
    found = select(Bookmark).where(Bookmark.user_id == user.id)
    return {b.lesson: b.anchor for b in db.session.scalars(found)}


def at(user, anchor, lesson="premiere", minutes=0):
    """Leave a lesson at that place, so many minutes after nine."""
    clock.set_to(MORNING + timedelta(minutes=minutes))
    services.keep_place(user.id, lesson, anchor)


# ── kept


def test_the_paragraph_read_is_kept_as_the_page_is_left(small_library, as_learner, ada):
    answer = as_learner.post("lesson.place", key="premiere", data={"anchor": "cable"})

    assert (answer.status_code, answer.data) == (204, b"")
    assert kept(ada) == {"premiere": "cable"}


@pytest.mark.parametrize("anchor", ["", "autre", "x" * 999, "try-autre"])
def test_a_paragraph_that_the_lesson_lacks_is_not(
    small_library, as_learner, ada, anchor
):
    at(ada, "cable")

    answer = as_learner.post("lesson.place", key="premiere", data={"anchor": anchor})

    assert answer.status_code == 204
    assert kept(ada) == {"premiere": "cable"}


def test_a_lesson_of_another_name_has_no_places(small_library, as_learner):
    assert as_learner.post("lesson.place", key="autre").status_code == 404


def test_the_last_place_counts(small_library, ada):
    at(ada, "cable", minutes=1)
    at(ada, "try-placard", minutes=2)
    at(ada, "cable", minutes=0)  # sent before, arrived after

    assert kept(ada) == {"premiere": "try-placard"}


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["plain", "script"])
def test_a_question_that_was_tried_is_where_one_is(
    small_library, as_learner, ada, headers
):
    as_learner.post("lesson.attempt", **TRY, data=UNKNOWN, headers=headers)

    assert kept(ada) == {"premiere": "try-placard"}


def test_looking_at_a_lesson_keeps_nothing(small_library, as_learner, ada):
    as_learner.get("lesson.show", key="premiere")
    as_learner.get("path.home")

    assert kept(ada) == {}


# ── offered


def test_a_lesson_offers_to_go_on_where_one_was(small_library, as_learner, ada):
    at(ada, "cable")

    page = as_learner.get("lesson.show", key="premiere")

    assert link(page, "Reprendre à « Le câble »") == "/lessons/premiere#cable"


def test_a_lesson_never_opened_offers_nothing(small_library, as_learner):
    assert link(as_learner.get("lesson.show", key="premiere"), "Reprendre") is None


def test_a_lesson_that_was_read_offers_nothing_more(small_library, as_learner, ada):
    at(ada, "cable")
    services.read(ada, shelf(), "premiere")

    page = as_learner.get("lesson.show", key="premiere")

    assert link(page, "Reprendre") is None
    assert "data-bookmark" not in page.text


def test_who_has_just_answered_is_there_already(small_library, as_learner, ada):
    page = as_learner.post("lesson.attempt", **TRY, data=UNKNOWN)

    assert link(page, "Reprendre") is None


def test_a_paragraph_written_out_since_is_not_offered(tmp_path, as_learner, ada):
    publish(tmp_path)
    at(ada, "cable")
    changed = {
        path: text.replace("{#cable}", "{#fil}").replace("premiere#cable", "premiere")
        for path, text in FILES.items()
    }
    publish(tmp_path, changed)

    assert link(as_learner.get("lesson.show", key="premiere"), "Reprendre") is None
    assert link(as_learner.get("path.home"), "Reprendre") is None


def test_the_path_goes_on_at_the_paragraph_with_the_minutes_left(
    small_library, as_learner, ada
):
    at(ada, "cable")

    page = as_learner.get("path.home")

    assert link(page, "Reprendre") == "/lessons/premiere#cable"
    assert "Leçon 1 sur 2, à « Le câble » · encore 1 min" in text_of(page)
    assert "Dans le module « Essai » : encore 11 min" in text_of(page)
    assert "dans le parcours : 11 min" in text_of(page)


def test_the_path_names_the_section_of_the_question_one_was_at(
    small_library, as_learner, ada
):
    at(ada, "try-placard")

    page = as_learner.get("path.home")

    assert "à « Le câble »" in text_of(page)
    assert link(page, "Reprendre") == "/lessons/premiere#try-placard"


def test_the_place_is_said_in_the_reader_s_language(small_library, as_learner, ada):
    at(ada, "cable")
    as_learner.post("site.language", data={"language": "en"})

    page = as_learner.get("path.home")

    assert "Lesson 1 of 2, at “The cable” · 1 min left" in text_of(page)


def test_of_two_lessons_the_last_one_left_is_gone_on_with(
    small_library, as_learner, ada
):
    at(ada, "delai", "seconde", minutes=1)
    at(ada, "cable", "premiere", minutes=2)
    first = link(as_learner.get("path.home"), "Reprendre")
    at(ada, "delai", "seconde", minutes=3)

    page = as_learner.get("path.home")

    assert first == "/lessons/premiere#cable"
    assert link(page, "Reprendre") == "/lessons/seconde#delai"
    assert "Leçon 2 sur 2" in text_of(page)


def test_a_lesson_that_was_read_is_not_gone_on_with(small_library, as_learner, ada):
    at(ada, "cable")
    services.read(ada, shelf(), "premiere")

    page = as_learner.get("path.home")

    assert link(page, "Reprendre") is None
    assert link(page, "Continuer") == "/lessons/seconde"


def test_signing_in_again_leads_back_to_the_lesson_and_to_the_paragraph(
    client, small_library, ada
):
    at(ada, "cable")
    sent = client.get("lesson.show", key="premiere")
    data = {"login": ada.login, "password": PASSWORD}

    back = client.post(sent.location, data=data)

    assert back.location == "/lessons/premiere"
    page = client.get(back.location)
    assert link(page, "Reprendre à « Le câble »") == "/lessons/premiere#cable"


# ── a guest's


def test_a_guest_s_places_go_to_the_account_and_the_later_one_stays(app, ada):
    guest = make_guest()
    at(guest, "un", "a", minutes=1)
    at(guest, "un", "b", minutes=1)
    at(ada, "deux", "a", minutes=2)
    at(ada, "deux", "b", minutes=0)

    adopted.send(None, guest_id=guest.id, user_id=ada.id)

    assert kept(ada) == {"a": "deux", "b": "un"}


def test_a_guest_who_was_nowhere_leaves_the_account_where_it_was(app, ada):
    at(ada, "deux", "a")

    adopted.send(None, guest_id=make_guest().id, user_id=ada.id)

    assert kept(ada) == {"a": "deux"}


# ── cost


def test_a_place_costs_two_statements(small_library, as_learner, count_queries):
    as_learner.get("lesson.show", key="premiere")

    with count_queries() as sent:
        as_learner.post("lesson.place", key="premiere", data={"anchor": "cable"})

    assert len(sent) <= 2, sent
