"""Books: quotes, invoices, credit notes, customers, and what becomes of them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal, cast

from course.domain import billing
from course.domain.billing import Totals
from course.domain.simulators.base import Frozen, RefusedError, State, World
from course.domain.simulators.counter import (
    Answer,
    Day,
    Kind,
    Mention,
    QuoteStatus,
    SeriesName,
    Status,
    Unit,
)

INVOICING = "invoicing"
MOST_DOCUMENTS = 40
MOST_LINES = 20
MADE = "made-"
DIGITS = 4  # of a number in its series
SIREN = 9
NOUGHT = Decimal("0.00")
Category = Literal["", "goods", "services", "both"]
Level = Literal["friendly", "call", "written", "firm", "formal"]
LEVELS: tuple[Level, ...] = ("friendly", "call", "written", "firm", "formal")
MENTIONS: tuple[Mention, ...] = ("penalty", "recovery", "discount")
Reason = Literal[
    "due", "total", "mention", "siren", "duplicate", "order", "supplier", "other"
]


class Good(Frozen):
    """A thing or a service of the catalogue."""

    id: str
    unit: Unit
    price: Decimal
    rate: Decimal


class Entry(Frozen):
    """A line of a document; `extra`: how much of it should not have been billed."""

    id: str
    item: str
    quantity: Decimal
    price: Decimal
    rate: Decimal
    extra: Decimal = NOUGHT

    @property
    def line(self) -> billing.Line:
        """What billing reckons with."""
        return billing.Line(self.quantity, self.price, self.rate)


class Payment(Frozen):
    """Money that came."""

    amount: Decimal
    date: Day


class Reminder(Frozen):
    """A reminder that went."""

    level: Level
    polite: bool
    attached: bool
    days: int | None  # how late, as it was typed
    date: Day


class Document(Frozen):
    """An invoice or a credit note; it has a number once it is issued.

    What a credit note gives back is written without a sign; `sign` is its sign.
    """

    id: str
    kind: SeriesName
    customer: str = ""
    lines: tuple[Entry, ...] = ()
    number: str = ""
    typed: str = ""  # the number that a hand wrote on the draft
    date: Day | None = None
    due: Day | None = None
    category: Category = ""
    mentions: tuple[Mention, ...] = ()
    quote: str = ""  # of which it was made
    original: str = ""  # the invoice that a credit note corrects
    status: Status = "draft"
    steps: tuple[Status, ...] = ()  # each status it had, one after the other
    why: str = ""  # why the platform rejected it: missing, malformed, unknown
    siren: str = ""  # of the customer, as it was deposited
    payments: tuple[Payment, ...] = ()
    reminders: tuple[Reminder, ...] = ()

    @property
    def issued(self) -> bool:
        """Whether it left the house, or tried to: its number is given."""
        return bool(self.number)

    @property
    def made(self) -> bool:
        """Whether it was made in this run."""
        return self.id.startswith(MADE)

    @property
    def sign(self) -> int:
        """-1 for what gives back."""
        return -1 if self.kind == "credit" else 1

    @property
    def totals(self) -> Totals:
        """What is at its foot, without the sign."""
        return totals_of(self.lines)

    @property
    def paid(self) -> Decimal:
        """All that came."""
        return sum((each.amount for each in self.payments), NOUGHT)

    @property
    def days(self) -> int | None:
        """How many days it gives to pay, once both dates are known."""
        return (self.due - self.date).days if self.due and self.date else None

    def turned(self, status: Status, **fields: Any) -> "Document":
        """The same with another status; its life remembers it."""
        steps = self.steps if self.status == status else (*self.steps, status)
        return self.but(status=status, steps=steps, **fields)


class QuoteState(Frozen):
    """A quote; only an accepted one is turned into an invoice."""

    id: str
    customer: str
    status: QuoteStatus
    lines: tuple[Entry, ...]

    @property
    def totals(self) -> Totals:
        """What is at its foot."""
        return totals_of(self.lines)


class CustomerState(Frozen):
    """A file of a customer; `known`: the SIREN they really have."""

    id: str
    kind: Kind
    siren: str = ""
    known: str = ""

    @property
    def has_siren(self) -> Literal["right", "wrong", "none"]:
        """Whether the file says the right number."""
        if not self.siren:
            return "none"
        return "right" if plain_siren(self.siren) == self.known else "wrong"

    @property
    def unreachable(self) -> str:
        """Why no platform finds them; nothing when one does."""
        plain = plain_siren(self.siren)
        if not plain:
            return "missing"
        if not (plain.isascii() and plain.isdecimal() and len(plain) == SIREN):
            return "malformed"
        return "unknown" if self.known and plain != self.known else ""


class ReceivedState(Frozen):
    """What was decided about a supplier's invoice."""

    id: str
    read: bool = False
    answer: Answer = "none"
    reason: Reason | Literal["none"] = "none"  # of a refusal
    question: Reason | Literal["none"] = "none"  # the last one that was asked


class Numbers(Frozen):
    """A series: the number that comes next."""

    id: SeriesName
    prefix: str
    next: int

    @property
    def number(self) -> str:
        """As it will be written."""
        return self.of(self.next)

    def of(self, place: int) -> str:
        """The number at that place of the series."""
        return f"{self.prefix}{place:0{DIGITS}}"


