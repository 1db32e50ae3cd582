"""What the PDF draws: the values of an invoice, put in words, in their order."""

from typing import Any

from course.base.i18n import _, _l, language
from course.domain.einvoice.document import Invoice, place_of
from course.features.specimen import wording

HEAD = ("BT-2", "BT-72", "BT-9", "BT-25", "BT-26", "BT-23")
ITEM = ("BT-153", "BT-129", "BT-130", "BT-146", "BT-152", "BT-131")
TAX = ("BT-119", "BT-116", "BT-117")
FOOT = ("BT-109", "BT-110", "BT-112")
SELLER = ("BT-27", "BT-33", "BT-35", ("BT-38", "BT-37"), "BT-30", "BT-31")
BUYER = ("BT-44", "BT-50", ("BT-53", "BT-52"), "BT-47")
# Said before the value where the value alone does not tell what it is.
NAMED = {"BT-30": _l("SIREN"), "BT-47": _l("SIREN"), "BT-31": _l("VAT number")}


def face(invoice: Invoice, texts: dict[str, str]) -> dict[str, Any]:
    """The words of the page; `texts`: place → value as it is written."""
    title = wording.heading(invoice)
    lines, taxes = len(invoice.items), len(invoice.totals.taxes)
    return {
        "language": language(),
        "title": f"{title} — {wording.specimen()}",
        "heading": title,
        "specimen": wording.specimen(),
        "fiction": wording.fiction(),
        "footer": f"{wording.specimen()} · {title}",
        "seller_name": invoice.seller.legal_name,
        "seller_label": _("Seller"),
        "buyer_label": _("Customer"),
        "head": _pairs(HEAD, texts),
        "seller": _party(SELLER, texts),
        "buyer": _party(BUYER, texts),
        "columns": [wording.label(term) for term in ITEM],
        "items": [_row(ITEM, n, texts) for n in range(1, lines + 1)],
        "tax_columns": [wording.label(term) for term in TAX],
        "taxes": [_row(TAX, n, texts) for n in range(1, taxes + 1)],
        "foot": [
            *_pairs(FOOT, texts),
            [wording.due_label(invoice), texts[place_of("BT-115")]],
        ],
        "notes": _notes(invoice, texts),
    }


def _pairs(terms: tuple[str, ...], texts: dict[str, str]) -> list[list[str]]:
    found = ((wording.label(term), texts.get(place_of(term), "")) for term in terms)
    return [[name, value] for name, value in found if value]


def _party(terms: tuple[Any, ...], texts: dict[str, str]) -> list[str]:
    lines: list[str] = []
    for term in terms:
        together = (term,) if isinstance(term, str) else term
        said = [texts[place_of(each)] for each in together if place_of(each) in texts]
        if said:
            lines.append(" ".join([str(NAMED[term]), *said] if term in NAMED else said))
    return lines


def _row(terms: tuple[str, ...], place: int, texts: dict[str, str]) -> list[str]:
    return [texts.get(place_of(term, place), "") for term in terms]


def _notes(invoice: Invoice, texts: dict[str, str]) -> list[str]:
    reasons = [
        texts[place]
        for n in range(1, len(invoice.totals.taxes) + 1)
        if (place := place_of("BT-120", n)) in texts
    ]
    notes = [texts[place_of("BT-22", n)] for n in range(1, len(invoice.notes) + 1)]
    terms = texts.get("bt-20")
    return [*([terms] if terms else []), *reasons, *notes]
