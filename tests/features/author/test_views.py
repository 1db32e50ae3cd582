import pytest

from course.features.catalogue import queries as catalogue
from course.features.catalogue import services as publishing
from tests.make.author import (
    BROKEN_FR,
    EN,
    FR,
    LESSON,
    OTHER_FR,
    QUIZ,
    asked_in_french,
    drafts,
    fields,
    hidden,
    save,
    typed,
)
from tests.make.library import FILES, write
from tests.page import parse, said


def test_contents_show_everything_published(as_admin, small_library):
    answer = as_admin.get("author.contents")

    for address in ("/content/quiz/essai", "/content/lesson/premiere"):
        assert address in answer.text
    assert "/content/module" not in answer.text


def test_contents_show_the_drafts_that_wait(as_admin, small_library):
    save(as_admin, QUIZ, fr=OTHER_FR)

    assert "Linus Torvalds" in as_admin.get("author.contents").text


def test_contents_say_what_the_folders_found(as_admin, small_library, tmp_path):
    write(tmp_path, {"quizzes/essai.fr.md": BROKEN_FR})
    publishing.sync_folder(tmp_path)

    answer = as_admin.get("author.contents")

    assert "quizzes/essai.fr.md:11" in answer.text


def test_contents_say_what_could_be_better(as_admin, small_library, tmp_path):
    dull = FR.replace("  > Les traces seraient perdues.\n", "", 1)
    publishing.sync_folder(write(tmp_path, {"quizzes/essai.fr.md": dull}))

    assert "quizzes/essai.fr.md:19" in as_admin.get("author.contents").text


def test_contents_cost_the_same_whatever_is_in_them(
    as_admin, small_library, count_queries
):
    as_admin.get("author.contents")
    with count_queries() as few:
        as_admin.get("author.contents")
    save(as_admin, QUIZ, fr=OTHER_FR)
    save(as_admin, LESSON, fr=FILES["lessons/1-essai/1-premiere.fr.md"] + "\nFin.\n")

    with count_queries() as many:
        as_admin.get("author.contents")

    assert len(many) == len(few)


def test_the_draft_of_what_was_taken_away_is_not_shown(
    as_admin, small_library, tmp_path
):
    save(as_admin, {"kind": "lesson", "key": "seconde"}, fr="# Autre")
    for path in tmp_path.glob("lessons/1-essai/2-*"):
        path.unlink()
    for language in ("fr", "en"):
        place = tmp_path / f"quizzes/essai.{language}.md"
        text = place.read_text("utf-8")
        place.write_text(text.replace("seconde#delai", "premiere#cable"), "utf-8")
    publishing.sync_folder(tmp_path)

    answer = as_admin.get("author.contents")

    assert drafts() == 1
    assert "Linus" not in said(parse(answer.text).find(".//main"))


@pytest.mark.parametrize(
    "address",
    [
        "/content/module/essai",
        "/content/facts/facts",
        "/content/quiz/nothing",
        "/content/lesson/essai",
        "/content/quiz/essai/revisions/99999",
        "/content/quiz/essai/revisions/99999999999999999999",
    ],
)
def test_what_cannot_be_edited_has_no_page(as_admin, small_library, address):
    assert as_admin.get(address).status_code == 404


def test_a_revision_of_something_else_is_not_shown(as_admin, small_library):
    lesson = catalogue.shelf().revision("lesson", "premiere")

    answer = as_admin.get("author.revision", revision_id=lesson, **QUIZ)

    assert answer.status_code == 404


@pytest.mark.parametrize("thing", [QUIZ, LESSON])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_editor_shows_the_text_and_what_learners_will_see(
    as_admin, small_library, thing, language
):
    answer = as_admin.get(
        "author.edit", query_string={"language": language, "trade": "baker"}, **thing
    )

    seen = parse(answer.text).find(".//div[@class='seen']")
    assert seen.get("lang") == language
    assert ("magasin" if language == "fr" else "shop") in said(seen) or thing is QUIZ


def test_saving_keeps_a_draft_that_learners_do_not_see(as_admin, small_library):
    answer = save(as_admin, QUIZ, fr=OTHER_FR)

    assert answer.status_code == 303
    assert drafts() == 1
    assert (
        catalogue.shelf()
        .quiz("essai")
        .question("appel")
        .ask["fr"]
        .startswith("Qui pré")
    )
    page = as_admin.get("author.edit", **QUIZ)
    assert typed(page) == OTHER_FR
    assert "Linus Torvalds" in page.text


def test_saving_what_is_published_keeps_nothing(as_admin, small_library):
    answer = save(as_admin, QUIZ, fr=FR.replace("\n", "\r\n"), en=EN)

    assert answer.status_code == 303
    assert drafts() == 0


def test_saving_twice_the_same_is_one_save(as_admin, small_library):
    save(as_admin, QUIZ, fr=OTHER_FR)
    before = hidden(as_admin.get("author.edit", **QUIZ))

    save(as_admin, QUIZ, fr=OTHER_FR)

    assert hidden(as_admin.get("author.edit", **QUIZ)) == before


def test_a_text_that_is_too_long_is_refused_and_not_lost(as_admin, small_library):
    long = FR + "é" * 110 * 1024

    answer = save(as_admin, QUIZ, fr=long)

    assert answer.status_code == 422
    assert typed(answer) == long
    assert "200" in said(parse(answer.text).find(".//*[@id='fr-error']"))
    assert drafts() == 0


def test_seeing_keeps_nothing(as_admin, small_library):
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post("author.preview", data=fields(page, fr=BROKEN_FR), **QUIZ)

    assert answer.status_code == 200
    assert typed(answer) == BROKEN_FR
    assert parse(answer.text).find(".//*[@href='#fr-11']") is not None
    assert parse(answer.text).find(".//*[@id='fr-11']").get("class") == "marked"
    assert drafts() == 0


