from course.features.catalogue import queries, services
from tests.make.library import FILES, publish
from tests.page import parse, said

PICTURE = "lessons/1-essai/images/cable.svg"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>'
LESSON = "lessons/1-essai/1-premiere."


def with_picture():
    files = {**FILES, PICTURE: DRAWING}
    for path in (f"{LESSON}fr.md", f"{LESSON}en.md"):
        files[path] = files[path].replace(
            ":::story", "![Un câble / a cable](images/cable.svg)\n\n:::story", 1
        )
    return files


def test_the_glossary_has_an_anchor_for_each_term(visitor, small_library):
    answer = visitor.get("catalogue.glossary")

    entry = parse(answer.text).find(".//*[@id='term-routeur']")
    assert "L’appareil" in said(entry) or "L'appareil" in said(entry)


def test_the_glossary_speaks_english(visitor, small_library):
    answer = visitor.speak("en").get("catalogue.glossary")

    assert "router" in answer.text


def test_a_glossary_without_terms_says_so(visitor, tmp_path):
    files = {
        path: text.replace("[routeur](term:routeur)", "routeur").replace(
            "[router](term:routeur)", "router"
        )
        for path, text in FILES.items()
        if "glossary" not in path
    }
    publish(tmp_path, files)

    assert visitor.get("catalogue.glossary").status_code == 200


def test_a_picture_is_served_from_the_revision_that_shows_it(visitor, tmp_path):
    publish(tmp_path, with_picture())
    revision = queries.shelf().revision("lesson", "premiere")

    whole = visitor.get("catalogue.picture", revision_id=revision, path=PICTURE)
    short = visitor.get(
        "catalogue.picture", revision_id=revision, path="images/cable.svg"
    )

    assert whole.text == short.text == DRAWING
    assert whole.mimetype == "image/svg+xml"
    assert whole.headers["Content-Security-Policy"].endswith("sandbox")
    assert whole.cache_control.immutable


def test_nothing_but_pictures_of_that_revision_is_served(visitor, tmp_path):
    publish(tmp_path, with_picture())
    lesson = queries.shelf().revision("lesson", "premiere")
    quiz = queries.shelf().revision("quiz", "essai")

    refused = [
        visitor.get("catalogue.picture", revision_id=number, path=path).status_code
        for number, path in [
            (lesson, f"{LESSON}fr.md"),
            (lesson, "images/other.svg"),
            (lesson, "../course.sqlite"),
            (quiz, PICTURE),
            (99999, PICTURE),
        ]
    ]
    too_big = visitor.get("/pictures/99999999999999999999/x.svg").status_code

    assert refused == [404] * 5
    assert too_big == 404


def test_publications_tell_each_change_and_the_way_back(app, linus, small_library):
    own = {
        path: text
        for path, text in queries.current_revision("quiz", "essai").source.items()
        if path.startswith("quizzes/")
    }
    first = queries.shelf().revision("quiz", "essai")
    other = {path: text.replace("(2)", "(3)") for path, text in own.items()}
    second = services.publish("quiz", "essai", other, by=linus.id, why="Harder")
    services.publish("quiz", "essai", own, by=linus.id, why="Back again")

    found = queries.publications_of("quiz", "essai")

    assert [(each.revision, each.by, each.why) for each in found] == [
        (first, "Linus Torvalds", "Back again"),
        (second.id, "Linus Torvalds", "Harder"),
        (first, None, "folders"),
    ]
    assert [each.current for each in found] == [True, False, False]


def test_what_was_never_published_has_no_publication(app):
    assert queries.publications_of("quiz", "nothing") == []
