"""Billing: totals by rate, due dates, what being late costs."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.billing import (
    RECOVERY,
    Line,
    Tax,
    days_late,
    due_on,
    penalty,
    rounded,
    totals,
)

D = Decimal
RATES = st.sampled_from([D(20), D(10), D("5.5"), D("2.1"), D(0)])
LINES = st.lists(
    st.builds(
        Line,
        quantity=st.decimals(D("0.01"), D(999), places=2),
        price=st.decimals(D("0.01"), D(9999), places=2),
        rate=RATES,
    ),
    max_size=12,
)


def test_the_quote_of_the_lesson_comes_to_1236_euros() -> None:
    found = totals([Line(D(1), D(850), D(20)), Line(D(4), D(45), D(20))])

    assert found.taxes == (Tax(D(20), D(1030), D(206)),)
    assert (found.net, found.tax, found.gross) == (D(1030), D(206), D(1236))


def test_nothing_comes_to_nothing() -> None:
    found = totals([])

    assert found.taxes == ()
    assert str(found.gross) == "0.00"


def test_rates_are_told_apart_the_highest_first() -> None:
    found = totals(
        [Line(D(1), D(10), D("5.5")), Line(D(1), D(10), D(20)), Line(D(1), D(5), D(10))]
    )

    assert [tax.rate for tax in found.taxes] == [D(20), D(10), D("5.5")]
    assert [tax.amount for tax in found.taxes] == [D("2.00"), D("0.50"), D("0.55")]


def test_a_rate_is_one_however_it_is_written() -> None:
    found = totals([Line(D(1), D(10), D(20)), Line(D(1), D(10), D("20.00"))])

    assert [(tax.base, tax.amount) for tax in found.taxes] == [(D(20), D(4))]


def test_vat_is_rounded_once_per_rate_and_never_line_by_line() -> None:
    cheap = Line(D(1), D("0.02"), D(20))  # 0.004 of VAT each

    assert rounded(cheap.net * cheap.rate / 100) == 0
    assert totals([cheap] * 5).tax == D("0.02")


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01")],
)
def test_half_a_cent_goes_away_from_nothing(amount: str, cents: str) -> None:
    assert str(rounded(D(amount))) == cents


def test_a_line_is_rounded_before_it_is_added() -> None:
    third = Line(D("0.33"), D("0.05"), D(20))  # 0.0165

    assert third.net == D("0.02")
    assert totals([third] * 3).net == D("0.06")


def test_thirty_days_are_given_when_nothing_else_was_agreed() -> None:
    assert due_on(date(2026, 11, 23)) == date(2026, 12, 23)
    assert due_on(date(2026, 11, 23), 45) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("today", "late"),
    [("2026-10-08", 0), ("2026-10-09", 0), ("2026-10-10", 1), ("2026-11-23", 45)],
)
def test_one_is_late_from_the_day_after_the_due_date(today: str, late: int) -> None:
    assert days_late(date(2026, 10, 9), date.fromisoformat(today)) == late


@pytest.mark.parametrize(
    ("gross", "rate", "days", "cost"),
    [
        ("480", "12.40", 45, "7.34"),
        ("1236", "12.40", 30, "12.60"),
        ("1440", "12.40", 30, "14.68"),
        ("1440", "12", 30, "14.20"),
        ("1000", "10", 73, "20.00"),
        ("480", "12.40", 0, "0.00"),
    ],
)
def test_a_late_payment_costs_so_much(
    gross: str, rate: str, days: int, cost: str
) -> None:
    assert str(penalty(D(gross), D(rate), days)) == cost


def test_recovery_is_forty_euros_whatever_is_owed() -> None:
    assert RECOVERY == 40


@given(LINES)
def test_totals_are_the_sums_of_the_lines_by_rate(lines: list[Line]) -> None:
    bases: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        bases[line.rate] += line.net

    found = totals(lines)

    assert {tax.rate: tax.base for tax in found.taxes} == bases
    assert found.net == sum((line.net for line in lines), D(0))
    assert all(tax.amount == rounded(tax.base * tax.rate / 100) for tax in found.taxes)
    assert found.gross == found.net + found.tax
    assert found.gross == rounded(found.gross)
    assert found == totals(reversed(lines))


@given(LINES)
def test_what_is_given_back_whole_leaves_nothing(lines: list[Line]) -> None:
    back = [Line(-line.quantity, line.price, line.rate) for line in lines]

    assert totals(lines).gross + totals(back).gross == 0
    assert totals(lines).tax + totals(back).tax == 0


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 400))
def test_who_pays_on_the_last_day_is_not_late(issued: date, days: int) -> None:
    due = due_on(issued, days)

    assert days_late(due, due) == 0
    assert days_late(due, due + timedelta(days=days)) == days
