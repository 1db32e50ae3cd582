"""The lab of the course, played in the words of each trade: what is issued in it."""

import io
import re
from datetime import datetime
from decimal import Decimal
from importlib.util import find_spec

import pytest
from lxml import etree
from pypdf import PdfReader

from course.base import i18n
from course.domain.einvoice import rules
from course.domain.einvoice.mapping import UNITS
from course.domain.einvoice.rules import State
from course.domain.profile import Trade
from course.features.specimen import wording, worker
from tests.make.account import make_user
from tests.make.specimen import played
from tests.page import parse, said

pytestmark = pytest.mark.usefixtures("library")
DATE = re.compile(r"20\d{6}")
UNIT = re.compile(r'unitCode="(\w+)"')
CODES = {code: unit for unit, code in UNITS.items()}
# What is a figure in the data, and a figure of its language in the document.
FIGURES = re.compile("bt-(109|110|112|115|116|117|119|129|131|146|152)(-|$)")
# What only the page shows: the kind is in the title, the others are for machines.
UNDRAWN = ("bt-3", "bt-21", "bt-34", "bt-40", "bt-49", "bt-55")
# The recorded run that says every mention; its credit note is issued first.
RUN = "avoir-d-abord"
CREDIT, INVOICE = "made-1", "made-2"


class Seen:
    """What is issued, as its page, its data and its PDF say it."""

    def __init__(self, browser, run, name):
        view = {"run_id": run.id, "name": name}
        self.page = parse(browser.get("specimen.show", **view).text)
        self.xml = browser.get("specimen.xml", **view).data
        self.pdf = PdfReader(io.BytesIO(browser.get("specimen.pdf", **view).data))

    @property
    def inside(self):
        """The data that are in the PDF."""
        (data,) = self.pdf.attachments["factur-x.xml"]
        return data

    @property
    def rows(self):
        """Place in the data → the value that the page shows there, in their order."""
        rows = (one for one in self.page.iter("tr") if one.get("id"))
        return {one.get("id"): said(next(one.iter("strong"))) for one in rows}

    @property
    def units(self):
        """What the page says, place by place, of how a quantity is counted."""
        rows = (one for one in self.page.iter("tr") if one.get("id"))
        found = ((one.get("id"), UNIT.search(said(one))) for one in rows)
        return {place: unit[1] for place, unit in found if unit}

    @property
    def links(self):
        """Each value of the document: its place, the one in the data, its words."""
        for link in self.page.iter("a"):
            if (link.get("id") or "").startswith("doc-"):
                yield link.get("id")[4:], link.get("href")[1:], said(link)


@pytest.fixture
def seen(app):
    """`seen(trade, language)`: the invoice and the credit note of a run."""

    def seen(trade, language):
        reader = make_user(f"Eve {trade}", language=language)
        browser, run = app.test_client().sign_in(reader), played(reader, trade, RUN)
        return Seen(browser, run, INVOICE), Seen(browser, run, CREDIT)

    return seen


def as_data(place, shown, value):
    """What the data would say if they were read from the document."""
    if FIGURES.match(place):
        return Decimal(plain_figure(shown)) == Decimal(value)
    if DATE.fullmatch(value):
        return shown == i18n.show_date(datetime.strptime(value, "%Y%m%d").date())  # noqa: DTZ007 - a day
    return shown in spelled(place, value)


def leaves(xml):
    """What each element of the data says, in their order."""
    elements = etree.fromstring(xml).iter(etree.Element)
    return [squeezed(each.text, " ") for each in elements if not len(each)]


def squeezed(text, space=""):
    """The same whatever parts its words."""
    return space.join(text.split())


def plain_figure(shown):
    """1 236,00 € or €1,236.00 → 1236.00."""
    kept = re.sub(r"[^\d.,]", "", shown)
    if i18n.language() == "fr":
        return kept.replace(",", ".")
    return kept.replace(",", "")


def spelled(place, value):
    """The ways to write what the data say: as it is, or the words of a code."""
    term = "-".join(place.split("-")[:2]).upper()
    words = wording.CHOSEN.get(term, {}).get(CODES.get(value, value), value)
    return {value, squeezed(str(words), " "), squeezed(wording.siren(value), " ")}


def look(issued, language):
    """Hold one document against its data, its page and its PDF."""
    assert issued.inside == issued.xml
    assert list(issued.rows.values()) == leaves(issued.inside)
    drawn = squeezed(issued.pdf.pages[0].extract_text())
    with i18n.speaking(language):
        links = list(issued.links)
        assert len(links) > 40
        for place, there, shown in links:
            data = issued.units if place.startswith("bt-130-") else issued.rows
            assert as_data(place, shown, data[there]), (place, shown)
            assert place.startswith(UNDRAWN) or squeezed(shown) in drawn, place
        specimen = wording.specimen()
    assert drawn.count(specimen) >= 4  # across, above, below, in a note
    assert specimen in " ".join(issued.rows.values())


# To publish the whole course takes longer than to play it: once for all the trades.


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pdf_the_data_and_the_page_say_the_same(seen, language):
    for trade in Trade:
        for issued in seen(trade, language):
            look(issued, language)


def test_a_credit_note_asks_nobody_to_pay(seen):
    invoice, credit = seen(Trade.FITTER, "fr")

    for issued, asks in ((invoice, True), (credit, False)):
        drawn = issued.pdf.pages[0].extract_text()
        sums = said(next(d for d in issued.page.iter("dl") if d.get("class") == "sums"))
        for text in map(squeezed, (drawn, sums)):
            assert ("Netàpayer" in text) is asks
            assert ("Àdéduire" in text) is not asks


@pytest.mark.skipif(find_spec("saxonche") is None, reason="needs the extra einvoice")
def test_what_is_issued_breaks_no_official_rule(seen):
    known = worker.runs()
    for issued in (each for trade in Trade for each in seen(trade, "fr")):
        *_steps, last = worker.check(issued.xml.decode(), known)

        report = rules.load(last["report"])
        assert [(x.state, x.findings) for x in report] == [(State.PASSED, ())] * 3
