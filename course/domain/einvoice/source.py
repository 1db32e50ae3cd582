"""From the software's books to an invoice: what a learner issued, in one language."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from course.domain.einvoice.document import (
    BUSINESS,
    CONSUMER,
    CREDIT_NOTE,
    INVOICE,
    Category,
    Invoice,
    Item,
    Note,
    Party,
    Subject,
)
from course.domain.simulators.books import MENTIONS, Books, Document, plain_siren
from course.domain.simulators.invoicing import Invoicing
from course.domain.text import Text

# « 12 quai des Essais, 29900 Le Port »: what stands before the postcode, and after it.
ADDRESS = re.compile(r"(?P<street>.*?)[\s,]*\b(?P<postcode>\d{5})\s+(?P<city>.+)")
# What no XML can hold; a keyboard does not write it, a program may send it.
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SUBJECTS: Mapping[str, Subject] = {
    "penalty": Subject.PENALTY,
    "recovery": Subject.RECOVERY,
    "discount": Subject.DISCOUNT,
}
CATEGORIES: Mapping[str, Category] = {
    "goods": Category.GOODS,
    "services": Category.SERVICES,
    "both": Category.BOTH,
}


@dataclass(frozen=True, slots=True)
class Sayings:
    """The sentences of an invoice, in its language."""

    mentions: Mapping[str, str]  # penalty, recovery, discount
    within: Callable[[int], str]  # how it is paid, in so many days
    deducted: str  # how a credit note is
    exemption: str  # why there is no VAT
    specimen: str


def invoice_of(
    software: Invoicing, books: Books, document: Document, said: Sayings, language: str
) -> Invoice:
    """An issued invoice or credit note.

    What the learner decides on is as they left it. An invoice that was there before,
    and a credit note, say what the software writes by itself.
    """
    customer = software.buyer(document)
    if document.date is None or customer is None:
        raise ValueError("Only what is issued has a date, and a customer.")
    original = books.document(document.original) if document.original else None
    seller = software.seller
    return Invoice(
        kind=CREDIT_NOTE if original else INVOICE,
        number=document.number,
        issued=document.date,
        due=document.due,
        terms=_terms(document, said),
        category=_category(document, books),
        seller=replace(
            _party(seller.name, seller.siren, seller.address, language),
            vat=plain_siren(seller.vat),
            form=_said(seller.form, language),
        ),
        buyer=_party(customer.name, customer.siren, customer.address, language),
        items=tuple(
            Item(
                name=_said(software.item(each.item).name, language),
                quantity=each.quantity,
                unit=books.good(each.item).unit,
                price=each.price,
                rate=each.rate,
            )
            for each in document.lines
        ),
        notes=tuple(_notes(document, said, private=customer.kind == "consumer")),
        original=_reference(original),
        exemption=said.exemption,
    )


def _reference(original: Document | None) -> tuple[str, date] | None:
    if original is None or original.date is None:
        return None
    return original.number, original.date


def _is_chosen(document: Document) -> bool:
    """Whether the learner decided what it says besides its lines."""
    return document.made and not document.original


def _terms(document: Document, said: Sayings) -> str:
    if document.original:
        return said.deducted
    return "" if document.days is None else said.within(document.days)


def _category(document: Document, books: Books) -> Category | None:
    if _is_chosen(document) or document.category:
        return CATEGORIES.get(document.category)
    things = {books.good(each.item).unit == "piece" for each in document.lines}
    if len(things) > 1:
        return Category.BOTH
    return Category.GOODS if True in things else Category.SERVICES


def _party(name: Text, siren: str, address: Text, language: str) -> Party:
    said = " ".join(_said(address, language).split())
    found = ADDRESS.fullmatch(said)
    where = found.groupdict() if found else {"street": said}
    plain = UNWRITABLE.sub("", plain_siren(siren))
    return Party(name=_said(name, language), siren=plain, **where)


def _notes(document: Document, said: Sayings, *, private: bool) -> Iterable[Note]:
    mentions = document.mentions if _is_chosen(document) else MENTIONS
    for mention in MENTIONS:
        if mention in mentions:
            yield Note(SUBJECTS[mention], said.mentions[mention])
    yield Note(Subject.TREATMENT, CONSUMER if private else BUSINESS)
    yield Note(Subject.OTHER, said.specimen)


def _said(words: Text, language: str) -> str:
    return UNWRITABLE.sub("", words.say(language))
