"""What was published stays what was sat: an attempt is read in its own revision."""

import pytest
from sqlalchemy import select

from course.app import create_app
from course.base import clock
from course.base.db import db
from course.domain.visibility import Mode
from course.features.catalogue import services as catalogue
from course.features.progress.services import LEDGERS
from course.features.quiz import queries
from course.features.quiz.models import Grade
from tests.conftest import MORNING
from tests.make.library import FILES
from tests.make.library_quiz import RIGHT
from tests.make.quiz import answer, answer_all, end, fields, line_of, sitting, start
from tests.make.settings import make_settings


def edit(by, *changes):
    """Publish the quiz again with other words."""
    files = {path: FILES[path] for path in FILES if path.startswith("quizzes/")}
    for old, new in changes:
        files = {path: text.replace(old, new) for path, text in files.items()}
    assert files != {path: FILES[path] for path in files}
    catalogue.publish("quiz", "essai", files, by=by.id, why="une heure de moins")
    db.session.close()


@pytest.fixture
def changed(linus):
    """Publish other words, another right answer, another pass mark."""
    return lambda: edit(
        linus,
        ("Combien d'heures avez-vous", "Quel est le délai"),
        ("= 72 h", "= 24 h"),
        ("pass: 70", "pass: 100"),
        ("- [x] Une clé USB", "- [x] Une clef USB"),
    )


def test_an_open_attempt_goes_on_with_the_words_it_began_with(
    small_library, ada, changed
):
    attempt = start(ada)

    changed()

    line = answer(attempt, "delai", "72")
    assert line.share == 1
    assert "Combien d'heures" in line.question.ask.say("fr")
    answer_all(attempt)
    ended = end(attempt)
    assert (ended.share, ended.passed, ended.pass_mark) == (1, True, 70)


def test_an_ended_attempt_keeps_words_answers_and_score(
    small_library, as_learner, ada, changed
):
    attempt = start(ada)
    answer_all(attempt, right=set(RIGHT) - {"appel"})
    end(attempt)
    before = as_learner.get("quiz.review", attempt_id=attempt.id).text

    changed()

    after = as_learner.get("quiz.review", attempt_id=attempt.id).text
    assert mainly(after) == mainly(before)
    assert sitting(attempt).score().percent == 90
    grades = db.session.scalars(select(Grade.share))
    assert sorted(grades) == [0] + [1] * 9


def mainly(page):
    """Without what is new in each answer: nonce and tokens."""
    main = page.split("<main", 1)[1].split("</main>")[0]
    return [line for line in main.splitlines() if "csrf_token" not in line]


def test_a_new_attempt_gets_the_new_words(small_library, ada, changed):
    old = start(ada)

    changed()

    new = start(ada, Mode.PRACTICE)
    assert new.revision_id != old.revision_id
    assert "Quel est le délai" in line_of(new, "delai").question.ask.say("fr")
    assert answer(new, "delai", "72", "one").share == 0
    assert answer(new, "delai", "24", "two").share == 1
    assert new.pass_mark == 100


def test_a_process_that_starts_later_reads_the_same_words(
    app, small_library, ada, changed
):
    attempt = start(ada)
    before = fields(line_of(attempt, "chemins"), RIGHT["chemins"])
    changed()

    for memory in ("shelves", "sources", "quizzes"):
        app.extensions.pop(memory, None)

    assert fields(line_of(attempt, "chemins"), RIGHT["chemins"]) == before


def test_the_open_attempt_is_found_before_a_newer_one(small_library, ada, grace):
    kept, newer = start(ada), end(start(grace))

    newer.user_id = ada.id
    db.session.commit()

    assert queries.last_attempt(ada.id, "essai", "check").id == kept.id
    assert start(ada).id == kept.id


def test_attempts_are_listed_by_quiz_the_newest_first(small_library, ada):
    check, practice = end(start(ada)), start(ada, Mode.PRACTICE)

    found = [attempt.id for attempt in queries.attempts_of(ada.id)]

    assert found == [practice.id, check.id]
    assert len(queries.attempts_of(ada.id, "essai")) == 2
    assert len(queries.attempts_of(ada.id, limit=1)) == 1
    assert queries.attempts_of(ada.id, "autre") == []


def test_answers_are_lines_of_the_ledger(small_library, ada, grace):
    for one in (ada, grace):
        answer(start(one), "delai", "72")

    assert [each.user_id for each in queries.answers()] == [ada.id, grace.id]
    (deed,) = queries.answers({grace.id})

    assert (deed.verb, deed.kind, deed.key) == ("answered", "quiz", "essai")
    assert deed.at == MORNING == clock.now()


def test_a_second_application_does_not_count_answers_twice(app, tmp_path):
    create_app(make_settings(tmp_path))

    assert LEDGERS.count(queries.answers) == 1
