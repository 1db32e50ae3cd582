"""Paperwork: what is seen of the books, in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course.domain import billing
from course.domain.simulators.amounts import written_amount
from course.domain.simulators.base import Act, View, World, words_of
from course.domain.simulators.books import (
    Books,
    CustomerState,
    Document,
    Entry,
    QuoteState,
    ReceivedState,
    books_in,
)

if TYPE_CHECKING:
    from course.domain.simulators.counter import Customer, Quote, Received
    from course.domain.simulators.invoicing import Invoicing

LISTS = ("quotes", "invoices", "credits", "customers", "received")
Shown = dict[str, Any]


class Paperwork:
    """The books in words, for who looks at them: nothing that tells what is right."""

    def __init__(self, simulator: Invoicing, world: World, language: str) -> None:
        self.own = simulator
        self.books: Books = books_in(world)
        self.language = language
        self.customers = {each.id: each for each in simulator.customers}
        self.quotes = {each.id: each for each in simulator.quotes}
        self.received = {each.id: each for each in simulator.received}
        self.items = {each.id: each for each in simulator.items}

    # ---- Looking

    def shown(self, view: View) -> Shown:
        """A list, and what is open in it."""
        asked = view.get("list", "")
        books, seller = self.books, self.own.seller
        papers: dict[str, list[Any]] = {
            "quotes": list(books.quotes),
            "invoices": [e for e in books.documents if e.kind == "invoice"],
            "credits": [e for e in books.documents if e.kind == "credit"],
            "customers": list(books.customers),
            "received": list(books.received),
        }
        first = next((each for each in LISTS if papers[each]), LISTS[0])
        chosen = asked if asked in LISTS else first
        row = {
            "quotes": self._quote_row,
            "customers": self._file,
            "received": self._received_row,
        }.get(chosen, self._row)
        return {
            "day": self.books.day,
            "firm": {
                "name": self._say(seller.name),
                "address": self._say(seller.address),
                "form": self._say(seller.form),
                "siren": seller.siren,
                "vat": seller.vat,
            },
            "rate": written_amount(self.own.rate),
            "recovery": billing.RECOVERY,
            "list": chosen,
            "lists": [{"name": each, "count": len(papers[each])} for each in LISTS],
            "rows": [row(each) for each in papers[chosen]],
            "opened": self._opened(view.get("open", "")),
            "customers": [
                {"id": each.id, "name": self._say(each.name)}
                for each in self.own.customers
            ],
            "items": [
                {
                    "id": each.id,
                    "name": self._say(self.items[each.id].name),
                    "unit": each.unit,
                    "price": each.price,
                    "rate": each.rate,
                }
                for each in self.books.goods
            ],
            "next": {each.id: each.number for each in self.books.series},
        }

    def _opened(self, name: str) -> Shown | None:
        found = [
            *(self._quote(each) for each in self.books.quotes if each.id == name),
            *(self._document(d) for d in self.books.documents if d.id == name),
            *(
                {"what": "customer", "can": ("customer",), **self._file(each)}
                for each in self.books.customers
                if each.id == name
            ),
            *(self._supplied(each) for each in self.books.received if each.id == name),
        ]
        return found[0] if found else None

    # ---- Lists

    def _quote_row(self, quote: QuoteState) -> Shown:
        said = self.quotes[quote.id]
        invoiced = self.books.turned_into(quote)
        return {
            "id": quote.id,
            "number": said.number,
            "customer": self._name(quote.customer),
            "date": said.accepted_on,
            "due": None,
            "status": "invoiced" if invoiced else quote.status,
            "gross": quote.totals.gross,
            "original": "",
        }

    def _row(self, document: Document) -> Shown:
        return {
            "id": document.id,
            "number": document.number,
            "customer": self._name(document.customer),
            "date": document.date,
            "due": document.due,
            "status": document.status,
            "gross": document.sign * document.totals.gross,
            "original": self._number(document.original),
            "late": bool(
                document.due
                and document.status in {"sent", "deposited"}
                and billing.days_late(document.due, self.books.day)
            ),
        }

    def _file(self, customer: CustomerState) -> Shown:
        return {**self._customer(self.customers[customer.id]), "siren": customer.siren}

    def _received_row(self, received: ReceivedState) -> Shown:
        said = self.received[received.id]
        return {
            "id": received.id,
            "supplier": self._say(said.supplier),
            "number": said.number,
            "channel": said.channel,
            "date": said.date,
            "due": said.due,
            "gross": written_amount(said.gross),
            "status": "new" if received.answer == "none" else received.answer,
            "unread": not received.read,
        }

    # ---- Papers

    def _quote(self, quote: QuoteState) -> Shown:
        said: Quote = self.quotes[quote.id]
        row = self._quote_row(quote)
        return {
            **row,
            "what": "quote",
            "draft": False,
            "can": () if row["status"] == "invoiced" else ("convert",),
            "date": None,
            "accepted": said.accepted_on,
            "siren": said.siren,
            "note": self._say(said.note),
            "customer": self._buyer(quote.customer, None),
            "lines": self._lines(quote.lines, 1),
            "totals": _totals(quote.totals, 1),
            "mentions": (),
            "steps": (),
            "credits": [],
            "payments": [],
            "reminders": [],
        }

    def _document(self, document: Document) -> Shown:
        books = self.books
        original = document.original and books.document(document.original)
        notes = {each.id: each.note for each in self.own.invoices}
        due = document.due
        return {
            **self._row(document),
            "what": document.kind,
            "draft": not document.issued,
            "made": document.made,
            "now": self._buyer(document.customer, None),
            "can": self._can(document),
            "days": (due - (document.date or books.day)).days if due else None,
            "category": document.category,
            "typed": document.typed,
            "why": document.why,
            "note": self._say(notes.get(document.id)),
            "customer": self._buyer(
                document.customer, document.siren if document.issued else None
            ),
            "lines": self._lines(document.lines, document.sign),
            "totals": _totals(document.totals, document.sign),
            "mentions": document.mentions,
            "original": {"id": original.id, "number": original.number}
            if original
            else None,
            "quote": self.quotes[document.quote].number if document.quote else "",
            "credits": [
                {"id": each.id, "number": each.number}
                for each in books.credits(document)
            ],
            "payments": [dict(each) for each in document.payments],
            "left": books.to_pay(document) if document.kind == "invoice" else None,
            "left_of": books.left_of(document) if document.kind == "invoice" else {},
            "reminders": [
                {
                    "level": each.level,
                    "model": "polite" if each.polite else "threat",
                    "attached": each.attached,
                    "days": each.days,
                    "date": each.date,
                }
                for each in document.reminders
            ],
            "late": self._late(document),
            "steps": document.steps,
        }

    def _can(self, document: Document) -> tuple[str, ...]:
        """The deeds that its page offers, those that will be refused too."""
        if not document.issued:
            own = ("line", "drop") if document.kind == "invoice" else ()
            return (*own, "fill", "issue", "delete")
        if document.kind == "credit":
            return ("issue", "delete") if document.status == "rejected" else ("delete",)
        if document.status == "rejected":
            return ("issue", "credit", "delete")
        if document.status == "paid":
            return ("credit", "delete")
        return ("pay", "remind", "credit", "delete")

    def _late(self, document: Document) -> Shown | None:
        """What being late costs, once a reminder asked: it is not worked out before."""
        rate = written_amount(self.own.rate)
        kind = self.books.customer(document.customer).kind if document.customer else ""
        if not document.reminders or not document.due or not rate:
            return None
        if kind == "consumer":
            return None
        days = billing.days_late(document.due, self.books.day)
        cost = billing.penalty(self.books.to_pay(document), rate, days)
        return {
            "days": days,
            "rate": rate,
            "penalty": cost,
            "recovery": billing.RECOVERY,
        }

    def _supplied(self, received: ReceivedState) -> Shown:
        said: Received = self.received[received.id]
        quantity, price, rate, net, tax, gross = (
            written_amount(each)
            for each in (
                said.quantity,
                said.price,
                said.rate,
                said.net,
                said.tax,
                said.gross,
            )
        )
        open_ = received.answer in {"none", "asked"}
        return {
            **self._received_row(received),
            "what": "received",
            "can": () if not open_ else ("accept", "refuse", "ask"),
            "form": self._say(said.form),
            "siren": said.siren,
            "address": self._say(said.address),
            "buyer": {"name": self._say(self.own.seller.name), "siren": said.ours},
            "lines": [
                {
                    "id": said.id,
                    "name": self._say(said.what),
                    "unit": "piece",
                    "quantity": quantity,
                    "price": price,
                    "rate": rate,
                    "net": net,
                }
            ],
            "totals": {
                "taxes": [{"rate": rate, "base": net, "amount": tax}],
                "net": net,
                "tax": tax,
                "gross": gross,
            },
            "mentions": said.mentions,
            "note": self._say(said.note),
            "reason": received.reason,
            "question": received.question,
        }

    def _lines(self, lines: tuple[Entry, ...], sign: int) -> list[Shown]:
        units = {each.id: each.unit for each in self.books.goods}
        return [
            {
                "id": each.id,
                "item": each.item,
                "name": self._say(self.items[each.item].name),
                "unit": units[each.item],
                "quantity": sign * each.quantity,
                "price": each.price,
                "rate": each.rate,
                "net": sign * each.line.net,
            }
            for each in lines
        ]

    # ---- People

    def _customer(self, customer: Customer) -> Shown:
        return {
            "id": customer.id,
            "name": self._say(customer.name),
            "kind": customer.kind,
            "address": self._say(customer.address),
        }

    def _buyer(self, name: str, siren: str | None) -> Shown:
        """Who is billed: with their SIREN as it was deposited, else as it is now."""
        if not name:
            return {"id": "", "name": "", "kind": "", "address": "", "siren": ""}
        now = self.books.customer(name).siren
        return {
            **self._customer(self.customers[name]),
            "siren": now if siren is None else siren,
        }

    def _name(self, customer: str) -> str:
        return self._say(self.customers[customer].name) if customer else ""

    def _number(self, document: str) -> str:
        return self.books.document(document).number if document else ""

    def _say(self, words: Any) -> str:
        return words_of(words, self.language) if words else ""

    # ---- Telling

    def told(self, act: Act) -> dict[str, str]:
        """The fields of an act with names in place of ids.

        Besides: `number`, `kind`, `who` of its paper, the `next` number of its series.
        """
        said = act.model_dump()
        words = {name: self._in_words(name, value) for name, value in said.items()}
        name = said.get("document") or said.get("invoice")
        for each in self.books.documents:
            if each.id == name:
                numbers = self.books.numbers(each.kind)
                words["number"] = each.number or words.get("number", "")
                words["next"] = each.number or numbers.number
                words["kind"] = each.kind
                words["who"] = self._name(each.customer)
        return words

    def _in_words(self, name: str, value: Any) -> str:
        if not isinstance(value, str):
            return ", ".join(value)
        return self._named(name).get(value, value)

    def _named(self, field: str) -> dict[str, str]:
        """What the ids of a field are called."""
        if field in {"document", "invoice"}:
            return {each.id: each.number for each in self.books.documents}
        if field == "quote":
            return {each.id: each.number for each in self.own.quotes}
        if field == "received":
            return {each.id: self._say(each.supplier) for each in self.own.received}
        things = {"customer": self.own.customers, "item": self.own.items}
        return {each.id: self._say(each.name) for each in things.get(field, ())}


def _totals(totals: billing.Totals, sign: int) -> Shown:
    """The foot of a paper; of a credit note, with its sign."""
    return {
        "taxes": [
            {"rate": t.rate, "base": sign * t.base, "amount": sign * t.amount}
            for t in totals.taxes
        ],
        "net": sign * totals.net,
        "tax": sign * totals.tax,
        "gross": sign * totals.gross,
    }
