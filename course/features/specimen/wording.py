"""The words of a specimen: labels of terms, values, sentences, what a rule means."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from course.base.i18n import (
    _,
    _l,
    ngettext,
    show_date,
    show_money,
    show_number,
)
from course.domain.billing import RECOVERY
from course.domain.einvoice.document import (
    BUSINESS,
    CONSUMER,
    CREDIT_NOTE,
    INVOICE,
    Category,
    Invoice,
    Subject,
    Value,
)
from course.domain.einvoice.rules import State, Step
from course.domain.einvoice.source import Sayings

LABELS: dict[str, Any] = {
    "BT-1": _l("Number"),
    "BT-2": _l("Date of issue"),
    "BT-3": _l("Kind of document"),
    "BT-5": _l("Currency"),
    "BT-9": _l("Payment due on"),
    "BT-20": _l("Payment"),
    "BT-21": _l("What the note is about"),
    "BT-22": _l("Note"),
    "BT-23": _l("Category of operation"),
    "BT-24": _l("Rules that are followed"),
    "BT-25": _l("Invoice that is corrected"),
    "BT-26": _l("Date of the invoice that is corrected"),
    "BT-27": _l("Seller: name"),
    "BT-30": _l("Seller: SIREN"),
    "BT-31": _l("Seller: VAT number"),
    "BT-33": _l("Seller: legal form"),
    "BT-34": _l("Seller: electronic address"),
    "BT-35": _l("Seller: street"),
    "BT-37": _l("Seller: town"),
    "BT-38": _l("Seller: postcode"),
    "BT-40": _l("Seller: country"),
    "BT-44": _l("Customer: name"),
    "BT-47": _l("Customer: SIREN"),
    "BT-48": _l("Customer: VAT number"),
    "BT-49": _l("Customer: electronic address"),
    "BT-50": _l("Customer: street"),
    "BT-52": _l("Customer: town"),
    "BT-53": _l("Customer: postcode"),
    "BT-55": _l("Customer: country"),
    "BT-72": _l("Date of the sale or of the end of the service"),
    "BT-106": _l("Sum of the lines"),
    "BT-109": _l("Total without VAT"),
    "BT-110": _l("Total of VAT"),
    "BT-112": _l("Total with VAT"),
    "BT-115": _l("To be paid"),
    "BT-116": _l("Without VAT, at this rate"),
    "BT-117": _l("VAT at this rate"),
    "BT-118": _l("Category of VAT"),
    "BT-119": _l("Rate"),
    "BT-120": _l("Why there is no VAT"),
    "BT-121": _l("Code of the reason"),
    "BT-126": _l("Line"),
    "BT-129": _l("Quantity"),
    "BT-130": _l("Unit"),
    "BT-131": _l("Total of the line without VAT"),
    "BT-146": _l("Unit price without VAT"),
    "BT-151": _l("Category of VAT of the line"),
    "BT-152": _l("VAT"),
    "BT-153": _l("What"),
}
KINDS = {INVOICE: _l("Invoice"), CREDIT_NOTE: _l("Credit note")}
CATEGORIES = {
    Category.GOODS: _l("Goods"),
    Category.SERVICES: _l("Services"),
    Category.BOTH: _l("Goods and services"),
}
UNITS = {
    "piece": _l("item"),
    "hour": _l("hour"),
    "night": _l("night"),
    "day": _l("day"),
    "fixed": _l("fixed price"),
}
SUBJECTS = {
    Subject.PENALTY: _l("Late penalties"),
    Subject.RECOVERY: _l("Costs of recovery"),
    Subject.DISCOUNT: _l("Discount"),
    Subject.TREATMENT: _l("Who sells to whom"),
    Subject.OTHER: _l("Information"),
}
TREATMENTS = {
    BUSINESS: _l("From a firm to a firm (B2B)"),
    CONSUMER: _l("From a firm to a private person (B2C)"),
}
COUNTRIES = {"FR": "France"}
CHOSEN: dict[str, dict[Any, Any]] = {
    "BT-3": KINDS,
    "BT-21": SUBJECTS,
    "BT-22": TREATMENTS,
    "BT-23": CATEGORIES,
    "BT-40": COUNTRIES,
    "BT-55": COUNTRIES,
    "BT-130": UNITS,
}
SIRENS = frozenset({"BT-30", "BT-47"})
RATES = frozenset({"BT-119", "BT-152"})
PLAIN = frozenset({"BT-129"})  # a figure that is no amount
SIREN = 9


def label(term: str) -> str:
    """What a term is about."""
    return str(LABELS.get(term, ""))


def due_label(invoice: Invoice) -> str:
    """What BT-115 is, in words: nobody pays a credit note."""
    if invoice.kind == CREDIT_NOTE:
        return _("To be taken off")
    return label("BT-115")


def shown(said: Value) -> str:
    """A value as its language writes it."""
    term, value = said.term, said.value
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, Decimal):
        return _figure(term, value)
    if term in SIRENS:
        return siren(value)
    return str(CHOSEN.get(term, {}).get(value, value))


def _figure(term: str, value: Decimal) -> str:
    if term in RATES:
        return _("%(rate)s%%", rate=show_number(float(value)))
    return show_number(float(value)) if term in PLAIN else show_money(value)


def siren(number: str) -> str:
    """Nine digits, three by three; what is not a SIREN as it is."""
    if len(number) != SIREN:
        return number
    return "\u00a0".join(number[place : place + 3] for place in range(0, SIREN, 3))


def heading(invoice: Invoice) -> str:
    """Invoice F-2026-0118."""
    if invoice.kind == CREDIT_NOTE:
        return _("Credit note %(number)s", number=invoice.number)
    return _("Invoice %(number)s", number=invoice.number)


def sayings(rate: Decimal | None) -> Sayings:
    """The sentences that an invoice carries, in the language of this request."""
    return Sayings(
        mentions={
            "penalty": _penalty(rate),
            "recovery": _(
                "Late payment by a professional: "
                "fixed compensation of %(amount)s for recovery costs.",
                amount=show_money(RECOVERY),
            ),
            "discount": _("No discount for early payment."),
        },
        within=lambda days: ngettext(
            "To be paid within %(num)s day.", "To be paid within %(num)s days.", days
        ),
        deducted=_("To be taken off what you owe us."),
        exemption=_("VAT not applicable, article 293 B of the French tax code (CGI)."),
        specimen=f"{specimen()}. {fiction()}",
    )


def _penalty(rate: Decimal | None) -> str:
    if rate is None:
        return _("Late payment: penalties at the rate of the law.")
    return _(
        "Late payment: penalties at %(rate)s a year from the day after the due date.",
        rate=_("%(rate)s%%", rate=show_number(float(rate), 2)),
    )


def specimen() -> str:
    """The word that is written across it."""
    return _("SPECIMEN")


def fiction() -> str:
    """That it is not a true invoice."""
    return _(
        "Made in an exercise, worth nothing. The firms and their numbers are invented."
    )


# ---- What a rule means


class Meaning(NamedTuple):
    """A lack in the lesson's words: what it is, why it matters, how it is mended."""

    what: str
    why: str
    mend: str


