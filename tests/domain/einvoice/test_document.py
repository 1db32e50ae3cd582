"""What an invoice says, each thing in its place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from course.domain.einvoice.document import Party, values
from tests.domain.einvoice.bills import CREDIT, FREE_OF_VAT, GOOD, TWO_RATES


def test_each_place_is_named_once_and_tells_its_term():
    found = values(TWO_RATES)

    assert list(found) == [value.place for value in found.values()]
    assert found["bt-131-3"].term == "BT-131"
    assert found["bt-131-3"].value == Decimal("99.99")


def test_what_is_not_said_has_no_place():
    found = values(replace(GOOD, category=None, due=None, terms=""))

    assert {"bt-23", "bt-9", "bt-20", "bt-25", "bt-48", "bt-120-1"}.isdisjoint(found)


def test_amounts_are_said_even_when_they_are_nothing():
    found = values(FREE_OF_VAT)

    assert found["bt-110"].value == Decimal("0.00")
    assert found["bt-117-1"].value == Decimal("0.00")
    assert found["bt-120-1"].value == FREE_OF_VAT.exemption


def test_a_credit_note_says_what_it_corrects():
    found = values(CREDIT)

    assert found["bt-3"].value == "381"
    assert found["bt-25"].value == "F-2026-0112"
    assert found["bt-26"].value == date(2026, 11, 10)


def test_the_sale_is_on_the_day_of_the_invoice_unless_another_is_said():
    earlier = replace(GOOD, delivered=date(2026, 11, 20))

    assert values(GOOD)["bt-72"].value == GOOD.issued
    assert values(earlier)["bt-72"].value == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "form", "legal"),
    [
        ("Lise Peint", "EI", "Lise Peint EI"),
        ("Lise Peint EI", "EI", "Lise Peint EI"),
        ("Atelier", "SARL au capital de 5 000 €", "Atelier"),
        ("Atelier", "", "Atelier"),
    ],
)
def test_a_sole_trader_says_so_beside_the_name(name, form, legal):
    assert Party(name, form=form).legal_name == legal
