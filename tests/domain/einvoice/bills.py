"""Invoices for tests: one that is right, and what may be spoiled in it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from course.domain.einvoice.document import (
    BUSINESS,
    CONSUMER,
    CREDIT_NOTE,
    Category,
    Invoice,
    Item,
    Note,
    Party,
    Subject,
)

SPECIMEN = Note(Subject.OTHER, "SPÉCIMEN. Sans valeur.")
MENTIONS = (
    Note(Subject.PENALTY, "Pénalités de retard : 12,40 % par an."),
    Note(Subject.RECOVERY, "Indemnité forfaitaire : 40,00 €."),
    Note(Subject.DISCOUNT, "Pas d’escompte."),
)
GOOD = Invoice(
    number="F-2026-0118",
    issued=date(2026, 11, 23),
    seller=Party(
        "Atelier du Port",
        "1 quai",
        "29000",
        "Le Port",
        siren="123456789",
        vat="FR32123456789",
        form="SARL au capital de 5 000 €",
    ),
    buyer=Party(
        "Hôtel & Dunes <3>", "8 chemin des Dunes", "29000", "Le Port", siren="987654321"
    ),
    items=(
        Item("Garde-corps", Decimal(1), "piece", Decimal(850), Decimal(20)),
        Item("Pose", Decimal(4), "hour", Decimal(45), Decimal(20)),
    ),
    due=date(2026, 12, 23),
    terms="À payer sous 30 jours.",
    category=Category.BOTH,
    notes=(*MENTIONS, Note(Subject.TREATMENT, BUSINESS), SPECIMEN),
)
CREDIT = replace(
    GOOD,
    kind=CREDIT_NOTE,
    number="A-2026-0009",
    due=None,
    terms="À déduire.",
    original=("F-2026-0112", date(2026, 11, 10)),
)
FREE_OF_VAT = replace(
    GOOD,
    items=(Item("Visite", Decimal("1.50"), "day", Decimal(80), Decimal(0)),),
    exemption="TVA non applicable, art. 293 B du CGI.",
)
TWO_RATES = replace(
    GOOD,
    items=(
        *GOOD.items,
        Item("Nuit", Decimal(3), "night", Decimal("33.33"), Decimal("5.5")),
        Item("Visite", Decimal(1), "fixed", Decimal("0.05"), Decimal(10)),
    ),
)


def without(subject: Subject) -> Invoice:
    """The right one without a mention."""
    return replace(GOOD, notes=tuple(n for n in GOOD.notes if n.subject != subject))


def with_siren(siren: str) -> Invoice:
    """The right one to a customer whose SIREN is this."""
    return replace(GOOD, buyer=replace(GOOD.buyer, siren=siren))


def to_a_person() -> Invoice:
    """Sold to a private person, who is owed neither penalty nor 40 euros."""
    private = with_siren("")
    return replace(private, notes=(Note(Subject.TREATMENT, CONSUMER), SPECIMEN))


# What is spoiled → the lacks that the rules find.
SPOILED: dict[str, tuple[Invoice, tuple[str, ...]]] = {
    "no SIREN": (with_siren(""), ("siren",)),
    "a SIREN of eight digits": (with_siren("98765432"), ("siren",)),
    "a SIREN with signs": (with_siren("n°987654321"), ("siren",)),
    "a private person": (to_a_person(), ("consumer",)),
    "no category": (replace(GOOD, category=None), ("category",)),
    "no penalty": (without(Subject.PENALTY), ("penalty",)),
    "no 40 euros": (without(Subject.RECOVERY), ("recovery",)),
    "no discount": (without(Subject.DISCOUNT), ("discount",)),
    "a credit note of nothing": (replace(CREDIT, original=None), ("original",)),
    "due before it is issued": (replace(GOOD, due=date(2026, 11, 1)), ("due-early",)),
    "a number with a space": (replace(GOOD, number="F 118"), ("number",)),
    "a number without end": (replace(GOOD, number="F" * 36), ("number",)),
    "several at once": (
        replace(with_siren(""), category=None, notes=(GOOD.notes[3], SPECIMEN)),
        ("siren", "category", "penalty", "recovery", "discount"),
    ),
}
RIGHT = {
    "an invoice": GOOD,
    "a credit note": CREDIT,
    "free of VAT": FREE_OF_VAT,
    "several rates": TWO_RATES,
    "without due date": replace(GOOD, due=None, terms=""),
}
