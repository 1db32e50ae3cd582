"""The numbers of the lessons are those of the invoicing lab, in each trade."""

import re
from decimal import Decimal

import pytest

from course.domain import billing
from course.domain.profile import Profile, Trade
from course.domain.quote import quotes_in
from course.domain.run import Play
from course.domain.simulators.books import Books, books_in
from course.domain.sum import say
from tests.content.test_files import FILES, LIBRARY

SIREN = re.compile(r"\b[0-9]{3} [0-9]{3} [0-9]{3}\b")
NAMES = re.findall(r"^\| ([a-z-]+) \|", FILES["lessons/sums.md"], re.MULTILINE)[1:]
SUMS = [name for name in NAMES if name != "name"]
TRADES = list(Trade)


def books(trade: Trade | None, key: str = "devis", run: str = "plein") -> Books:
    """The books at the end of a recorded run."""
    lab = LIBRARY.lab(key).for_trade(trade)
    sample = next(each for each in lab.samples if each.name == run)
    play = Play.begin(lab, 1, Profile(trade=trade))
    return books_in(play.replay(action for _line, action in sample.actions).world)


def said(trade: Trade, name: str, language: str) -> str:
    """What a lab says of a sum, in the words of a trade."""
    return LIBRARY.lab("devis").trade_words[f"sum-{name}"][trade].say(language)


@pytest.mark.parametrize("trade", TRADES)
def test_what_the_lab_says_of_the_invoice_is_what_the_software_reckons(
    trade: Trade,
) -> None:
    made = books(trade).document("made-1")

    found = made.totals
    for name, amount in (
        ("bill-net", found.net),
        ("bill-tax", found.tax),
        ("bill-gross", found.gross),
    ):
        for language in ("fr", "en"):
            assert said(trade, name, language) == say(amount, language)
    assert made.status == "paid"


@pytest.mark.parametrize("trade", [Trade.FITTER, Trade.OTHER, None])
def test_the_fitter_has_the_numbers_of_the_course(trade: Trade | None) -> None:
    found = books(trade)

    made, (quote,) = found.document("made-1"), found.quotes
    assert [(e.quantity, e.price, e.rate) for e in quote.lines] == [
        (1, 850, 20),
        (4, 45, 20),
    ]
    assert made.totals.net == Decimal("1030.00")
    assert made.totals.tax == Decimal("206.00")
    assert made.totals.gross == Decimal("1236.00")
    assert made.number == "F-2026-0118"


@pytest.mark.parametrize("trade", TRADES)
def test_a_credit_note_and_a_late_invoice_are_the_same_in_every_trade(
    trade: Trade,
) -> None:
    found = books(trade)

    credit, late = found.document("made-2"), found.document("f0098")
    assert (credit.number, credit.original) == ("A-2026-0009", "f0112")
    assert credit.totals.net == Decimal("300.00")
    assert credit.totals.gross == Decimal("360.00")
    assert late.totals.gross == Decimal("480.00")
    assert late.due is not None
    assert billing.days_late(late.due, found.day) == 45


@pytest.mark.parametrize("trade", TRADES)
def test_an_invoice_has_a_thing_and_work_that_a_quote_can_hold(trade: Trade) -> None:
    (quote,) = books(trade).quotes

    assert [entry.item for entry in quote.lines] == ["goods", "work"]
    for entry in quote.lines:
        exact = entry.quantity * entry.price * (1 + entry.rate / 100)
        assert exact == billing.rounded(exact), "falls right to the cent"


def test_no_sum_is_worked_out_for_nothing() -> None:
    quoted = {
        quote.name
        for source in FILES.values()
        for quote in quotes_in(source)
        if quote.table == "sum"
    }

    assert len(SUMS) > 40
    assert set(SUMS) == quoted


def key_of(siren: str) -> int:
    """The control key of a SIREN: nought when a firm may have it."""
    total = 0
    for place, sign in enumerate(reversed(siren.replace(" ", ""))):
        doubled = int(sign) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10


def test_no_firm_has_the_identifiers_of_the_course() -> None:
    found = {siren for source in FILES.values() for siren in SIREN.findall(source)}

    assert "123 456 789" in found
    assert [siren for siren in sorted(found) if key_of(siren) == 0] == []
