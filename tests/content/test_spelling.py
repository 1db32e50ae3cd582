"""French is spelt right: hunspell reads what learners read, but for a list of words.

The list beside this file, spelling.fr.md, says why each word stays; none is in it for
nothing.
"""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("spelling.fr.md")
FILES = sorted(
    path
    for folder in ("lessons", "quizzes")
    for path in (ROOT / folder).rglob("*.fr.md")
)
HUNSPELL = shutil.which("hunspell")
# What is written for the machine, and never shown.
MARKS = (
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),  # the header
    re.compile(r"`[^`]*`"),
    re.compile(r"\{\{.*?\}\}|\{[^}]*\}"),
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"^:::(?:try|trade|for)\b.*$|^:::\w*", re.MULTILINE),
    re.compile(r"^> \[![A-Z]+\]", re.MULTILINE),
    re.compile(r"^.*\n\|[-|]+\|$", re.MULTILINE),  # the head of a table
)
NAMES = (
    re.compile(r"^- [a-z-]+:", re.MULTILINE),  # of objectives
    re.compile(r"^## [a-z0-9-]+", re.MULTILINE),  # of questions
    re.compile(r"^\| *[a-z0-9-]+ *\|", re.MULTILINE),  # of terms, of words of a trade
)
NAMED = ("glossary", "module", "trades")
OF_LABS = (
    re.compile(r"^## runs$.*", re.MULTILINE | re.DOTALL),
    re.compile(r"^#{2,4} [a-z0-9-]+(?: \(.*)?$", re.MULTILINE),
    re.compile(r"^- (?:when|needs|task|spoils): .*$", re.MULTILINE),
    re.compile(r"^- [a-z-]+:(?: [a-z0-9-]+$)?", re.MULTILINE),
    re.compile(r"\| *[a-z0-9.-]+(?:, [a-z-]+)* *(?=\|)"),  # a cell of the machine's
    re.compile(r"\b[A-Z]{1,2}(?:-\d+)+-?|\bFR00\b"),  # numbers of invoices, of a firm
    re.compile(r"[\w@*-]*(?:\.[a-z0-9]{3,7})+\b|\B-\d+"),  # names of files, amounts
)
pytestmark = pytest.mark.skipif(
    HUNSPELL is None,
    reason="hunspell is not installed (Debian: hunspell, hunspell-fr-comprehensive)",
)


def words(path: Path) -> str:
    """What people read in a file."""
    text = path.read_text("utf-8")
    for mark in MARKS:
        text = mark.sub(" ", text)
    if path.parent.name == "quizzes" or path.name.startswith(NAMED):
        for name in NAMES:
            text = name.sub(" ", text)
    for mark in OF_LABS if path.name.endswith(".lab.fr.md") else ():
        text = mark.sub(" ", text)
    return text.replace("’", "'")


@cache
def flagged(path: Path) -> frozenset[str]:
    """The words of a file that hunspell does not know."""
    told = subprocess.run(
        [str(HUNSPELL), "-d", "fr_FR", "-i", "utf-8", "-l"],
        input=words(path),
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(word.rstrip(".") for word in told.stdout.split())


def kept() -> dict[str, str]:
    """The words that stay, each with its reason."""
    rows = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \|$", LIST.read_text("utf-8"), re.MULTILINE
    )
    return {word.strip(): reason.strip() for word, reason in rows[1:]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_word_is_french_or_has_its_reason(path):
    assert flagged(path) - set(kept()) == set()


def test_no_word_is_kept_for_nothing():
    said = frozenset().union(*map(flagged, FILES))

    assert set(kept()) - said == set()
    assert all(kept().values())
