"""How the marks of content become addresses."""

import pytest

from course.features.catalogue.links import linker


@pytest.fixture
def page(app):
    """A request, so that addresses are those of a page."""
    with app.test_request_context():
        yield app


@pytest.mark.parametrize(
    ("scheme", "target", "address"),
    [
        ("term", "routeur", "/glossary#term-routeur"),
        ("lesson", "premiere", "/lessons/premiere"),
        ("lesson", "premiere#cable", "/lessons/premiere#cable"),
        ("quiz", "essai", "/quizzes/essai"),
        ("image", "images/cable.svg", "/pictures/7/images/cable.svg"),
        ("lab", "console", "/labs/console"),
        ("other", "x", None),
    ],
)
def test_a_mark_leads_to_its_page(page, scheme, target, address):
    assert linker(7)(scheme, target) == address


def test_a_picture_needs_the_revision_that_holds_it(page):
    assert linker()("image", "images/cable.svg") is None


def test_a_term_may_be_explained_on_the_same_page(page):
    assert linker(7, terms_here=True)("term", "routeur") == "#term-routeur"


def test_the_same_links_are_the_same_function(page):
    assert linker(7) is linker(7)
    assert linker(7) is not linker(8)


def test_templates_write_markdown_in_the_language_of_the_page(page):
    template = page.jinja_env.from_string(
        "{{ 'A [b](lesson:premiere) !'|markdown }}{{ '*c*'|inline }}{{ '<i>'|inline }}"
    )

    shown = template.render()

    assert '<p>A <a href="/lessons/premiere">b</a>\u202f!</p>' in shown
    assert "<em>c</em>" in shown
    assert "<i>" not in shown
