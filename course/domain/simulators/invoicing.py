"""Invoicing: software that makes quotes into invoices, until they are paid.

Amounts are decimal, never floats. A line is rounded to the cent, VAT once per rate on
the sum of its lines: course.domain.billing states the rule and its sources.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Self, cast

from pydantic import Field, model_validator

from course.domain.profile import Profile
from course.domain.simulators.amounts import written_amount
from course.domain.simulators.base import (
    Act,
    Fact,
    Facts,
    Simulator,
    State,
    View,
    World,
)
from course.domain.simulators.books import (
    INVOICING,
    MADE,
    MOST_DOCUMENTS,
    MOST_LINES,
    Books,
    CustomerState,
    Document,
    Entry,
    Good,
    Numbers,
    QuoteState,
    ReceivedState,
    books_in,
    plain_siren,
)
from course.domain.simulators.counter import (
    NOTHING,
    UNITS,
    Customer,
    Firm,
    Issued,
    Item,
    Quote,
    Received,
    Row,
    Series,
    Unit,
)
from course.domain.simulators.dealings import (
    BILLING,
    Convert,
    Credit,
    CustomerFile,
    Deed,
    Draft,
)
from course.domain.simulators.followup import FOLLOW_UP, Decide, Read
from course.domain.simulators.paperwork import Paperwork
from course.domain.text import Text

NONE = "none"


class Invoicing(Simulator):
    """Quotes, invoices, credit notes, payments, reminders, suppliers' invoices.

    `day` is the day of the whole run. Figures are written in words, since they change
    with the trade; they are read when a run starts.
    """

    kind: ClassVar[str] = INVOICING
    state: ClassVar[type[State]] = Books
    acts: ClassVar[Mapping[str, type[Act]]] = {**BILLING, **FOLLOW_UP}
    views: ClassVar[tuple[str, ...]] = ("list", "open")

    day: date
    rate: Text = NOTHING  # of late penalties, in percent a year
    firm: tuple[Firm, ...] = Field(min_length=1, max_length=1)
    series: tuple[Series, ...] = Field(min_length=2, max_length=2)
    customers: tuple[Customer, ...] = Field(default=(), max_length=12)
    items: tuple[Item, ...] = Field(default=(), max_length=20)
    quotes: tuple[Quote, ...] = Field(default=(), max_length=6)
    invoices: tuple[Issued, ...] = Field(default=(), max_length=10)
    lines: tuple[Row, ...] = Field(default=(), max_length=60)
    received: tuple[Received, ...] = Field(default=(), max_length=8)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for things in (
            (*self.customers, *self.quotes, *self.invoices, *self.received),
            self.series,
            self.items,
            self.lines,
        ):
            names = [thing.id for thing in things]
            if len(set(names)) < len(names):
                raise ValueError("Each id is given once.")
            if any(name.startswith(MADE) for name in names):
                raise ValueError("No id may be named as those of a run are.")
        self._names_are_known()
        self._numbers_are_free()
        return self

    def _names_are_known(self) -> None:
        papers = {each.id for each in (*self.quotes, *self.invoices)}
        customers = {each.id for each in self.customers}
        if not papers.issuperset(row.document for row in self.lines):
            raise ValueError("A line belongs to a quote or to an invoice.")
        if not {each.id for each in self.items}.issuperset(r.item for r in self.lines):
            raise ValueError("A line bills something of the catalogue.")
        if not customers.issuperset(e.customer for e in (*self.quotes, *self.invoices)):
            raise ValueError("A quote or an invoice is for one of the customers.")
        if any(
            len(self._rows(name)) not in range(1, MOST_LINES + 1) for name in papers
        ):
            raise ValueError("A quote or an invoice has 1 to 20 lines.")

    def _numbers_are_free(self) -> None:
        taken = [each.number for each in self.invoices]
        for each in self.series:
            numbers = Numbers(**dict(each))
            places = range(each.next, each.next + MOST_DOCUMENTS)
            taken.extend(numbers.of(place) for place in places)
        if len(set(taken)) < len(taken):
            raise ValueError("A number is given once, and the next ones are free.")
        if any(each.date > min(self.day, each.due) for each in self.invoices):
            raise ValueError("An invoice has its date first, then its due date.")

    # ---- Playing

    def start(self, rng: Random, profile: Profile) -> Books:
        """The books as their author left them; ValueError: a figure is not one."""
        del rng, profile
        goods = {each.id: _good(each) for each in self.items}
        for each in self.received:
            for name in ("quantity", "price", "rate", "net", "tax", "gross"):
                _figure(getattr(each, name), f"{each.id}: {name}")
        if self.rate:
            _figure(self.rate, "rate")
        return Books(
            day=self.day,
            series=tuple(Numbers(**dict(each)) for each in self.series),
            goods=tuple(goods.values()),
            customers=tuple(self._file(each) for each in self.customers),
            quotes=tuple(
                QuoteState(
                    id=each.id,
                    customer=each.customer,
                    status=each.status,
                    lines=self._entries(each.id, goods),
                )
                for each in self.quotes
            ),
            documents=tuple(
                self._issued(each, self._entries(each.id, goods))
                for each in self.invoices
            ),
            received=tuple(ReceivedState(id=each.id) for each in self.received),
        )

    def act(self, world: World, act: Act) -> World:
        """Do it."""
        return {**world, self.kind: cast("Deed", act).done(books_in(world))}

    def show(self, world: World, view: View, language: str) -> dict[str, Any]:
        """A list of papers, and the one that is open."""
        return Paperwork(self, world, language).shown(view)

    def tell(self, world: World, act: Act, language: str) -> dict[str, str]:
        """Which paper, whose, how much."""
        return Paperwork(self, world, language).told(act)

    def look(self, world: World, act: Act) -> View:
        """What was just made or changed; nothing once it is thrown away."""
        papers = books_in(world).documents
        match act:
            case Convert() | Draft():
                shown = papers[-1:]
            case Credit(invoice=name):
                shown = [d for d in papers if d.original == name and not d.issued]
            case CustomerFile(customer=name):
                return {"list": "customers", "open": name}
            case Read(received=name) | Decide(received=name):
                return {"list": "received", "open": name}
            case _:
                said = act.model_dump()
                name = said.get("document") or said.get("invoice")
                shown = [each for each in papers if each.id == name]
        return _at(shown[0]) if shown else {"open": ""}

    def facts(self, world: World) -> Facts:
        """What became of each paper; `new`: of the invoice to come."""
        books = books_in(world)
        typed = [each for each in books.standing if each.lines and not each.quote]
        return {
            "converted": _yes(any(each.quote for each in books.standing)),
            "retyped": _yes(any(books.agreed(each) for each in typed)),
            "issued": len([each for each in books.issued if each.made]),
            **_of_new(books),
            **dict(_of_customers(books)),
            **dict(_of_old(books)),
            **dict(_of_received(books)),
        }

    # ---- For who makes something of an issued invoice

    @property
    def seller(self) -> Firm:
        """The learner's firm."""
        return self.firm[0]

    def buyer(self, document: Document) -> Customer | None:
        """Who is billed, with the SIREN that was deposited; nobody yet: None."""
        for customer in self.customers:
            if customer.id == document.customer:
                return customer.but(siren=document.siren)
        return None

    def item(self, name: str) -> Item:
        """What the catalogue says of an item, else KeyError."""
        return {each.id: each for each in self.items}[name]

    def unit(self, name: str) -> str:
        """In what an item is counted: piece, hour, night, day, fixed."""
        return _good(self.item(name)).unit

    # ---- Reading what the author wrote

    def _rows(self, document: str) -> list[Row]:
        return [row for row in self.lines if row.document == document]

    def _file(self, customer: Customer) -> CustomerState:
        signed = (each.siren for each in self.quotes if each.customer == customer.id)
        known = next((said for said in (customer.siren, *signed) if said), "")
        return CustomerState(
            id=customer.id,
            kind=customer.kind,
            siren=customer.siren,
            known=plain_siren(known),
        )

    def _entries(self, document: str, goods: Mapping[str, Good]) -> tuple[Entry, ...]:
        return tuple(_entry(row, goods[row.item]) for row in self._rows(document))

    def _issued(self, each: Issued, lines: tuple[Entry, ...]) -> Document:
        siren = {customer.id: customer.siren for customer in self.customers}
        return Document(
            id=each.id,
            kind="invoice",
            customer=each.customer,
            lines=lines,
            number=each.number,
            date=each.date,
            due=each.due,
            status=each.status,
            steps=(each.status,),
            siren=siren[each.customer],
        )


