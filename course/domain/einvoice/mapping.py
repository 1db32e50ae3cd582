"""The data of an invoice: the terms that the library of Factur-X wants, and back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from course.domain.einvoice.document import EURO, Invoice, Item, Party, place_of

SIREN, ADDRESS = "0002", "0225"  # who gives these numbers (ISO 6523)
# How a quantity is counted, for machines (UN/ECE, recommendation 20). There is no
# code for a night: one night is one.
UNITS = {"piece": "H87", "hour": "HUR", "night": "C62", "day": "DAY", "fixed": "LS"}
STANDARD, EXEMPT = "S", "E"  # BT-118
FRANCHISE = "VATEX-FR-FRANCHISE"  # BT-121: the seller charges no VAT at all


def data(invoice: Invoice) -> dict[str, Any]:
    """Term → value, as the library makes XML of them; what is not said is left out."""
    totals = invoice.totals
    said: dict[str, Any] = {
        "BT-1": invoice.number,
        "BT-2": invoice.issued,
        "BT-3": invoice.kind,
        "BT-5": EURO,
        "BT-9": invoice.due,
        "BT-20": invoice.terms,
        "BT-23": invoice.category and str(invoice.category),
        "BT-72": invoice.done,
        "BG-1": [{"BT-21": str(n.subject), "BT-22": n.text} for n in invoice.notes],
        "BG-3": _original(invoice),
        "BG-4": _party(invoice.seller) | _form(invoice.seller),
        "BG-7": _party(invoice.buyer),
        "BT-106": _amount(totals.net),
        "BT-109": _amount(totals.net),
        "BT-110": _amount(totals.tax),
        "BT-112": _amount(totals.gross),
        "BT-115": _amount(totals.gross),
        "BG-23": _taxes(invoice),
        "BG-25": [_item(place, item) for place, item in enumerate(invoice.items, 1)],
    }
    return {term: value for term, value in said.items() if value}


def _original(invoice: Invoice) -> list[dict[str, Any]]:
    if invoice.original is None:
        return []
    number, day = invoice.original
    return [{"BT-25": number, "BT-26": day}]


def _party(party: Party) -> dict[str, str]:
    said = {
        "name": party.legal_name,
        "addr_l1": party.street,
        "postcode": party.postcode,
        "city": party.city,
        "country_code": "FR",
        "vat_identifier": party.vat,
    }
    if party.siren:
        said |= {
            "legal_identifier": party.siren,
            "legal_identifier_schemeid": SIREN,
            "einvoicing_addr": party.siren,
            "einvoicing_addr_schemeid": ADDRESS,
        }
    return {name: value for name, value in said.items() if value}


def _form(seller: Party) -> dict[str, str]:
    return {"legal_info": seller.form} if seller.form else {}


def _taxes(invoice: Invoice) -> list[dict[str, str]]:
    return [
        {
            "BT-116": _amount(tax.base),
            "BT-117": _amount(tax.amount),
            "BT-118": _category(tax.rate),
            "BT-119": _figure(tax.rate),
        }
        | ({} if tax.rate else _exemption(invoice))
        for tax in invoice.totals.taxes
    ]


def _exemption(invoice: Invoice) -> dict[str, str]:
    if not invoice.exemption:
        return {}
    return {"BT-120": invoice.exemption, "BT-121": FRANCHISE}


def _item(position: int, item: Item) -> dict[str, str]:
    return {
        "BT-126": str(position),
        "BT-129": _figure(item.quantity),
        "BT-130": UNITS[item.unit],
        "BT-131": _amount(item.line.net),
        "BT-146": _amount(item.price),
        "BT-151": _category(item.rate),
        "BT-152": _figure(item.rate),
        "BT-153": item.name,
    }


def _category(rate: Decimal) -> str:
    return STANDARD if rate else EXEMPT


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _figure(number: Decimal) -> str:
    """20, 5.5: without the zeros that say nothing."""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


class Row(NamedTuple):
    """An element of the data: how deep it is, what it holds, what it is about."""

    depth: int
    name: str
    value: str = ""
    attributes: str = ""
    term: str = ""
    place: str = ""


# Where the syntax of UN/CEFACT puts each term, from its nearest ancestors on.
PARTY = {
    "Name": ("BT-27", "BT-44"),
    "SpecifiedLegalOrganization/ID": ("BT-30", "BT-47"),
    "PostalTradeAddress/PostcodeCode": ("BT-38", "BT-53"),
    "PostalTradeAddress/LineOne": ("BT-35", "BT-50"),
    "PostalTradeAddress/CityName": ("BT-37", "BT-52"),
    "PostalTradeAddress/CountryID": ("BT-40", "BT-55"),
    "URIUniversalCommunication/URIID": ("BT-34", "BT-49"),
    "SpecifiedTaxRegistration/ID": ("BT-31", "BT-48"),
}
LINE = "IncludedSupplyChainTradeLineItem"
NOTE = "IncludedNote"
TAX = "ApplicableHeaderTradeSettlement/ApplicableTradeTax"
FOOT = "SpecifiedTradeSettlementHeaderMonetarySummation"
TERMS = {
    "BusinessProcessSpecifiedDocumentContextParameter/ID": "BT-23",
    "GuidelineSpecifiedDocumentContextParameter/ID": "BT-24",
    "ExchangedDocument/ID": "BT-1",
    "ExchangedDocument/TypeCode": "BT-3",
    "ExchangedDocument/IssueDateTime/DateTimeString": "BT-2",
    f"{NOTE}/Content": "BT-22",
    f"{NOTE}/SubjectCode": "BT-21",
    f"{LINE}/AssociatedDocumentLineDocument/LineID": "BT-126",
    f"{LINE}/SpecifiedTradeProduct/Name": "BT-153",
    "NetPriceProductTradePrice/ChargeAmount": "BT-146",
    "SpecifiedLineTradeDelivery/BilledQuantity": "BT-129",
    "SpecifiedLineTradeSettlement/ApplicableTradeTax/CategoryCode": "BT-151",
    "SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent": "BT-152",
    "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount": "BT-131",
    "ApplicableHeaderTradeSettlement/InvoiceCurrencyCode": "BT-5",
    f"{TAX}/CalculatedAmount": "BT-117",
    f"{TAX}/BasisAmount": "BT-116",
    f"{TAX}/CategoryCode": "BT-118",
    f"{TAX}/RateApplicablePercent": "BT-119",
    f"{TAX}/ExemptionReason": "BT-120",
    f"{TAX}/ExemptionReasonCode": "BT-121",
    "ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString": "BT-72",
    "SpecifiedTradePaymentTerms/Description": "BT-20",
    "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString": "BT-9",
    f"{FOOT}/LineTotalAmount": "BT-106",
    f"{FOOT}/TaxBasisTotalAmount": "BT-109",
    f"{FOOT}/TaxTotalAmount": "BT-110",
    f"{FOOT}/GrandTotalAmount": "BT-112",
    f"{FOOT}/DuePayableAmount": "BT-115",
    "InvoiceReferencedDocument/IssuerAssignedID": "BT-25",
    "InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString": "BT-26",
    "SellerTradeParty/Description": "BT-33",
    **{f"SellerTradeParty/{path}": terms[0] for path, terms in PARTY.items()},
    **{f"BuyerTradeParty/{path}": terms[1] for path, terms in PARTY.items()},
}
INSIDE = " › "
REPEATED = {LINE, NOTE, TAX}


def rows(xml: bytes) -> list[Row]:
    """The elements of the data, in their order, each with the term that it is.

    Elements that hold only others are said together: « A › B », then what B holds.
    """
    from defusedxml.ElementTree import fromstring

    found: list[Row] = []
    for row in _rows(fromstring(xml), (), None, {}):
        last = found[-1] if found else None
        if last and not last.value and not row.value and row.depth > last.depth:
            found[-1] = last._replace(name=f"{last.name}{INSIDE}{row.name}")
        else:
            found.append(row)
    return found


def _rows(
    element: Element,
    above: tuple[str, ...],
    position: int | None,
    counts: dict[str, int],
) -> Iterator[Row]:
    name = element.tag.rpartition("}")[2]
    path = (*above, name)
    for end in _ends(path):
        if end in REPEATED:
            position = counts[end] = counts.get(end, 0) + 1
    term = next((TERMS[end] for end in _ends(path) if end in TERMS), "")
    yield Row(
        len(above),
        name,
        (element.text or "").strip(),
        " ".join(f'{key}="{value}"' for key, value in element.attrib.items()),
        term,
        place_of(term, position) if term else "",
    )
    for child in element:
        yield from _rows(child, path, position, counts)


def _ends(path: tuple[str, ...]) -> Iterator[str]:
    """The path of an element, from its own name to the whole."""
    return ("/".join(path[start:]) for start in range(len(path) - 1, -1, -1))
