import ast
import re
from pathlib import Path

import pytest

from course.base.i18n import speaking
from course.domain.issue import Issue
from course.domain.simulators import SIMULATORS
from course.domain.source.neighbours import KINDS
from course.features.catalogue.models import Finding
from course.features.catalogue.wording import SENTENCES, sentence

DOMAIN = Path(__file__).parents[3] / "course/domain"
CODE = re.compile(r"[a-z]+\.[a-z]+(?:-[a-z]+)*")
# Said to learners: by questions, by simulators, before a simulator is asked.
LEARNERS = ("answer.", "act.", *(f"{kind}." for kind in SIMULATORS))
# Facts of a simulator have names that look like codes.
NOT_FOR_AUTHORS = (*LEARNERS, "course.", "roster.", "new.")
# What every fault of a run is told with.
ADDED = {"trades"}
NOTES = {"fatal", "warn", "note", "fault"}


def calls():
    for path in DOMAIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield from [node] if isinstance(node, ast.Call) else []


def written_codes():
    """Every code of the domain's source: they are the only words of that form."""
    found = {f"link.unknown-{scheme}" for scheme in KINDS}
    for path in DOMAIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            words = node.value if isinstance(node, ast.Constant) else None
            if isinstance(words, str) and CODE.fullmatch(words):
                found.add(words)
    return {code for code in found if not code.startswith(NOT_FOR_AUTHORS)}


def wanted_by(code):
    return set(re.findall(r"%\((\w+)\)s", str(SENTENCES[code])))


def test_every_code_of_the_domain_has_its_sentence_and_no_other():
    codes = written_codes()

    assert codes == set(SENTENCES)


def test_a_sentence_asks_only_for_values_that_its_issue_carries(app):
    asked = [
        (node.args[0].value, {keyword.arg for keyword in node.keywords} | ADDED)
        for node in calls()
        if getattr(node.func, "attr", getattr(node.func, "id", "")) in NOTES
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value in SENTENCES
    ]

    assert len(asked) > 80
    assert [
        (c, wanted_by(c) - given) for c, given in asked if wanted_by(c) - given
    ] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_can_be_said(app, language):
    with speaking(language):
        said = [
            sentence(Issue(code, "x.md", 1, dict.fromkeys(wanted_by(code), "value")))
            for code in SENTENCES
        ]

    assert all(said)
    assert not [words for words in said if "%(" in words]


def test_what_an_older_version_found_is_still_said(app):
    gone = Finding(code="old.code", path="x.md", line=1, values={}, severity="fatal")
    less = Finding(code="choice.too-few", path="x.md", line=1, values={}, severity="")

    assert "old.code" in sentence(gone)
    assert "…" in sentence(less)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("explorer.extension", "Keep .pdf at the end"),
        ("explorer.unheard-of", "explorer.unheard-of"),
        ("act.cannot-undo", "act.cannot-undo"),
    ],
)
def test_a_refusal_is_told_in_the_words_of_its_simulator(app, reason, words):
    values = {"act": "explorer rename", "reason": reason, "extension": ".pdf"}

    with speaking("en"):
        said = sentence(Issue("lab.refused", "x.md", 1, values))

    assert words in said