def _figure(words: Text, what: str) -> Decimal:
    figure = written_amount(words)
    if figure is None or figure < 0:
        said = " / ".join(words.values())
        raise ValueError(
            f"{what}: “{said}” is not a figure, or not the same in each language."
        )
    return figure


def _good(item: Item) -> Good:
    said = [each.strip().casefold() for each in item.unit.values()] or [""]
    units: set[Unit | None] = {UNITS.get(each) for each in said}
    unit = units.pop()
    if units or unit is None:
        raise ValueError(f"{item.id}: unit: one of {', '.join(filter(None, UNITS))}.")
    return Good(
        id=item.id,
        unit=unit,
        price=_figure(item.price, f"{item.id}: price"),
        rate=_figure(item.rate, f"{item.id}: rate"),
    )


def _entry(row: Row, good: Good) -> Entry:
    quantity = _figure(row.quantity, f"{row.id}: quantity")
    ordered = _figure(row.ordered, f"{row.id}: ordered") if row.ordered else quantity
    if not quantity or ordered > quantity:
        raise ValueError(f"{row.id}: quantity: more than 0, no less than ordered.")
    price = _figure(row.price, f"{row.id}: price") if row.price else good.price
    return Entry(
        id=row.id,
        item=row.item,
        quantity=quantity,
        price=price,
        rate=good.rate,
        extra=quantity - ordered,
    )


