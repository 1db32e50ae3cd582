"""Counter: what the author of an invoicing lab writes, row by row."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from course.domain.simulators.base import Frozen
from course.domain.text import Text

Day = date  # a field is named `date`
Name = Annotated[
    str, StringConstraints(pattern="^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", max_length=40)
]
Short = Annotated[str, StringConstraints(max_length=30)]
Unit = Literal["piece", "hour", "night", "day", "fixed"]
Kind = Literal["professional", "consumer", "public"]
SeriesName = Literal["invoice", "credit"]
Status = Literal["draft", "sent", "deposited", "rejected", "refused", "paid"]
Channel = Literal["platform", "mail"]
Mention = Literal["penalty", "recovery", "discount"]
QuoteStatus = Literal["draft", "sent", "accepted", "refused"]
Answer = Literal["none", "accepted", "refused", "asked"]
NOTHING = Text()

# A unit changes with the trade, so it is written in words, in either language.
UNITS: Mapping[str, Unit] = {
    "": "piece",
    "piece": "piece",
    "pièce": "piece",
    "hour": "hour",
    "heure": "hour",
    "night": "night",
    "nuit": "night",
    "day": "day",
    "jour": "day",
    "fixed": "fixed",
    "forfait": "fixed",
}


class Firm(Frozen):
    """Who sells: the learner's firm."""

    id: Name
    name: Text
    siren: Short
    vat: Short = ""
    address: Text
    form: Text = NOTHING


class Customer(Frozen):
    """Who buys; the SIREN that the file lacks may stand in a signed quote."""

    id: Name
    name: Text
    siren: Short = ""
    kind: Kind = "professional"
    address: Text = NOTHING


class Series(Frozen):
    """A series of numbers: what they begin with, and the next one."""

    id: SeriesName
    prefix: Short
    next: int = Field(ge=1, le=9000)


class Item(Frozen):
    """What is sold; price without VAT, rate in percent."""

    id: Name
    name: Text
    unit: Text = NOTHING
    price: Text
    rate: Text


class Quote(Frozen):
    """A quote that was made before the run begins."""

    id: Name
    number: Short
    customer: Name
    status: QuoteStatus = "sent"
    accepted_on: Day | None = None
    siren: Short = ""  # of the customer, as the signed quote has it
    note: Text = NOTHING


class Issued(Frozen):
    """An invoice that was issued before the run begins."""

    id: Name
    number: Short
    customer: Name
    date: Day
    due: Day
    status: Literal["sent", "deposited", "refused", "paid"] = "deposited"
    note: Text = NOTHING


class Row(Frozen):
    """A line of a quote or of an invoice; `ordered`: what should have been billed."""

    id: Name
    document: Name
    item: Name
    quantity: Text
    price: Text = NOTHING
    ordered: Text = NOTHING


class Received(Frozen):
    """A supplier's invoice, as it is printed; what is left out is missing on it."""

    id: Name
    supplier: Text
    form: Text = NOTHING  # a company, or « EI » for a sole trader
    siren: Short = ""
    address: Text = NOTHING
    number: Short
    channel: Channel = "platform"
    date: Day
    due: Day | None = None
    ours: Short = ""  # the SIREN of the learner's firm, as it is printed
    what: Text
    quantity: Text
    price: Text
    rate: Text
    net: Text
    tax: Text
    gross: Text
    mentions: tuple[Mention, ...] = ()
    note: Text = NOTHING  # what the firm knows of it: an order, a delivery
