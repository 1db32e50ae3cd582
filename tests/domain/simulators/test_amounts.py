"""Figures and dates are understood as French and English people type them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.simulators.amounts import (
    amount_of,
    read_amount,
    read_date,
    read_days,
    written_amount,
)
from course.domain.simulators.base import RefusedError
from course.domain.text import Text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 236,00", "1236.00"),
        ("1\u202f236,00\u00a0€", "1236.00"),
        ("1,236.00", "1236.00"),
        ("€1,236.00", "1236.00"),
        ("1.236,00", "1236.00"),
        ("1236", "1236.00"),
        ("1236.5", "1236.50"),
        ("12,4 €", "12.40"),
        ("0,07 euros", "0.07"),
        ("-12", "-12.00"),
        ("− 12,50", "-12.50"),
        ("1 000 000", "1000000.00"),
    ],
)
def test_a_figure_is_understood(typed: str, amount: str) -> None:
    assert str(amount_of(typed)) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "€", "douze", "1.236", "1,236", "1.000", "12,345", "12 36", "1,2,3",
        "12 $", "12 %", "1e3", "²", "٣", "1 000 000,01", "9" * 30, "9" * 400, "1.2.3.4",
        "0,005", "1234,567",
    ],
)  # fmt: skip
def test_what_may_be_read_in_two_ways_or_in_none_is_not(typed: str) -> None:
    assert amount_of(typed) is None
    with pytest.raises(RefusedError) as refused:
        read_amount(typed, "amount")
    assert refused.value.values["field"] == "amount"


@given(st.decimals(0, 999_999, places=2))
def test_each_amount_is_read_as_either_language_writes_it(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")

    assert amount_of(english) == amount_of(french) == amount


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_figure_or_is_not(typed: str) -> None:
    found = amount_of(typed)

    assert found is None or abs(found) <= 1_000_000


def test_an_author_writes_the_same_figure_in_each_language() -> None:
    assert written_amount(Text(fr="850,00", en="850.00")) == 850
    assert written_amount(Text(fr="12,40 %", en="12.40%")) == Decimal("12.4")
    assert written_amount(Text(fr="850,00", en="580.00")) is None
    assert written_amount(Text(fr="beaucoup")) is None
    assert written_amount(Text()) is None


@pytest.mark.parametrize(
    "typed", ["2026-12-23", "23/12/2026", "23.12.2026", "23-12-2026", " 23 12 2026 "]
)
def test_a_date_is_understood(typed: str) -> None:
    assert read_date(typed, "due") == date(2026, 12, 23)


@pytest.mark.parametrize(
    "typed", ["", "demain", "31/11/2026", "12/23/2026", "23/12/26", "٢٣/١٢/٢٠٢٦"]
)
def test_a_day_that_is_on_no_calendar_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_date(typed, "due")
    assert refused.value.values["field"] == "due"


def test_days_are_counted_in_whole_numbers() -> None:
    assert read_days(" 045 ") == 45
    for typed in ("", "-1", "4,5", "quarante", "10000", "٤٥", "0" * 20 + "99999"):
        with pytest.raises(RefusedError):
            read_days(typed)
