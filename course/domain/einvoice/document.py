"""Invoice: what an invoice says, each thing under its term of EN 16931.

A term is a number that the whole of Europe shares: BT-1 is the invoice's number. The
labels of the terms are the page's; here are the values, and where each one stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from course.domain import billing
from course.domain.billing import Totals

INVOICE, CREDIT_NOTE = "380", "381"  # BT-3
EURO = "EUR"
# What a platform reads first: both are firms, or one is not (BT-21 BAR).
SOLE_TRADER = ("EI", "entrepreneur individuel", "Entrepreneur individuel")
BUSINESS, CONSUMER = "B2B", "B2C"


class Subject(StrEnum):
    """What a note is about (BT-21); the French rules ask for the first three."""

    PENALTY = "PMD"
    RECOVERY = "PMT"
    DISCOUNT = "AAB"
    TREATMENT = "BAR"
    OTHER = "AAI"


class Category(StrEnum):
    """What is sold (BT-23), the invoice not being paid yet."""

    GOODS = "B1"
    SERVICES = "S1"
    BOTH = "M1"


class Value(NamedTuple):
    """One thing that an invoice says, and the name of its place in it."""

    term: str  # BT-131
    place: str  # bt-131-2: of the second line
    value: str | Decimal | date


class Note(NamedTuple):
    """A sentence of the invoice, and what it is about."""

    subject: Subject
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or who buys."""

    name: str
    street: str = ""
    postcode: str = ""
    city: str = ""
    siren: str = ""
    vat: str = ""  # its VAT number
    form: str = ""  # a company's form and capital; « EI » for a sole trader

    @property
    def legal_name(self) -> str:
        """The name as the law wants it: a sole trader says so beside it."""
        said = self.form in SOLE_TRADER and self.form not in self.name
        return f"{self.name} {self.form}" if said else self.name


@dataclass(frozen=True, slots=True)
class Item:
    """One line."""

    name: str
    quantity: Decimal
    unit: str  # piece, hour, night, day, fixed
    price: Decimal  # of one, without VAT
    rate: Decimal  # of VAT, in percent

    @property
    def line(self) -> billing.Line:
        """What it amounts to."""
        return billing.Line(self.quantity, self.price, self.rate)


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or a credit note, in the words of one language."""

    number: str
    issued: date
    seller: Party
    buyer: Party
    items: tuple[Item, ...]
    kind: str = INVOICE
    due: date | None = None
    delivered: date | None = None  # when it was sold or done, if on another day
    terms: str = ""  # how it is to be paid, in a sentence
    category: Category | None = None
    notes: tuple[Note, ...] = ()
    original: tuple[str, date] | None = None  # what a credit note corrects
    exemption: str = ""  # why there is no VAT, where a rate is 0

    @property
    def done(self) -> date:
        """When what is invoiced was sold, or the service ended."""
        return self.delivered or self.issued

    @property
    def totals(self) -> Totals:
        """What is at its foot."""
        return billing.totals(item.line for item in self.items)


def values(invoice: Invoice) -> dict[str, Value]:
    """Place → what is said there, in the order in which it is read."""
    return {
        value.place: value
        for part in (_head, _parties, _items, _taxes, _foot, _notes)
        for value in part(invoice)
        if value.value
    }


def place_of(term: str, position: int | None = None) -> str:
    """The name of a place, in a page and in its data."""
    own = term.lower()
    return own if position is None else f"{own}-{position}"


def _value(
    term: str, value: str | Decimal | date | None, position: int | None = None
) -> Value:
    return Value(term, place_of(term, position), "" if value is None else value)


def _head(invoice: Invoice) -> Iterator[Value]:
    number, day = invoice.original or ("", None)
    yield _value("BT-3", invoice.kind)
    yield _value("BT-1", invoice.number)
    yield _value("BT-2", invoice.issued)
    yield _value("BT-72", invoice.done)
    yield _value("BT-9", invoice.due)
    yield _value("BT-25", number)
    yield _value("BT-26", day)
    yield _value("BT-23", invoice.category)


# Each thing that is said of a party: the term for who sells, and for who buys.
SELLER = ("BT-27", "BT-30", "BT-31", "BT-34", "BT-35", "BT-38", "BT-37", "BT-40")
BUYER = ("BT-44", "BT-47", "BT-48", "BT-49", "BT-50", "BT-53", "BT-52", "BT-55")
FORM = "BT-33"  # of who sells only


def _parties(invoice: Invoice) -> Iterator[Value]:
    for party, terms in ((invoice.seller, SELLER), (invoice.buyer, BUYER)):
        said = (
            party.legal_name,
            party.siren,
            party.vat,
            party.siren,  # the electronic address is made from it
            party.street,
            party.postcode,
            party.city,
            "FR",
        )
        yield from map(_value, terms, said)
    yield _value(FORM, invoice.seller.form)


LINE = ("BT-153", "BT-129", "BT-130", "BT-146", "BT-152", "BT-131")


def _items(invoice: Invoice) -> Iterator[Value]:
    for position, item in enumerate(invoice.items, 1):
        said = (
            item.name,
            item.quantity,
            item.unit,
            item.price,
            item.rate,
            item.line.net,
        )
        for term, value in zip(LINE, said, strict=True):
            yield Value(term, place_of(term, position), _kept(value))


TAX = ("BT-119", "BT-116", "BT-117")


def _taxes(invoice: Invoice) -> Iterator[Value]:
    for position, tax in enumerate(invoice.totals.taxes, 1):
        said = (tax.rate, tax.base, tax.amount)
        for term, value in zip(TAX, said, strict=True):
            yield Value(term, place_of(term, position), _kept(value))
        if not tax.rate:
            yield _value("BT-120", invoice.exemption, position)


def _foot(invoice: Invoice) -> Iterator[Value]:
    totals = invoice.totals
    yield _value("BT-109", Amount(totals.net))
    yield _value("BT-110", Amount(totals.tax))
    yield _value("BT-112", Amount(totals.gross))
    yield _value("BT-115", Amount(totals.gross))
    yield _value("BT-20", invoice.terms)


class Amount(Decimal):
    """An amount that is said even when it is nothing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Whether it is said."""
        return True


def _kept(value: str | Decimal) -> str | Decimal:
    return Amount(value) if isinstance(value, Decimal) else value


def _notes(invoice: Invoice) -> Iterator[Value]:
    for position, note in enumerate(invoice.notes, 1):
        yield _value("BT-21", note.subject, position)
        yield _value("BT-22", note.text, position)
