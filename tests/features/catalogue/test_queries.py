import pytest
from flask import current_app, g
from werkzeug.exceptions import NotFound, ServiceUnavailable

from course.features.catalogue import queries
from course.features.catalogue.links import linker
from course.features.catalogue.services import publish
from tests.make.library import FACTS, FILES, TRADES_EN, TRADES_FR
from tests.make.library import publish as publish_files

QUIZ = {path: FILES[path] for path in ("quizzes/essai.fr.md", "quizzes/essai.en.md")}


def test_nothing_is_shown_before_something_is_published(app):
    with pytest.raises(ServiceUnavailable):
        queries.shelf()


@pytest.mark.parametrize("kind", ["module", "lesson", "quiz"])
def test_what_is_not_published_is_not_found(app, small_library, kind):
    shelf = queries.shelf()

    with pytest.raises(NotFound):
        getattr(shelf, kind)("nothing")
    with pytest.raises(NotFound):
        queries.current_revision(kind, "nothing")


def test_what_is_published_is_found(app, small_library):
    shelf = queries.shelf()

    assert shelf.module("essai").key == "essai"
    assert shelf.lesson("premiere").module == "essai"
    assert queries.quiz_at(shelf.revision("quiz", "essai")).key == "essai"


def test_a_process_remembers_the_last_two_editions_only(app, linus, small_library):
    for points in ("(3)", "(4)", "(5)"):
        files = {path: text.replace("(2)", points) for path, text in QUIZ.items()}
        publish("quiz", "essai", files, by=linus.id, why=points)
        g.pop("shelf", None)
        queries.shelf()

    assert len(current_app.extensions["shelves"]) == 2
    assert queries.shelf().quiz("essai").question("chemins").points == 5


@pytest.mark.parametrize(
    ("scheme", "target", "address"),
    [
        ("term", "routeur", "/glossary#term-routeur"),
        ("lesson", "premiere#cable", "/lessons/premiere#cable"),
        ("lesson", "premiere", "/lessons/premiere"),
        ("quiz", "essai", "/quizzes/essai"),
        ("lab", "console", "/labs/console"),
        ("image", "images/x.svg", None),
    ],
)
def test_the_marks_of_content_become_addresses(app, scheme, target, address):
    with app.test_request_context():
        found = linker()(scheme, target)

    assert found == address


def test_a_page_with_its_own_words_leads_to_them(app):
    with app.test_request_context():
        found = linker(7, terms_here=True)

        assert found("term", "routeur") == "#term-routeur"
        assert found("image", "images/x.svg") == "/pictures/7/images/x.svg"


def test_tables_stay_whole_though_others_carry_what_they_quote_of_them(app, tmp_path):
    more = "| rate | 20 | 20 | V | CGI | 2027-03-01 |\n"
    price = "| price | 1 | 2 | 3 | 4 | 5 | 6 |\n"
    formula = "gross 1 × {{ trade.price }} at {{ fact.rate }}"
    glossary = "| heures | heures | Vous avez {{ fact.complaint-hours }} heures. |\n"
    files = {
        **FILES,
        "lessons/facts.md": FACTS + more,
        "lessons/trades.fr.md": TRADES_FR + price,
        "lessons/trades.en.md": TRADES_EN + price,
        "lessons/glossary.fr.md": FILES["lessons/glossary.fr.md"] + glossary,
        "lessons/glossary.en.md": FILES["lessons/glossary.en.md"] + glossary,
        "lessons/sums.md": f"| name | formula |\n|---|---|\n| bill | {formula} |\n",
    }

    library = publish_files(tmp_path, files)

    assert [fact.name for fact in library.facts] == ["complaint-hours", "rate"]
    assert set(library.trades) == {"workplace", "price"}
