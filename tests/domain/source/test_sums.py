"""Sums that files quote: worked out once, said in each language and each trade."""

import pytest

from course.domain.issue import Issue
from course.domain.library import Library
from course.domain.profile import Trade
from course.domain.questions.number import Number
from tests.domain.samples import (
    CONTAGION,
    MODULE_FILE,
    QUIZ_FILE,
    files,
    noted,
    read_files,
)

SUMS = """\
# Sums

| name | formula |
|---|---|
| bill | gross 1 × 850 at 20 + 4 × 45 at 20 |
| own | gross 2 × {{ trade.price }} at 20 |
| late | penalty 480 at {{ fact.attacks }} for 45 days |
| unused | net 1 × 1 at 20 |
"""
SUMS_FILE = "lessons/sums.md"
PRICES = "| price | 10 | 20 | 30 | 40 | 50 | 60 |\n"
STORY = "A florist locks her computer up."


def course(quoted: str = "", sums: str = SUMS) -> dict[str, str]:
    """The small course with sums, its story quoting some."""
    found = {**files(), SUMS_FILE: sums}
    for language in ("fr", "en"):
        found[f"lessons/trades.{language}.md"] += PRICES
        path = CONTAGION.replace(".fr.", f".{language}.")
        found[path] = found[path].replace(STORY, f"{STORY} {quoted}")
    return found


def story(library: Library, language: str, trade: Trade | None = None) -> str:
    blocks = library.lesson("contagion").page(language, trade).blocks
    return next(block.markdown for block in blocks if block.kind == "story")


def codes(issues: list[Issue], path: str) -> list[str]:
    return [code for code, _line in noted(issues, path)]


def test_a_sum_is_said_as_each_language_writes_it() -> None:
    library, issues = read_files(course("It costs {{ sum.bill }}."))

    assert issues == []
    assert "It costs 1\u202f236,00\u00a0€." in story(library, "fr")
    assert "It costs €1,236.00." in story(library, "en")


def test_a_sum_follows_the_figures_of_the_trade() -> None:
    library, issues = read_files(course("It costs {{ sum.own }}."))

    assert issues == []
    assert "€24.00" in story(library, "en", Trade.FITTER)
    assert "€144.00" in story(library, "en", None)


def test_a_sum_of_the_trades_is_not_said_where_all_read_the_same() -> None:
    found = course()
    found[MODULE_FILE] = found[MODULE_FILE].replace(
        "You sort", "{{ sum.own }} You sort"
    )

    issues = read_files(found)[1]

    assert "quote.no-trade-here" in codes(issues, MODULE_FILE)


def test_an_amount_is_a_number_to_type_in_both_languages() -> None:
    found = course()
    for path in (QUIZ_FILE, QUIZ_FILE.replace(".fr.", ".en.")):
        found[path] = found[path].replace(
            "= {{ fact.complaint-hours }} hours", "= {{ sum.bill }}"
        )

    library, issues = read_files(found)

    assert issues == []
    question = library.quiz("antivirus").questions[1]
    assert isinstance(question, Number)
    assert question.right.value == 1236
    assert set(question.right.unit.values()) == {"€"}


def test_a_sum_is_no_surer_than_the_facts_it_rests_on() -> None:
    found = course()
    for path in (QUIZ_FILE, QUIZ_FILE.replace(".fr.", ".en.")):
        found[path] = found[path].replace(
            "= {{ fact.complaint-hours }} hours", "= {{ sum.late }}"
        )

    assert "fact.not-sure" in codes(read_files(found)[1], QUIZ_FILE)
    assert read_files(course("{{ sum.late }}"))[1] == []


def test_an_unknown_sum_is_noted_at_its_line() -> None:
    found = course("{{ sum.what }}")

    issues = read_files(found)[1]

    line = found[CONTAGION].partition("sum.what")[0].count("\n") + 1
    assert ("quote.unknown-sum", line) in noted(issues, CONTAGION)


def test_a_torn_quote_of_a_sum_is_noted() -> None:
    assert "quote.unreadable" in codes(
        read_files(course("It costs { sum.bill }."))[1], CONTAGION
    )


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("gross 1 × 850", "sum.bad-formula"),
        ("twice 850", "sum.bad-formula"),
        ("gross 1 × {{ trade.supplier }} at 20", "sum.bad-formula"),
        ("gross 1 × {{ trade.what }} at 20", "quote.unknown-trade-word"),
        ("penalty 480 at {{ fact.what }} for 45 days", "quote.unknown-fact"),
        ("{{ sum.bill }}", "quote.unknown-sum"),
    ],
)
def test_a_faulty_formula_is_noted_at_its_line(formula: str, code: str) -> None:
    sums = f"{SUMS}| odd | {formula} |\n"

    library, issues = read_files(course("It costs {{ sum.bill }}.", sums))

    assert (code, sums.count("\n")) in noted(issues, SUMS_FILE)
    assert "1\u202f236" in story(library, "fr")


def test_trade_words_and_definitions_quote_no_sum() -> None:
    found = course()
    found["lessons/trades.fr.md"] += "| x | {{ sum.bill }} | 2 | 2 | 2 | 2 | 2 |\n"
    found["lessons/glossary.fr.md"] += "| y | y | It costs {{ sum.bill }}. |\n"

    issues = read_files(found)[1]

    assert "quote.unknown-sum" in codes(issues, "lessons/trades.fr.md")
    assert "quote.unknown-sum" in codes(issues, "lessons/glossary.fr.md")


def test_a_parcel_carries_the_sums_it_quotes_and_what_they_rest_on() -> None:
    library = read_files(course("{{ sum.own }} {{ sum.late }}"))[0]
    parcels = {(each.kind, each.key): each for each in library.parcels()}

    source = parcels["lesson", "contagion"].source
    alone, issues = read_files(dict(source), whole=False)

    assert "| own |" in source[SUMS_FILE]
    assert "| unused |" not in source[SUMS_FILE]
    assert "| price |" in source["lessons/trades.fr.md"]
    assert "| attacks |" in source["lessons/facts.md"]
    assert [issue for issue in issues if issue.fatal] == []
    assert story(alone, "fr") == story(library, "fr")
    again = {(each.kind, each.key): each.digest for each in alone.parcels()}
    assert again["lesson", "contagion"] == parcels["lesson", "contagion"].digest


def test_the_table_of_sums_is_a_parcel_with_what_it_quotes() -> None:
    library = read_files(course())[0]
    parcel = next(each for each in library.parcels() if each.kind == "sums")

    alone, issues = read_files(dict(parcel.source), whole=False)

    assert [issue for issue in issues if issue.fatal] == []
    assert parcel.source[SUMS_FILE] == SUMS
    assert "| plan |" not in parcel.source["lessons/facts.md"]
    again = {each.kind: each.digest for each in alone.parcels()}
    assert again["sums"] == parcel.digest
