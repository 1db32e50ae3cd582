"""The doors of a specimen: the document beside its data, and the files."""

import io
import re
from dataclasses import replace

import pytest
from lxml import etree
from pypdf import PdfReader

from course.domain.einvoice import rules
from course.domain.einvoice.document import values
from course.features.lab import services as labs
from course.features.specimen import issued as module
from course.features.specimen import making, wording
from course.features.specimen.face import face
from tests.domain.einvoice.bills import GOOD
from tests.make.account import make_user
from tests.make.lab import act, end
from tests.make.specimen import begin, credited, issued, sold
from tests.page import parse, said

pytestmark = pytest.mark.usefixtures("invoicing")
EVERYTHING_WRONG = {"siren": "", "category": "", "days": "", "mentions": ()}


def text_of(answer):
    return " ".join(said(parse(answer.text)).split())


def page(browser, run, name="made-1"):
    answer = browser.get("specimen.show", run_id=run.id, name=name)
    assert answer.status_code == 200
    return parse(answer.text)


def element(tree, name):
    return next((one for one in tree.iter() if one.get("id") == name), None)


# ---- The document and its data


def test_each_value_leads_to_its_place_in_the_data_and_back(as_learner, ada):
    tree = page(as_learner, issued(ada))

    links = [a for a in tree.iter("a") if (a.get("href") or "").startswith("#d")]
    assert len(links) > 60
    for link in links:
        assert element(tree, link.get("href")[1:]) is not None, link.get("href")
    there = [a.get("href") for a in tree.iter("a") if a.get("id") == "doc-bt-112"]
    assert there == ["#data-bt-112"]
    row = element(tree, "data-bt-112")
    assert said(row) == "BT-112 Total TTC GrandTotalAmount 1236.00"
    assert [a.get("href") for a in row.iter("a")] == ["#doc-bt-112"]


def test_the_unit_leads_to_the_quantity_of_its_line(as_learner, ada):
    tree = page(as_learner, issued(ada))

    assert element(tree, "doc-bt-130-2").get("href") == "#data-bt-129-2"


@pytest.mark.parametrize(
    ("language", "gross", "unit"),
    [("fr", "1\u202f236,00\u00a0€", "heure"), ("en", "€1,236.00", "hour")],
)
def test_amounts_are_written_as_the_language_writes_them(app, language, gross, unit):
    reader = make_user("Eve", language=language)

    tree = page(app.test_client().sign_in(reader), issued(reader))

    assert element(tree, "doc-bt-112").text == gross
    assert element(tree, "doc-bt-130-2").text == unit


def test_what_is_missing_is_said_where_it_should_stand(as_learner, ada):
    tree = page(as_learner, issued(ada, **EVERYTHING_WRONG))

    for place in ("doc-bt-47", "doc-bt-9", "doc-bt-23"):
        assert said(element(tree, place)) == "pas rempli", place
    assert "12,4" not in said(element(tree, "doc-notes"))


def test_every_lack_has_its_place_in_the_document(as_learner, ada):
    run = issued(ada, **EVERYTHING_WRONG)
    name = credited(run)
    trees = [page(as_learner, run), page(as_learner, run, name)]

    for place in rules.PLACES.values():
        found = [element(tree, f"doc-{place}") is not None for tree in trees]
        assert any(found), place


def test_a_credit_note_names_its_original_and_says_why_it_bears_no_minus(
    as_learner, ada
):
    run = issued(ada)

    tree = page(as_learner, run, credited(run))

    assert said(element(tree, "doc-bt-25")) == "F-2026-0112"
    assert element(tree, "doc-bt-112").text == "360,00\u00a0€"
    assert "signe moins" in said(tree)


def test_a_sale_without_vat_says_why(as_learner, ada):
    run = issued(ada)

    tree = page(as_learner, run, sold(run, "quais", "lesson"))

    assert "293 B" in said(element(tree, "doc-bt-120-1"))
    assert said(element(tree, "doc-bt-153-1")) == "Visite & conseil"


def test_what_was_issued_stays_to_be_read_once_the_run_is_over(as_learner, ada):
    assert page(as_learner, end(issued(ada))) is not None


# ---- Who may


@pytest.mark.parametrize("name", ["made-2", "d041", "nothing", "quais"])
def test_there_is_no_other_invoice(as_learner, ada, name):
    run = issued(ada)

    assert as_learner.get("specimen.show", run_id=run.id, name=name).status_code == 404


def test_a_draft_is_no_invoice_yet(as_learner, ada):
    run = begin(ada)
    act(run, "invoicing.convert", quote="d041")

    assert (
        as_learner.get("specimen.show", run_id=run.id, name="made-1").status_code == 404
    )


@pytest.mark.parametrize("endpoint", ["show", "pdf", "xml", "check", "check_start"])
def test_it_is_for_who_issued_it_only(app, as_trainer, ada, endpoint):
    run = issued(ada)
    where = {"run_id": run.id, "name": "made-1"}
    ways = ("post",) if endpoint == "check_start" else ("get",)

    for browser in (as_trainer, app.test_client().sign_in(make_user("Eve"))):
        for way in ways:
            answer = getattr(browser, way)(f"specimen.{endpoint}", **where)
            assert answer.status_code == 404


