"""Templates: each is shown by something, and none holds code."""

import re

import pytest

from course.domain.simulators import SIMULATORS
from tests.house.source import TEMPLATES, modules, templates

NAMED = re.compile(r"""["']([\w/-]+\.(?:html|txt))["']""")
# Chosen by a name that the program makes: one template for each question type, one for
# each simulator.
MADE = ("questions/", "simulators/")
INLINE = {
    "style": re.compile(r"<style\b|\sstyle\s*="),
    "event": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "bare script": re.compile(r"<script(?![^>]*nonce=)[^>]*>"),
    "address elsewhere": re.compile(
        r"<(?:script|img|link)[^>]*(?:src|href)=\"(?:https?:)?//"
    ),
}


def names() -> dict[str, str]:
    """Every template with its text."""
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in templates()
    }


def asked_for() -> set[str]:
    """The templates that code or other templates name."""
    texts = [path.read_text("utf-8") for path in modules("course")]
    return {
        found for text in (*texts, *names().values()) for found in NAMED.findall(text)
    }


def test_every_template_that_is_asked_for_exists():
    assert asked_for() - set(names()) == set()


def test_no_template_is_an_orphan():
    orphans = set(names()) - asked_for()

    assert {name for name in orphans if not name.startswith(MADE)} == set()


def test_a_template_stands_in_the_folder_of_the_feature_that_shows_it():
    misplaced = [
        (path.parent.name, name)
        for path in modules("course/features")
        for name in NAMED.findall(path.read_text("utf-8"))
        if not name.startswith(("parts/", "mail/", *MADE))
        and not name.startswith(f"{path.parent.name}/")
    ]

    assert misplaced == []


def test_a_view_shows_the_template_of_an_endpoint(app):
    endpoints = {rule.endpoint.replace(".", "/") for rule in app.url_map.iter_rules()}
    features = {path.parent.name for path in modules("course/features")}

    unnamed = {
        name
        for name in names()
        if name.partition("/")[0] in features
        if name.removesuffix(".html") not in endpoints
    }
    lent = {found for text in names().values() for found in NAMED.findall(text)}

    assert unnamed - lent == SHOWN_BY_OTHERS


SHOWN_BY_OTHERS = {  # a POST, an error, or one of the two faces of a page
    "account/access.html",
    "account/link_used.html",
    "account/resend.html",
    "author/look.html",
    "lesson/block.html",
    "lesson/terms.html",
    "lesson/try.html",
    "quiz/conflict.html",
    "quiz/overview.html",
    "site/crash.html",
    "site/error.html",
}


@pytest.mark.parametrize("kind", INLINE)
def test_no_template_holds_code_or_style(kind):
    guilty = {name for name, text in names().items() if INLINE[kind].search(text)}

    assert guilty == set()


def test_every_question_type_has_its_template():
    kinds = {path.stem for path in modules("course/domain/questions")}

    shown = {path.stem for path in (TEMPLATES / "questions").glob("*.html")}

    assert shown == kinds - {"__init__", "base", "loading"}


def test_every_simulator_has_its_template():
    shown = {path.stem for path in (TEMPLATES / "simulators").glob("*.html")}

    assert shown == set(SIMULATORS)
