"""From the books of a run to an invoice."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from course.domain.einvoice.document import Category, Subject
from course.domain.einvoice.source import Sayings, invoice_of
from course.domain.profile import Profile
from course.domain.simulators.books import INVOICING, books_in
from course.domain.simulators.invoicing import Invoicing
from course.domain.text import Text

SAID = Sayings(
    mentions={"penalty": "12,40 %", "recovery": "40 €", "discount": "Pas d’escompte"},
    within=lambda days: f"sous {days} jours",
    deducted="à déduire",
    exemption="art. 293 B",
    specimen="SPÉCIMEN",
)


def both(french, english=None):
    return Text(fr=french, en=english or french)


def row(**fields):
    return fields


def software(form="SARL", address="2 quai des Bateaux, 29000 Le Port"):
    return Invoicing.model_validate(
        {
            "day": "2026-11-23",
            "rate": both("12,40", "12.40"),
            "firm": [
                row(
                    id="own",
                    name=both("Atelier"),
                    siren="123 456 789",
                    vat="FR32 123 456 789",
                    address=both(address),
                    form=both(form),
                )
            ],
            "series": [
                row(id="invoice", prefix="F-", next=8),
                row(id="credit", prefix="A-", next=2),
            ],
            "customers": [
                row(id="hotel", name=both("Hôtel", "Hotel")),
                row(id="cafe", name=both("Café"), siren="111 222 333"),
                row(id="martin", name=both("Mme Martin"), kind="consumer"),
            ],
            "items": [
                row(id="rail", name=both("Rail"), price=both("850"), rate=both("20")),
                row(
                    id="work",
                    name=both("Pose", "Fitting"),
                    unit=both("heure", "hour"),
                    price=both("45"),
                    rate=both("20"),
                ),
            ],
            "quotes": [
                row(id="q1", number="D-1", customer="hotel", status="accepted"),
                row(id="q2", number="D-2", customer="martin", status="accepted"),
            ],
            "invoices": [
                row(
                    id="old",
                    number="F-7",
                    customer="cafe",
                    date="2026-11-01",
                    due="2026-12-01",
                ),
                row(
                    id="older",
                    number="F-6",
                    customer="cafe",
                    date="2026-10-01",
                    due="2026-11-01",
                ),
            ],
            "lines": [
                row(id="l1", document="q1", item="rail", quantity=both("1")),
                row(id="l2", document="q1", item="work", quantity=both("4")),
                row(id="l3", document="q2", item="work", quantity=both("1,5", "1.5")),
                row(id="l4", document="old", item="rail", quantity=both("2")),
                row(id="l5", document="older", item="rail", quantity=both("1")),
                row(id="l6", document="older", item="work", quantity=both("1")),
            ],
        }
    )


def played(*acts, language="fr", name="made-1", **start):
    """The invoice of that name once these acts are done."""
    tool = software(**start)
    world = {INVOICING: tool.start(Random(1), Profile())}
    for kind, fields in acts:
        raw = {k: list(v) if isinstance(v, tuple) else [v] for k, v in fields.items()}
        world = tool.act(world, tool.acts[kind].read(raw))
    books = books_in(world)
    return invoice_of(tool, books, books.document(name), SAID, language)


ISSUE = ("issue", {"document": "made-1"})
QUOTE = ("convert", {"quote": "q1"})


def fill(**fields):
    return ("fill", {"document": "made-1", **fields})


def test_what_the_learner_filled_in_is_said():
    found = played(
        ("customer", {"customer": "hotel", "siren": "987 654 321"}),
        QUOTE,
        fill(category="both", days="30", mentions=("recovery", "penalty")),
        ISSUE,
    )

    assert (found.number, found.issued) == ("F-0008", date(2026, 11, 23))
    assert (found.due, found.terms) == (date(2026, 12, 23), "sous 30 jours")
    assert found.category == Category.BOTH
    assert found.buyer.siren == "987654321"
    assert [note.text for note in found.notes] == ["12,40 %", "40 €", "B2B", "SPÉCIMEN"]
    assert found.totals.gross == Decimal("1236.00")
    assert [(item.unit, item.name) for item in found.items] == [
        ("piece", "Rail"),
        ("hour", "Pose"),
    ]


def test_what_the_learner_left_out_stays_out():
    found = played(QUOTE, ISSUE)

    assert (found.due, found.terms, found.category) == (None, "", None)
    assert found.buyer.siren == ""
    assert {note.subject for note in found.notes} == {Subject.TREATMENT, Subject.OTHER}


def test_a_private_person_is_no_firm():
    found = played(("convert", {"quote": "q2"}), fill(category="services"), ISSUE)

    assert [note.text for note in found.notes] == ["B2C", "SPÉCIMEN"]


def test_it_speaks_the_language_of_its_reader():
    found = played(QUOTE, ISSUE, language="en")

    assert found.buyer.name == "Hotel"
    assert found.items[1].name == "Fitting"


def test_a_credit_note_quotes_its_original_and_carries_every_mention():
    found = played(("credit", {"invoice": "old", "line": "l4", "quantity": "1"}), ISSUE)

    assert (found.kind, found.original) == ("381", ("F-7", date(2026, 11, 1)))
    assert (found.due, found.terms) == (None, "à déduire")
    assert found.category == Category.GOODS
    assert len(found.notes) == 5
    assert found.buyer.siren == "111222333"
    assert found.totals.net == Decimal("850.00")


@pytest.mark.parametrize(
    ("name", "category"), [("old", Category.GOODS), ("older", Category.BOTH)]
)
def test_an_invoice_of_before_says_what_the_software_writes(name, category):
    found = played(name=name)

    assert found.category == category
    assert len(found.notes) == 5


def test_a_credit_note_of_services_is_of_services():
    found = played(
        ("credit", {"invoice": "older", "line": "l6", "quantity": "1"}), ISSUE
    )

    assert found.category == Category.SERVICES


def test_an_address_is_cut_where_its_postcode_stands():
    seller = played(QUOTE, ISSUE).seller

    assert (seller.street, seller.postcode, seller.city) == (
        "2 quai des Bateaux",
        "29000",
        "Le Port",
    )
    assert seller.vat == "FR32123456789"


def test_an_address_without_postcode_is_a_street():
    seller = played(QUOTE, ISSUE, address="Sur le quai").seller

    assert (seller.street, seller.postcode, seller.city) == ("Sur le quai", "", "")


def test_a_draft_is_no_invoice_yet():
    with pytest.raises(ValueError, match="issued"):
        played(QUOTE)


def test_what_no_xml_can_hold_is_left_out():
    odd = ("customer", {"customer": "hotel", "siren": "987\ufffe654 321"})

    assert played(odd, QUOTE, ISSUE).buyer.siren == "987654321"