def _again() -> str:
    return _(
        "It has left: it is not changed any more. Give it back with a credit note, "
        "then issue a right invoice."
    )


MEANINGS: dict[str, Callable[[], Meaning]] = {
    "siren": lambda: Meaning(
        _("The customer's SIREN is missing, or it does not have 9 digits."),
        _(
            "The SIREN is the customer's address in the directory. "
            "Without it no platform knows where to bring the invoice: it is rejected."
        ),
        _(
            "Ask the customer, or look at the quote they signed. "
            "Fill in their file, then deposit the invoice again."
        ),
    ),
    "consumer": lambda: Meaning(
        _("This customer is a private person."),
        _(
            "A private person has no SIREN and no platform: there is no electronic "
            "invoice for them, and no 40 euros either. The rules are made for firms."
        ),
        _(
            "Nothing to mend: give them the PDF or the paper. "
            "From September 2027 your platform sends the figures of these sales."
        ),
    ),
    "category": lambda: Meaning(
        _("The category of operation is missing."),
        _(
            "Goods, services or both: it is one of the new mentions. "
            "VAT is not due on the same day for goods and for services."
        ),
        _again(),
    ),
    "penalty": lambda: Meaning(
        _("The rate of late penalties is missing."),
        _("Between professionals it is compulsory, even for a good customer."),
        _again(),
    ),
    "recovery": lambda: Meaning(
        _("The 40 euros for recovery costs are missing."),
        _("Between professionals it is compulsory, and it helps you be paid."),
        _again(),
    ),
    "discount": lambda: Meaning(
        _("The invoice does not say whether paying early brings a discount."),
        _("Say it, even when there is none: « no discount for early payment »."),
        _again(),
    ),
    "original": lambda: Meaning(
        _("The credit note does not quote the invoice that it corrects."),
        _("Without the number and the date, nobody knows what is given back."),
        _("Begin the credit note from the invoice itself: the software quotes it."),
    ),
    "due": lambda: Meaning(
        _("The day by which to pay is missing."),
        _(
            "The official rules let it through, but the law wants it. "
            "Without it you cannot say since when a payment is late."
        ),
        _again(),
    ),
    "due-early": lambda: Meaning(
        _("The day by which to pay comes before the invoice."),
        _("Nobody can pay before being asked: a platform rejects it."),
        _again(),
    ),
    "number": lambda: Meaning(
        _("The number is too long, or holds signs that are not allowed."),
        _("Letters, digits and + - _ / only, 35 signs at most, without any space."),
        _("Leave the number automatic: the software takes the next one of the series."),
    ),
}
STEPS: dict[Step, Any] = {
    Step.SCHEMA: _l("Written as an electronic invoice is (XSD)"),
    Step.EUROPE: _l("The European rules (EN 16931)"),
    Step.FRANCE: _l("The French rules (BR-FR)"),
}
STATES: dict[State, Any] = {
    State.PASSED: _l("Respected"),
    State.BROKEN: _l("Not respected"),
    State.NOT_RUN: _l("Not checked"),
}


def meaning(key: str) -> Meaning:
    """What lacks, in the language of this request."""
    return MEANINGS[key]()


def not_run(why: str) -> str:
    """Why a step could not be run."""
    if why == "missing":
        return _(
            "The program that runs these rules is not installed here. "
            "Who looks after the site can add it."
        )
    return _("The program stopped before the end. Ask for the check again.")