@pytest.mark.parametrize(
    "name",
    ["..", "%2e%2e", "..%2fmade-1", "made-1/", "made-1.pdf.pdf", "-1"],
)
def test_an_odd_name_finds_nothing(as_learner, ada, name):
    run = issued(ada)

    answer = as_learner.get(f"/runs/{run.id}/invoices/{name}")

    assert answer.status_code == 404


# ---- The files


def pdf_of(browser, run, name="made-1"):
    answer = browser.get("specimen.pdf", run_id=run.id, name=name)
    assert answer.mimetype == "application/pdf"
    return answer, PdfReader(io.BytesIO(answer.data))


def test_the_data_in_the_pdf_are_those_of_the_page(as_learner, ada):
    run = issued(ada)

    answer, pdf = pdf_of(as_learner, run)
    xml = as_learner.get("specimen.xml", run_id=run.id, name="made-1")
    shown = next(one for one in page(as_learner, run).iter("pre"))

    assert "F-2026-0118.pdf" in answer.headers["Content-Disposition"]
    assert pdf.attachments["factur-x.xml"] == [xml.data]
    assert shown.text.strip() == xml.data.decode().strip()
    assert xml.mimetype == "application/xml"
    assert "SPÉCIMEN" in xml.data.decode()


@pytest.mark.parametrize(
    ("language", "place", "words"),
    [
        ("fr", "fr-FR", ["SPÉCIMEN", "Facture F-2026-0118", "1 236,00 €", "4 heure"]),
        ("en", "en-GB", ["SPECIMEN", "Invoice F-2026-0118", "€1,236.00", "4 hour"]),
    ],
)
def test_the_pdf_speaks_the_language_and_says_that_it_is_a_specimen(
    app, language, place, words
):
    reader = make_user("Eve", language=language)

    _answer, pdf = pdf_of(app.test_client().sign_in(reader), issued(reader))

    text = " ".join(re.sub(r"\s", " ", pdf.pages[0].extract_text()).split())
    for each in [*words, "123 456 789", "987 654 321"]:
        assert each in text, text
    assert len(pdf.pages) == 1
    assert pdf.trailer["/Root"]["/Lang"] == place
    assert text.count(words[0]) >= 3  # across the page, above it, below it


def test_the_pdf_is_tagged_and_says_what_it_follows(as_learner, ada):
    run = issued(ada)

    _answer, pdf = pdf_of(as_learner, run)

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/AF"][0].get_object()["/AFRelationship"] == "/Data"
    assert pdf.pdf_header == "%PDF-1.7"
    packet = etree.fromstring(pdf.xmp_metadata.stream.get_data())
    said_in = etree.tostring(packet).decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said_in
    assert "<pdfaid:part>3</pdfaid:part>" in said_in
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said_in
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in said_in


def test_each_thing_issued_has_its_pdf(as_learner, ada):
    run = issued(ada, **EVERYTHING_WRONG)

    for name in ("made-1", "f0112", credited(run)):
        _answer, pdf = pdf_of(as_learner, run, name)
        assert "SPÉCIMEN" in pdf.pages[0].extract_text()


@pytest.mark.parametrize(
    "typed",
    [
        "日本語",
        "<b>&amp;#panic()",
        "😀 9",
        "\ufffe",
        "é" * 30,
        "\u202egnp.exe",
        "שלום مرحبا",
    ],
)
def test_whatever_is_typed_can_be_read(as_learner, ada, typed):
    run = issued(ada, siren=typed)

    assert page(as_learner, run) is not None
    _answer, pdf = pdf_of(as_learner, run)
    assert "Hôtel des Dunes" in pdf.pages[0].extract_text()
    (data,) = pdf.attachments["factur-x.xml"]
    assert etree.fromstring(data) is not None


def test_a_word_without_end_goes_on_below(app):
    wide = replace(GOOD, buyer=replace(GOOD.buyer, name="W" * 90))
    drawn = face(wide, {p: wording.shown(v) for p, v in values(wide).items()})
    made = making.pdf_of(making.xml_of(wide), drawn, "fr")

    (one,) = PdfReader(io.BytesIO(made)).pages

    text = one.extract_text()
    assert text.count("W") == 90
    assert "W" * 60 not in text


def test_a_sign_that_cannot_be_drawn_stops_nothing(app):
    odd = replace(GOOD, buyer=replace(GOOD.buyer, name="\x80\x9f Dunes \ue000"))
    drawn = face(odd, {p: wording.shown(v) for p, v in values(odd).items()})

    made = making.pdf_of(making.xml_of(odd), drawn, "fr")

    assert "?? Dunes ?" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_another_lab_has_no_invoice(app, ada, monkeypatch):
    opened = labs.queries.opened(ada.id, begin(ada).id)
    opened.play.world = {}

    assert module.specimen_in(opened, "made-1") is None
