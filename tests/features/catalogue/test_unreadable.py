"""Each way of not being readable has its sentence, in both languages."""

import ast
from pathlib import Path

import pytest

from course.base.i18n import speaking
from course.domain.questions.base import UnreadableError
from course.features.catalogue.unreadable import SENTENCES, sentence

DOMAIN = Path(__file__).parents[3] / "course/domain"


def named(call):
    return ast.unparse(call.func) == "UnreadableError"


def raised():
    """Every code of the domain, with the names of its values."""
    found = {}
    for path in DOMAIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and named(node):
                (code,) = node.args
                assert isinstance(code, ast.Constant), "a code that no test can find"
                names = frozenset(keyword.arg for keyword in node.keywords)
                found.setdefault(code.value, set()).add(names)
    return found


RAISED = raised()


def test_sentences_are_those_of_the_codes_and_no_others():
    assert set(SENTENCES) == set(RAISED)


@pytest.mark.parametrize("code", RAISED)
def test_a_code_has_its_sentence_in_both_languages(app, code):
    for names in RAISED[code]:
        for number in (1, 3):
            error = UnreadableError(code, **dict.fromkeys(names, number))

            with app.test_request_context():
                with speaking("fr"):
                    french = sentence(error)
                with speaking("en"):
                    english = sentence(error)

            assert french != english
            assert french.endswith(".")
            assert english.endswith(".")
            assert "%(" not in french + english


@pytest.mark.parametrize(
    ("code", "values", "words"),
    [
        ("answer.none", {"count": 2}, "Choisissez 2 réponses"),
        ("answer.too-many", {"count": 1}, "1 "),
        ("answer.missing", {"missing": 3}, "3 "),
        ("answer.ambiguous-number", {"typed": "1.000"}, "1.000"),
        ("answer.too-long", {"most": 200}, "200"),
        ("answer.no-such-place", {"most": 4}, "4"),
    ],
)
def test_a_sentence_says_its_numbers(app, code, values, words):
    with app.test_request_context(), speaking("fr"):
        assert words in sentence(UnreadableError(code, **values))