def _at(document: Document) -> View:
    where = "credits" if document.kind == "credit" else "invoices"
    return {"list": where, "open": document.id}


def _yes(so: bool) -> str:  # noqa: FBT001 - said as a word
    return "yes" if so else "no"


def _of_new(books: Books) -> dict[str, Fact]:
    new = books.new
    if new is None:
        words = dict.fromkeys(NEW, NONE)
        return {**{f"new.{n}": word for n, word in words.items()}, "new.mentions": ()}
    hand = "manual" if new.typed else "automatic"
    due = new.due.isoformat() if new.due else NONE
    return {
        "new.status": new.status,
        "new.number": hand if new.issued else NONE,
        "new.customer": new.customer or NONE,
        "new.category": new.category or NONE,
        "new.due": due,
        "new.days": (new.due - books.day).days if new.due else NONE,
        "new.totals": _totals(books, new),
        "new.paid": _paid(new),
        "new.mentions": new.mentions,
    }


NEW = ("status", "number", "customer", "category", "due", "days", "totals", "paid")


def _totals(books: Books, new: Document) -> str:
    agreed = books.agreed(new)
    if not new.lines or not agreed:
        return NONE
    return "right" if new.totals in [each.totals for each in agreed] else "wrong"


def _paid(invoice: Document) -> str:
    if invoice.status == "paid":
        return "all"
    return "part" if invoice.payments else NONE


def _of_customers(books: Books) -> Iterator[tuple[str, Fact]]:
    for each in books.customers:
        yield f"customer.{each.id}.siren", each.has_siren


def _of_old(books: Books) -> Iterator[tuple[str, Fact]]:
    for each in books.documents:
        if each.made:
            continue
        last = each.reminders[-1] if each.reminders else None
        yield f"invoice.{each.id}.status", each.status
        yield f"invoice.{each.id}.paid", _paid(each)
        yield f"credit.{each.id}", _credit(books, each)
        yield f"reminder.{each.id}", last.level if last else NONE
        yield f"reminder.{each.id}.polite", _yes(last.polite) if last else NONE
        yield f"reminder.{each.id}.attached", _yes(last.attached) if last else NONE
        days = last.days if last else None
        yield f"reminder.{each.id}.days", NONE if days is None else days


def _credit(books: Books, invoice: Document) -> str:
    back = books.credits(invoice)
    if not back or any(each.status == "rejected" for each in back):
        return NONE
    left = books.left_of(invoice)
    meant = {line.id: line.quantity - line.extra for line in invoice.lines}
    wrong = not any(line.extra for line in invoice.lines)
    return "wrong" if wrong or left != meant else "right"


def _of_received(books: Books) -> Iterator[tuple[str, Fact]]:
    for answer in ("accepted", "refused", "asked"):
        found: Sequence[ReceivedState] = books.received
        yield answer, tuple(each.id for each in found if each.answer == answer)
    for each in books.received:
        yield f"received.{each.id}", each.answer
        yield f"received.{each.id}.reason", each.reason
        yield f"received.{each.id}.question", each.question
        yield f"received.{each.id}.read", _yes(each.read)