def test_a_script_sees_the_same_as_json(as_admin, small_library):
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post(
        "author.preview",
        data=fields(page, fr=BROKEN_FR),
        headers={"Accept": "application/json"},
        **QUIZ,
    )

    assert answer.json["messages"][0]["path"].startswith("quizzes/essai.")
    assert any(
        m["line"] == 11 and m["language"] == "fr" for m in answer.json["messages"]
    )
    assert "#fr-11" in answer.json["html"]


def test_a_script_is_told_that_a_text_is_too_long(as_admin, small_library):
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post(
        "author.preview",
        data=fields(page, fr="x" * 300_000),
        headers={"Accept": "application/json"},
        **QUIZ,
    )

    assert answer.status_code == 422
    assert "200" in answer.json["message"]


def test_what_a_change_breaks_elsewhere_is_told_with_its_file(as_admin, small_library):
    page = as_admin.get("author.edit", **LESSON)
    texts = {
        code: FILES[f"lessons/1-essai/1-premiere.{code}.md"].replace("#cable", "#fil")
        for code in ("fr", "en")
    }

    answer = as_admin.post("author.preview", data=fields(page, **texts), **LESSON)

    assert "quizzes/essai.fr.md:" in said(parse(answer.text).find(".//*[@id='view']"))


def test_publishing_gives_the_text_to_learners_and_ends_the_draft(
    as_admin, small_library
):
    before = catalogue.shelf().revision("quiz", "essai")
    save(as_admin, QUIZ, fr=OTHER_FR)
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post(
        "author.publish", data=fields(page, fr=OTHER_FR, why="Plus court"), **QUIZ
    )

    assert answer.status_code == 303
    assert drafts() == 0
    page = as_admin.get("author.edit", **QUIZ)
    assert "Plus court" in page.text
    assert typed(page) == OTHER_FR
    assert "Qui appelez" in asked_in_french()
    assert "Qui pré" in catalogue.quiz_at(before).question("appel").ask["fr"]


def test_publishing_asks_why(as_admin, small_library):
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post("author.publish", data=fields(page, fr=OTHER_FR), **QUIZ)

    assert answer.status_code == 422
    assert parse(answer.text).find(".//*[@id='why-error']") is not None
    assert typed(answer) == OTHER_FR


def test_a_broken_text_is_not_published(as_admin, small_library):
    before = catalogue.shelf().edition
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post(
        "author.publish", data=fields(page, fr=BROKEN_FR, why="Oubli"), **QUIZ
    )

    assert answer.status_code == 422
    assert typed(answer) == BROKEN_FR
    assert catalogue.edition_id() == before


def test_a_language_cannot_be_emptied_by_mistake(as_admin, small_library):
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post(
        "author.publish", data=fields(page, en="", why="Oubli"), **QUIZ
    )

    assert answer.status_code == 422


def test_publishing_what_is_published_changes_nothing(as_admin, small_library):
    before = catalogue.edition_id()
    page = as_admin.get("author.edit", **QUIZ)

    answer = as_admin.post(
        "author.publish",
        data=fields(page, fr=FR.replace("\n", "\r\n"), why="Rien"),
        **QUIZ,
    )

    assert answer.status_code == 303
    assert catalogue.edition_id() == before


def test_a_draft_is_thrown_away(as_admin, small_library):
    save(as_admin, QUIZ, fr=OTHER_FR)
    page = as_admin.get("author.edit", **QUIZ)

    as_admin.post("author.discard", data={"seen": hidden(page)}, **QUIZ)
    as_admin.post("author.discard", data={"seen": hidden(page)}, **QUIZ)

    assert drafts() == 0
    assert typed(as_admin.get("author.edit", **QUIZ)) == FR


def test_an_old_revision_can_be_read_and_begun_from_again(as_admin, small_library):
    first = catalogue.shelf().revision("quiz", "essai")
    page = as_admin.get("author.edit", **QUIZ)
    as_admin.post(
        "author.publish", data=fields(page, fr=OTHER_FR, why="Plus court"), **QUIZ
    )

    shown = as_admin.get("author.revision", revision_id=first, **QUIZ)
    as_admin.get(
        "author.revision", revision_id=first, query_string={"language": "en"}, **QUIZ
    )
    as_admin.post("author.start", revision_id=first, **QUIZ)

    assert typed(shown, "text-fr") == FR
    draft = as_admin.get("author.edit", **QUIZ)
    assert typed(draft) == FR
    assert str(first) in said(parse(draft.text).find(".//*[@class='notice attention']"))


def test_a_language_that_is_not_written_yet_can_be_added(as_admin, tmp_path):
    files = {p: t for p, t in FILES.items() if p != "quizzes/essai.en.md"}
    publishing.sync_folder(write(tmp_path, files))
    page = as_admin.get("author.edit", **QUIZ)
    assert typed(page, "en") == ""

    kept = as_admin.post("author.save", data=fields(page, en=""), **QUIZ)
    published = as_admin.post(
        "author.publish", data=fields(page, why="In English too"), **QUIZ
    )

    assert (kept.status_code, published.status_code) == (303, 303)
    assert catalogue.shelf().quiz("essai").title["en"] == "Trial: the quiz"


def test_only_authors_come_in(visitor, as_learner, as_trainer, small_library):
    asked = [
        browser.post("author.save", data={}, **QUIZ).status_code
        for browser in (visitor, as_learner, as_trainer)
    ]

    assert asked == [401, 403, 403]
