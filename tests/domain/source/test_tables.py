"""What an author may do wrong in a table, and what is noted."""

import pytest

from tests.domain.samples import (
    LONG,
    files,
    line_of,
    noted,
    read_files,
    spoilt,
)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("lessons/facts.md", "| V |", "| W |", "fact.bad-code"),
        ("lessons/facts.md", "2027-04-01", "1er avril 2027", "fact.bad-date"),
        ("lessons/facts.md", "2027-04-01", "2026-11-22", "fact.expired"),
        ("lessons/trades.fr.md", "fr A", "", "table.empty-cell"),
        ("lessons/glossary.fr.md", "A place", LONG, "sentence.too-long"),
        ("lessons/glossary.fr.md", "(term:virus)", "(term:what)", "link.unknown-term"),
        ("lessons/glossary.fr.md", "fact.attacks", "fact.what", "quote.unknown-fact"),
        ("lessons/glossary.fr.md", "fact.att", "trade.att", "quote.unknown-trade-word"),
    ],
)
def test_a_faulty_table_is_noted_at_its_line(
    path: str, old: str, new: str, code: str
) -> None:
    issues = spoilt(path, old, new, both=False)

    assert (code, line_of(path, old)) in noted(issues, path), issues


def test_a_row_in_one_language_is_a_warning() -> None:
    issues = spoilt("lessons/glossary.en.md", "| virus |", "| worm |", both=False)

    assert ("table.missing-row", 1) in noted(issues, "lessons/glossary.en.md")
    assert ("table.missing-row", 1) in noted(issues, "lessons/glossary.fr.md")


def test_a_bar_in_a_fact_does_not_cut_a_table() -> None:
    found = files()
    found["lessons/facts.md"] = found["lessons/facts.md"].replace(
        "| attacks | 128 | 128", r"| attacks | 1\|2 | 1\|2"
    )

    library, issues = read_files(found)

    assert issues == []
    assert "1|2 attacks" in library.glossary[1].meaning.say("fr")
