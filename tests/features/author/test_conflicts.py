"""Two authors at work on the same text."""

from datetime import timedelta

import pytest

from course.base import clock
from course.domain.rights import Role
from course.features.catalogue import queries as catalogue
from tests.make.account import make_user
from tests.make.author import (
    FR,
    OTHER_FR,
    QUIZ,
    THIRD_FR,
    drafts,
    fields,
    hidden,
    save,
    typed,
)
from tests.page import parse, said


@pytest.fixture
def as_marie(app):
    """Another admin's browser."""
    return app.test_client().sign_in(make_user("Marie Dupont", role=Role.ADMIN))


def test_who_saves_second_is_told_and_loses_nothing(as_admin, as_marie, small_library):
    page = as_marie.get("author.edit", **QUIZ)
    save(as_admin, QUIZ, fr=OTHER_FR)

    answer = as_marie.post("author.save", data=fields(page, fr=THIRD_FR), **QUIZ)

    assert answer.status_code == 409
    assert "Linus Torvalds" in answer.text
    assert typed(answer) == THIRD_FR
    assert typed(answer, "other-fr") == OTHER_FR
    assert "Qui faut-il" in said(parse(answer.text).find(".//*[@id='other']"))
    assert typed(as_admin.get("author.edit", **QUIZ)) == OTHER_FR


def test_who_saves_second_may_take_the_place_knowingly(
    as_admin, as_marie, small_library
):
    page = as_marie.get("author.edit", **QUIZ)
    save(as_admin, QUIZ, fr=OTHER_FR)
    told = as_marie.post("author.save", data=fields(page, fr=THIRD_FR), **QUIZ)
    over = parse(told.text).find(".//button[@name='over']").get("value")

    answer = as_marie.post(
        "author.save", data=fields(told, fr=THIRD_FR, over=over), **QUIZ
    )

    assert answer.status_code == 303
    assert typed(as_admin.get("author.edit", **QUIZ)) == THIRD_FR


def test_who_saves_what_the_other_saved_is_not_bothered(
    as_admin, as_marie, small_library
):
    page = as_marie.get("author.edit", **QUIZ)
    save(as_admin, QUIZ, fr=OTHER_FR)

    answer = as_marie.post("author.save", data=fields(page, fr=OTHER_FR), **QUIZ)

    assert answer.status_code == 303


def test_who_saves_after_the_draft_was_published_is_told(
    as_admin, as_marie, small_library
):
    save(as_admin, QUIZ, fr=OTHER_FR)
    page = as_marie.get("author.edit", **QUIZ)
    as_admin.post(
        "author.publish", data=fields(page, fr=OTHER_FR, why="Shorter"), **QUIZ
    )

    answer = as_marie.post("author.save", data=fields(page, fr=THIRD_FR), **QUIZ)

    assert answer.status_code == 409
    assert typed(answer) == THIRD_FR
    assert typed(answer, "other-fr") == OTHER_FR


def test_a_draft_begun_again_is_not_the_one_that_was_seen(
    as_admin, as_marie, small_library, app
):
    save(as_admin, QUIZ, fr=OTHER_FR)
    page = as_marie.get("author.edit", **QUIZ)
    as_admin.post("author.discard", data={"seen": hidden(page)}, **QUIZ)
    clock.set_to(clock.now() + timedelta(minutes=1))
    save(as_admin, QUIZ, fr=THIRD_FR)

    answer = as_marie.post("author.save", data=fields(page, fr=FR + "\n"), **QUIZ)

    assert answer.status_code == 409


def test_publishing_over_somebody_is_told_like_saving(
    as_admin, as_marie, small_library
):
    page = as_marie.get("author.edit", **QUIZ)
    save(as_admin, QUIZ, fr=OTHER_FR)

    answer = as_marie.post(
        "author.publish", data=fields(page, fr=THIRD_FR, why="Mieux"), **QUIZ
    )

    assert answer.status_code == 409
    assert drafts() == 1


def test_a_draft_that_somebody_saved_meanwhile_is_not_thrown_away(
    as_admin, as_marie, small_library
):
    save(as_admin, QUIZ, fr=OTHER_FR)
    page = as_marie.get("author.edit", **QUIZ)
    save(as_admin, QUIZ, fr=THIRD_FR)

    as_marie.post("author.discard", data={"seen": hidden(page)}, **QUIZ)

    assert drafts() == 1


def test_beginning_again_does_not_touch_a_draft(as_admin, small_library):
    first = catalogue.shelf().revision("quiz", "essai")
    save(as_admin, QUIZ, fr=OTHER_FR)

    as_admin.post("author.start", revision_id=first, **QUIZ)

    assert typed(as_admin.get("author.edit", **QUIZ)) == OTHER_FR
    as_admin.get("author.revision", revision_id=first, **QUIZ)