class Books(State):
    """All there is in the software."""

    day: Day
    series: tuple[Numbers, ...]
    goods: tuple[Good, ...]
    customers: tuple[CustomerState, ...]
    quotes: tuple[QuoteState, ...]
    documents: tuple[Document, ...]
    received: tuple[ReceivedState, ...]
    made: int = 0  # documents begun so far

    # ---- Finding

    def document(self, name: str, field: str = "document") -> Document:
        """The invoice or credit note of that id, else RefusedError."""
        return _found(self.documents, name, field)

    def draft(self, name: str) -> Document:
        """The same, as long as it can be changed."""
        document = self.document(name)
        if document.issued:
            raise RefusedError("invoicing.issued-fixed", number=document.number)
        return document

    def quote(self, name: str) -> QuoteState:
        """The quote of that id, else RefusedError."""
        return _found(self.quotes, name, "quote")

    def customer(self, name: str) -> CustomerState:
        """The file of that customer, else RefusedError."""
        return _found(self.customers, name, "customer")

    def good(self, name: str) -> Good:
        """What the catalogue knows under that id, else RefusedError."""
        return _found(self.goods, name, "item")

    def supplied(self, name: str) -> ReceivedState:
        """The supplier's invoice of that id, else RefusedError."""
        return _found(self.received, name, "received")

    def numbers(self, kind: SeriesName) -> Numbers:
        """The series of invoices, or of credit notes."""
        return cast("Numbers", _found(self.series, kind, "number"))

    # ---- What follows from it

    @property
    def issued(self) -> tuple[Document, ...]:
        """All that has a number, the oldest first."""
        return tuple(each for each in self.documents if each.issued)

    @property
    def standing(self) -> tuple[Document, ...]:
        """The invoices begun in this run that were not wholly given back."""
        return tuple(
            each
            for each in self.documents
            if each.made and each.kind == "invoice" and not self.given_back(each)
        )

    @property
    def new(self) -> Document | None:
        """The invoice to come: of all that were begun, the one that went farthest.

        What is issued counts before a draft, what comes from a quote before what was
        typed, the last before the first; what was wholly given back counts last.
        """
        begun = [d for d in self.documents if d.made and d.kind == "invoice"]
        return max(
            reversed(begun),
            key=lambda d: (not self.given_back(d), d.issued, bool(d.quote)),
            default=None,
        )

    def credits(self, invoice: Document) -> tuple[Document, ...]:
        """The issued credit notes that correct an invoice."""
        return tuple(each for each in self.issued if each.original == invoice.id)

    def left_of(self, invoice: Document) -> dict[str, Decimal]:
        """Line → what was not given back yet."""
        left = {line.id: line.quantity for line in invoice.lines}
        for credit in self.credits(invoice):
            for line in credit.lines:
                left[line.id] -= line.quantity
        return left

    def given_back(self, invoice: Document) -> bool:
        """Whether nothing of it is left."""
        return invoice.issued and not any(self.left_of(invoice).values())

    def to_pay(self, invoice: Document) -> Decimal:
        """What is still due: not given back, not paid."""
        back = sum((each.totals.gross for each in self.credits(invoice)), NOUGHT)
        return max(NOUGHT, invoice.totals.gross - back - invoice.paid)

    def turned_into(self, quote: QuoteState) -> Document | None:
        """The invoice that was made of it and still stands."""
        made = (each for each in self.documents if each.quote == quote.id)
        return next((each for each in made if not self.given_back(each)), None)

    def agreed(self, document: Document) -> tuple[QuoteState, ...]:
        """The accepted quotes that an invoice may stand for."""
        return tuple(
            quote
            for quote in self.quotes
            if quote.status == "accepted"
            and (document.quote or quote.id) == quote.id
            and quote.customer == document.customer
        )

    # ---- Changing

    def begun(self, **fields: Any) -> "Books":
        """With one more draft, the last of the documents."""
        if len(self.documents) >= MOST_DOCUMENTS:
            raise RefusedError("invoicing.too-many", most=MOST_DOCUMENTS)
        made = self.made + 1
        document = Document.model_validate({"id": f"{MADE}{made}", **fields})
        return self.but(documents=(*self.documents, document), made=made)

    def put(self, document: Document) -> "Books":
        """With this document as it is now."""
        return self.but(documents=_with(self.documents, document))

    def without(self, document: Document) -> "Books":
        """Without this draft."""
        left = tuple(each for each in self.documents if each.id != document.id)
        return self.but(documents=left)

    def filed(self, customer: CustomerState) -> "Books":
        """With this file of a customer."""
        return self.but(customers=_with(self.customers, customer))

    def decided(self, received: ReceivedState) -> "Books":
        """With this decision about a supplier's invoice."""
        return self.but(received=_with(self.received, received))

    def numbered(self, kind: SeriesName) -> "Books":
        """With the next number taken."""
        numbers = self.numbers(kind)
        return self.but(series=_with(self.series, numbers.but(next=numbers.next + 1)))


def books_in(world: World) -> Books:
    """The books of this desk."""
    return cast("Books", world[INVOICING])


def issued(world: World) -> tuple[Document, ...]:
    """What was issued in this run: invoices and credit notes, the oldest first."""
    return tuple(each for each in books_in(world).issued if each.made)


def document_of(world: World, name: str) -> Document | None:
    """The document of that id, a draft or not, before this run or in it."""
    return next((e for e in books_in(world).documents if e.id == name), None)


def totals_of(lines: Iterable[Entry]) -> Totals:
    """What some lines come to."""
    return billing.totals(line.line for line in lines)


def plain_siren(typed: str) -> str:
    """A SIREN without the spaces that make it readable."""
    return "".join(typed.split())


def _found(things: tuple[Any, ...], name: str, field: str) -> Any:
    for thing in things:
        if thing.id == name:
            return thing
    raise RefusedError("act.unreadable", field=field)


def _with(things: tuple[Any, ...], changed: Any) -> tuple[Any, ...]:
    return tuple(changed if each.id == changed.id else each for each in things)
