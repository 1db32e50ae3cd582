"""The data of an invoice: as the library wants them, and as XML says them."""

from dataclasses import replace

import pytest
from facturx import generate_cii_xml

from course.domain.einvoice import mapping
from course.domain.einvoice.document import INVOICE, values
from tests.domain.einvoice.bills import CREDIT, FREE_OF_VAT, GOOD, RIGHT, TWO_RATES

# In the data but not in the document: codes, and what the syntax itself needs.
CODES = {"BT-5", "BT-24", "BT-106", "BT-118", "BT-121", "BT-126", "BT-151"}


def rows_of(invoice):
    made = generate_cii_xml(
        mapping.data(invoice), level="en16931", check_xsd=False, check_schematron=False
    )
    return mapping.rows(made)


def test_what_is_not_said_is_left_out():
    said = mapping.data(GOOD)

    assert "BG-3" not in said
    assert said["BT-3"] == INVOICE
    assert said["BT-115"] == "1236.00"
    assert said["BG-25"][1]["BT-130"] == "HUR"


def test_figures_have_no_zeros_that_say_nothing():
    lines = mapping.data(TWO_RATES)["BG-25"]

    assert [line["BT-152"] for line in lines] == ["20", "20", "5.5", "10"]
    assert [line["BT-129"] for line in lines] == ["1", "4", "3", "1"]
    assert mapping.data(FREE_OF_VAT)["BG-25"][0]["BT-129"] == "1.5"


@pytest.mark.parametrize("name", RIGHT)
def test_each_value_of_the_document_is_found_in_the_data(name):
    invoice = RIGHT[name]

    found = {row.place for row in rows_of(invoice) if row.term}

    document = set(values(invoice))
    units = {place for place in document if place.startswith("bt-130-")}
    assert document - units <= found
    assert {place for place in found - document if term(place) not in CODES} == set()


def term(place):
    return "-".join(place.upper().split("-")[:2])


@pytest.mark.parametrize("name", RIGHT)
def test_no_place_is_named_twice(name):
    places = [row.place for row in rows_of(RIGHT[name]) if row.place]

    assert len(places) == len(set(places))


def test_elements_that_only_hold_others_are_said_together():
    first = rows_of(CREDIT)[0]

    assert first.value == ""
    assert first.name.startswith("CrossIndustryInvoice › ExchangedDocumentContext › ")
    assert all(row.value or not row.term for row in rows_of(CREDIT))


def test_an_attribute_is_shown_beside_its_element():
    quantity = next(row for row in rows_of(GOOD) if row.place == "bt-129-2")

    assert quantity.attributes == 'unitCode="HUR"'
    assert quantity.value == "4"


def test_a_line_without_vat_may_lack_its_reason():
    (tax,) = mapping.data(replace(FREE_OF_VAT, exemption=""))["BG-23"]

    assert tax["BT-118"] == "E"
    assert "BT-120" not in tax
