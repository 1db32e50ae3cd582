"""What a learner can do once an invoice is out, and with what suppliers send."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Literal

from course.domain import billing
from course.domain.simulators.amounts import read_amount, read_date, read_days
from course.domain.simulators.base import RefusedError
from course.domain.simulators.books import (
    LEVELS,
    Books,
    Document,
    Payment,
    Reason,
    ReceivedState,
    Reminder,
)
from course.domain.simulators.dealings import Deed, Typed

MOST_PAYMENTS = 12
# A friendly notice may go a week before the due date; any other reminder waits for it.
NOTICE = timedelta(days=7)


class Pay(Deed):
    """Record a payment that came."""

    undoable: ClassVar[bool] = False

    document: str
    amount: Typed = ""
    date: Typed = ""  # else today

    def done(self, books: Books) -> Books:
        """The money is there; the whole of it: the invoice is collected."""
        invoice = books.document(self.document)
        _owed(books, invoice)
        if len(invoice.payments) >= MOST_PAYMENTS:
            raise RefusedError("invoicing.too-many-payments", most=MOST_PAYMENTS)
        left = books.to_pay(invoice)
        amount = read_amount(self.amount, "amount")
        if amount <= 0:
            raise RefusedError("invoicing.not-positive", field="amount")
        if amount > left:
            raise RefusedError("invoicing.too-much", field="amount")
        day = read_date(self.date, "date") if self.date else books.day
        if not (invoice.date or books.day) <= day <= books.day:
            raise RefusedError("invoicing.pay-date", field="date")
        payment = Payment(amount=amount, date=day)
        paid = invoice.but(payments=(*invoice.payments, payment))
        return books.put(paid.turned("paid") if amount == left else paid)


class Remind(Deed):
    """Remind a customer who is late: a step of the ladder, in a tone."""

    undoable: ClassVar[bool] = False

    invoice: str
    level: Literal["", "friendly", "call", "written", "firm", "formal"] = ""
    model: Literal["", "polite", "threat"] = ""
    attach: Literal["yes", "no"] = "no"
    days: Typed = ""  # how late, as the letter says

    def done(self, books: Books) -> Books:
        """It is sent; the ladder is only climbed."""
        invoice = books.document(self.invoice, "invoice")
        _owed(books, invoice)
        if not self.level:
            raise RefusedError("invoicing.no-step", field="level")
        due = invoice.due or books.day
        late = billing.days_late(due, books.day) > 0
        notice = self.level == "friendly" and due - books.day <= NOTICE
        if not late and not notice:
            raise RefusedError("invoicing.not-late")
        sent = [LEVELS.index(each.level) for each in invoice.reminders]
        step = LEVELS.index(self.level)
        if step in sent:
            raise RefusedError("invoicing.reminded", field="level")
        if sent and step < max(sent):
            raise RefusedError("invoicing.ladder", field="level")
        if not self.model:
            raise RefusedError("invoicing.no-tone", field="model")
        reminder = Reminder(
            level=self.level,
            polite=self.model == "polite",
            attached=self.attach == "yes",
            days=self._late(),
            date=books.day,
        )
        return books.put(invoice.but(reminders=(*invoice.reminders, reminder)))

    def _late(self) -> int | None:
        """How late the message says it is: in a letter, it must say so."""
        spoken = self.level in {"friendly", "call"}
        return None if spoken and not self.days else read_days(self.days)


class Read(Deed):
    """Look at a supplier's invoice."""

    received: str

    def done(self, books: Books) -> Books:
        """It was read."""
        received = books.supplied(self.received)
        if received.read:
            raise RefusedError("invoicing.read-already")
        return books.decided(received.but(read=True))


class Decide(Deed):
    """Say what becomes of a supplier's invoice; it is told to the supplier."""

    undoable: ClassVar[bool] = False

    received: str

    def open(self, books: Books) -> ReceivedState:
        """The invoice, if it was read and still waits for an answer."""
        received = books.supplied(self.received)
        if not received.read:
            raise RefusedError("invoicing.unread")
        if received.answer in {"accepted", "refused"}:
            raise RefusedError("invoicing.decided")
        return received


class Accept(Decide):
    """Accept it: it will be paid."""

    def done(self, books: Books) -> Books:
        """It is accepted."""
        return books.decided(self.open(books).but(answer="accepted"))


class Refuse(Decide):
    """Refuse it, with the reason."""

    reason: Reason | Literal[""] = ""

    def done(self, books: Books) -> Books:
        """It is refused."""
        received = self.open(books)
        if not self.reason:
            raise RefusedError("invoicing.no-reason", field="reason")
        return books.decided(received.but(answer="refused", reason=self.reason))


class Ask(Decide):
    """Ask the supplier about something; it waits for the answer."""

    what: Reason | Literal[""] = ""

    def done(self, books: Books) -> Books:
        """It was asked."""
        received = self.open(books)
        if not self.what:
            raise RefusedError("invoicing.no-question", field="what")
        if received.question == self.what:
            raise RefusedError("invoicing.asked", field="what")
        return books.decided(received.but(answer="asked", question=self.what))


def _owed(books: Books, invoice: Document) -> None:
    """Refused: what nobody owes."""
    if invoice.kind == "credit":
        raise RefusedError("invoicing.credit-owes-nothing")
    if not invoice.issued or invoice.status == "rejected":
        raise RefusedError("invoicing.not-out")
    if invoice.status == "refused":
        raise RefusedError("invoicing.disputed")
    if invoice.status == "paid":
        raise RefusedError("invoicing.paid-already", number=invoice.number)
    if not books.to_pay(invoice):
        raise RefusedError("invoicing.nothing-due", number=invoice.number)


FOLLOW_UP: Mapping[str, type[Deed]] = {
    "pay": Pay,
    "remind": Remind,
    "read": Read,
    "accept": Accept,
    "refuse": Refuse,
    "ask": Ask,
}
