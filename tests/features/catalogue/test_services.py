import pytest

from course.features.catalogue import queries
from course.features.catalogue.services import (
    BIGGEST,
    BrokenContentError,
    proposed,
    publish,
    read_folder,
    sync_folder,
)
from tests.make.library import FILES, write
from tests.make.library import publish as publish_folder

LESSON = {
    f"lessons/1-essai/1-premiere.{language}.md": FILES[
        f"lessons/1-essai/1-premiere.{language}.md"
    ]
    for language in ("fr", "en")
}


def test_a_text_that_breaks_another_one_is_refused(app, linus, small_library):
    without_anchor = {
        path: text.replace("#cable", "#fil") for path, text in LESSON.items()
    }

    with pytest.raises(BrokenContentError) as refused:
        publish("lesson", "premiere", without_anchor, by=linus.id, why="A new name")

    assert {issue.code for issue in refused.value.issues} == {"link.unknown-anchor"}
    assert queries.shelf().lesson("premiere")


def test_a_fault_that_was_there_before_does_not_stop_another_author(
    app, linus, tmp_path
):
    publish_folder(tmp_path)
    bad = {path: text.replace("[x]", "[ ]") for path, text in LESSON.items()}
    better = {
        path: text.replace("minutes: 5", "minutes: 4") for path, text in LESSON.items()
    }

    library, issues = proposed(bad)
    revision = publish("lesson", "premiere", better, by=linus.id, why="Shorter")

    assert issues
    assert "premiere" not in [lesson.key for lesson in library.lessons]
    assert revision.by_id == linus.id
    assert len(queries.publications_of("lesson", "premiere")) == 2


def test_a_thing_that_does_not_exist_cannot_be_published(app, linus, small_library):
    with pytest.raises(BrokenContentError):
        publish("quiz", "nothing", {}, by=linus.id, why="Nothing")


def test_a_folder_that_says_what_the_browser_said_publishes_nothing(
    app, linus, small_library, tmp_path
):
    better = {p: t.replace("minutes: 5", "minutes: 4") for p, t in LESSON.items()}
    publish("lesson", "premiere", better, by=linus.id, why="Shorter")

    report = sync_folder(write(tmp_path, better))

    assert (report.published, report.kept) == ([], [])


def test_a_file_too_big_to_be_a_lesson_is_not_read(tmp_path):
    write(tmp_path, {"lessons/facts.md": "x" * (BIGGEST + 1), "quizzes/a.fr.md": "x"})

    assert list(read_folder(tmp_path)) == ["quizzes/a.fr.md"]
