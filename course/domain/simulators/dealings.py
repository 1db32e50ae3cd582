"""What a learner can do with quotes, invoices and credit notes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from course.domain import billing
from course.domain.simulators.amounts import MOST, read_amount, read_date, read_days
from course.domain.simulators.base import Act, Raw, RefusedError
from course.domain.simulators.books import (
    MOST_LINES,
    NOUGHT,
    Books,
    Category,
    Document,
    Entry,
)
from course.domain.simulators.counter import Mention

ADDED = "added-"  # a line of a draft
LONGEST_NUMBER = 30
FARTHEST = 365  # days
Typed = Annotated[str, Field(max_length=40)]


class Deed(Act, ABC):
    """An act that knows what it does."""

    @abstractmethod
    def done(self, books: Books) -> Books:
        """The books after it, else RefusedError."""


class Convert(Deed):
    """Turn an accepted quote into the draft of an invoice."""

    quote: str

    def done(self, books: Books) -> Books:
        """The draft has the customer and the lines of the quote."""
        quote = books.quote(self.quote)
        if quote.status != "accepted":
            raise RefusedError("invoicing.not-accepted")
        if books.turned_into(quote):
            raise RefusedError("invoicing.converted")
        return books.begun(
            kind="invoice",
            customer=quote.customer,
            lines=quote.lines,
            quote=quote.id,
        )


class Draft(Deed):
    """Begin an invoice by hand."""

    customer: str = ""

    def done(self, books: Books) -> Books:
        """The draft has no line; it may have no customer yet."""
        if self.customer:
            books.customer(self.customer)
        return books.begun(kind="invoice", customer=self.customer)


class Line(Deed):
    """Add a line to a draft, or change one."""

    document: str
    line: str = ""  # the one to change
    item: str = ""
    quantity: Typed = ""
    price: Typed = ""  # else the catalogue's

    def done(self, books: Books) -> Books:
        """The line is so; what is left out stays as it was."""
        draft = _billed(books, self.document)
        if self.line:
            old = _line(draft, self.line)
            lines = tuple(
                self._new(books, draft, e) if e is old else e for e in draft.lines
            )
            return books.put(draft.but(lines=lines))
        if len(draft.lines) >= MOST_LINES:
            raise RefusedError("invoicing.too-many-lines", most=MOST_LINES)
        line = self._new(books, draft)
        return books.put(draft.but(lines=(*draft.lines, line)))

    def _new(self, books: Books, draft: Document, old: Entry | None = None) -> Entry:
        if old and not self.item:
            item, price, rate = old.item, old.price, old.rate
        else:
            if not self.item:
                raise RefusedError("invoicing.no-item", field="item")
            good = books.good(self.item)
            item, price, rate = good.id, good.price, good.rate
        quantity = old.quantity if old else Decimal(1)
        if self.quantity:
            quantity = read_amount(self.quantity, "quantity")
        if self.price:
            price = read_amount(self.price, "price")
        for field, figure in (("quantity", quantity), ("price", price)):
            if not 0 < figure < MOST:
                raise RefusedError("invoicing.not-positive", field=field)
        name = old.id if old else _free(draft)
        return Entry(id=name, item=item, quantity=quantity, price=price, rate=rate)


class Drop(Deed):
    """Take a line out of a draft."""

    document: str
    line: str

    def done(self, books: Books) -> Books:
        """The line is gone."""
        draft = _billed(books, self.document)
        gone = _line(draft, self.line)
        return books.put(draft.but(lines=tuple(e for e in draft.lines if e != gone)))


class CustomerFile(Deed):
    """Write the SIREN in the file of a customer."""

    customer: str
    siren: Annotated[str, Field(max_length=30)] = ""

    def done(self, books: Books) -> Books:
        """The file says so, right or wrong: a platform will look at it."""
        customer = books.customer(self.customer)
        if customer.siren == self.siren:
            raise RefusedError("invoicing.already", field="siren")
        return books.filed(customer.but(siren=self.siren))


class Fill(Deed):
    """Write what a draft says besides its lines.

    What a form does not hold stays as it was; a box that is not ticked is told from a
    form without boxes by an empty `mentions` beside them.
    """

    document: str
    customer: str = ""
    category: Category = ""
    days: Typed = ""  # to pay, from the day of issue
    due: Typed = ""
    mentions: tuple[Mention, ...] = ()
    number: Annotated[str, Field(max_length=LONGEST_NUMBER)] = ""
    siren: Annotated[str, Field(max_length=30)] = ""  # kept in the customer's file

    @classmethod
    def read(cls, raw: Raw) -> Self:
        """What the form says; boxes that it does not hold stay unsaid."""
        ticked = tuple(each for each in raw.get("mentions", ()) if each)
        said = super().read({**raw, "mentions": ticked})
        if "mentions" in raw:
            return said
        fields = said.model_dump(exclude_unset=True)
        fields.pop("mentions")
        return cls.load(fields)

    def done(self, books: Books) -> Books:
        """The draft says so."""
        draft = books.draft(self.document)
        said: dict[str, Any] = {}
        if self.customer:
            said["customer"] = books.customer(self.customer).id
        if "category" in self.model_fields_set:
            said["category"] = self.category
        if "mentions" in self.model_fields_set:
            said["mentions"] = tuple(dict.fromkeys(self.mentions))
        if "number" in self.model_fields_set:
            typed = " ".join(self.number.split())
            follows(books, draft.but(typed=typed))
            said["typed"] = typed
        books = self._filed(books, draft)
        return books.put(draft.but(due=self._due(books, draft), **said))

    def _filed(self, books: Books, document: Document) -> Books:
        """The file of the customer too, unless another one was just chosen."""
        same = document.customer and self.customer in {"", document.customer}
        if not same or "siren" not in self.model_fields_set:
            return books
        return books.filed(books.customer(document.customer).but(siren=self.siren))

    def _due(self, books: Books, draft: Document) -> date | None:
        """The last day to pay; the field that was changed counts."""
        due = read_date(self.due, "due") if self.due else draft.due
        if not self.days:
            return _within(books, due) if self.due else due
        counted = billing.due_on(books.day, read_days(self.days))
        if counted == draft.due:
            return _within(books, due)
        if due not in (draft.due, counted):
            raise RefusedError("invoicing.due-twice", field="due")
        return _within(books, counted)


class Issue(Fill):
    """Issue a draft: it gets its number and its date, and leaves the house.

    What its form says is kept first. A rejected invoice is deposited again under the
    same number.
    """

    undoable: ClassVar[bool] = False

    def done(self, books: Books) -> Books:
        """It is deposited, or the platform says why not."""
        document = books.document(self.document)
        if document.issued and document.status != "rejected":
            raise RefusedError("invoicing.issued-already", number=document.number)
        books = self._filed(books, document) if document.issued else super().done(books)
        document = books.document(self.document)
        if not document.customer:
            raise RefusedError("invoicing.no-customer", field="customer")
        if not document.lines:
            raise RefusedError("invoicing.no-line")
        if not document.issued:
            document, books = _numbered(books, document)
        return books.put(_deposited(books, document))


class Delete(Deed):
    """Throw a draft away."""

    document: str

    def done(self, books: Books) -> Books:
        """It is gone; what was issued stays, or its number would be missing."""
        document = books.document(self.document)
        if document.issued:
            raise RefusedError("invoicing.issued-stays", number=document.number)
        return books.without(document)


class Credit(Deed):
    """Begin the credit note of an invoice: line by line, what is given back.

    Without any line, all that is left; asked again, its draft is written again.
    """

    invoice: str
    line: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()

    def done(self, books: Books) -> Books:
        """The draft quotes its original and gives back so much of its lines."""
        invoice = books.document(self.invoice, "invoice")
        if invoice.kind == "credit":
            raise RefusedError("invoicing.credit-of-credit")
        if not invoice.issued:
            raise RefusedError("invoicing.credit-of-draft")
        lines = self._lines(books, invoice)
        for each in books.documents:
            if each.original == invoice.id and not each.issued:
                return books.put(each.but(lines=lines))
        return books.begun(
            kind="credit",
            customer=invoice.customer,
            lines=lines,
            category=invoice.category,
            original=invoice.id,
        )

    def _lines(self, books: Books, invoice: Document) -> tuple[Entry, ...]:
        left = books.left_of(invoice)
        back = self._back(invoice) if self.line else left
        lines = tuple(
            each.but(quantity=back[each.id], extra=NOUGHT)
            for each in invoice.lines
            if back.get(each.id)
        )
        if not lines:
            raise RefusedError("invoicing.nothing-back", field="quantity")
        if any(each.quantity > left[each.id] for each in lines):
            raise RefusedError("invoicing.credit-too-much", field="quantity")
        return lines

    def _back(self, invoice: Document) -> dict[str, Decimal]:
        if len(self.line) != len(self.quantity) or len(self.line) > MOST_LINES:
            raise RefusedError("act.unreadable", field="quantity")
        back: dict[str, Decimal] = {}
        for name, typed in zip(self.line, self.quantity, strict=True):
            line = _line(invoice, name)
            quantity = read_amount(typed, "quantity") if typed else NOUGHT
            if quantity < 0:
                raise RefusedError("invoicing.not-positive", field="quantity")
            back[line.id] = quantity
        return back


def follows(books: Books, document: Document) -> None:
    """Refused: a number that a hand wrote and that is not the next one."""
    typed, numbers = document.typed, books.numbers(document.kind)
    if typed in {"", numbers.number}:
        return
    if typed in {each.number for each in books.issued}:
        raise RefusedError(
            "invoicing.number-taken", field="number", next=numbers.number
        )
    place = typed.removeprefix(numbers.prefix)
    shaped = typed.startswith(numbers.prefix) and place.isascii() and place.isdecimal()
    if not shaped or numbers.of(int(place)) != typed:
        raise RefusedError(
            "invoicing.number-shape", field="number", next=numbers.number
        )
    if int(place) < numbers.next:
        raise RefusedError(
            "invoicing.number-taken", field="number", next=numbers.number
        )
    raise RefusedError("invoicing.number-gap", field="number", next=numbers.number)


def _numbered(books: Books, draft: Document) -> tuple[Document, Books]:
    """The draft with its number and its date, and the books where it is taken."""
    follows(books, draft)
    number = books.numbers(draft.kind).number
    return draft.but(number=number, date=books.day), books.numbered(draft.kind)


def _deposited(books: Books, document: Document) -> Document:
    """As the platform answers; a consumer gets it without a platform.

    The platform looks for the customer by the SIREN. A customer refuses an invoice that
    asks for more than the quote they signed.
    """
    customer = books.customer(document.customer)
    document = document.but(siren=customer.siren)
    if customer.kind == "consumer":
        return document.turned("sent", why="")
    if customer.unreachable:
        return document.turned("rejected", why=customer.unreachable)
    document = document.turned("deposited", why="")
    asked = document.totals.gross
    if any(asked > e.totals.gross for e in books.agreed(document) if document.quote):
        return document.turned("refused")
    return document


def _billed(books: Books, name: str) -> Document:
    """The draft of that id, if its lines are written one by one."""
    draft = books.draft(name)
    if draft.kind == "credit":
        raise RefusedError("invoicing.credit-lines")
    return draft


def _line(document: Document, name: str) -> Entry:
    for line in document.lines:
        if line.id == name:
            return line
    raise RefusedError("act.unreadable", field="line")


def _free(draft: Document) -> str:
    """A name that no line of the draft has."""
    taken = {line.id for line in draft.lines}
    names = (f"{ADDED}{place}" for place in range(1, MOST_LINES + 1))
    return next(name for name in names if name not in taken)


def _within(books: Books, due: date | None) -> date | None:
    if due and not books.day <= due <= books.day + timedelta(days=FARTHEST):
        raise RefusedError("invoicing.due-far", field="due", most=FARTHEST)
    return due


BILLING: Mapping[str, type[Deed]] = {
    "convert": Convert,
    "draft": Draft,
    "line": Line,
    "drop": Drop,
    "customer": CustomerFile,
    "fill": Fill,
    "issue": Issue,
    "delete": Delete,
    "credit": Credit,
}
