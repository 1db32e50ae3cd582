"""Numbers that lessons quote come from the rules of billing, written as people do."""

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency

from course.domain.sum import Value, say, worked_out

QUOTE = "1 × 850 at 20 + 4 × 45 at 20"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        (f"net {QUOTE}", Decimal("1030.00")),
        (f"tax {QUOTE}", Decimal("206.00")),
        (f"gross {QUOTE}", Decimal("1236.00")),
        ("GROSS 1 x 850 € at 20 % + 4*€45 at 20,0", Decimal("1236.00")),
        ("tax 3 × 0,35 at 5.5 + 3 × 0.35 at 5,5", Decimal("0.12")),
        ("penalty 480 at 12,40 % for 45 days", Decimal("7.34")),
        ("penalty 480 at 12.40 from 2026-10-09 to 2026-11-23", Decimal("7.34")),
        ("owed 1440 at 12 for 30 days", Decimal("54.20")),
        ("days 2026-10-09 to 2026-11-23", 45),
        ("days 2026-11-23 to 2026-11-23", 0),
        ("due 2026-11-23 + 30", date(2026, 12, 23)),
    ],
)
def test_a_formula_is_worked_out_by_the_rules_of_billing(
    formula: str, value: Value
) -> None:
    assert worked_out(formula) == value


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "850 + 180",
        "gross",
        "gross 1 × 850",
        "gross 1 × 850 at 20 +",
        "gross 1 × {{ trade.price }} at 20",
        "gross 1 × 1 236 at 20",
        "penalty 480 for 45 days",
        "owed 480",
        "owed 480 at 12 from 2026-02-30 to 2026-03-01",
        "days 2026-10-09",
        "days 2026-13-09 to 2026-11-23",
        "due 2026-11-23",
        "due 9999-12-31 + 30",
    ],
)
def test_what_cannot_be_worked_out_is_nothing(formula: str) -> None:
    assert worked_out(formula) is None


@pytest.mark.parametrize("amount", ["0", "7.34", "1236", "-360.00", "1234567.50"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_amount_is_written_as_the_pages_write_it(amount: str, language: str) -> None:
    pages = format_currency(Decimal(amount), "EUR", locale=language)

    assert say(Decimal(amount), language) == pages.replace("-", "−")


def test_a_number_of_days_is_plain() -> None:
    assert say(45, "fr") == say(45, "en") == "45"


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_is_written_as_the_lessons_write_it(month: int) -> None:
    day = date(2026, month, 3)

    assert say(day, "fr") == format_date(day, "dd/MM/yyyy", locale="fr")
    assert say(day, "en") == f"{format_date(day, 'd MMMM yyyy', locale='en')}".replace(
        " ", "\u00a0"
    )
