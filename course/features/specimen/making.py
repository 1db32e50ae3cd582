# pyright: standard
"""Make the files: data by factur-x, a page by typst, and the one inside the other."""

import io
import re
from collections.abc import Mapping
from json import dumps
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from course.domain.einvoice.document import Invoice
from course.domain.einvoice.mapping import data

PAGE = Path(__file__).with_name("invoice.typ")
LEVEL = "en16931"
PLACES = {"fr": "fr-FR", "en": "en-GB"}
# A page that can be kept for ever and read aloud: both are claimed by who writes it.
STANDARDS: Any = ["a-3a", "ua-1"]
UNDRAWN = re.compile(
    "[^\x00-\x7f\xa0-\u024f\u2010-\u2027\u202f\u2030-\u203a\u20ac\u2212]"
)
# The library would post the invoice to a local address, and call it right when nobody
# answers there: the rules run in a program of ours.
UNCHECKED: dict[str, Any] = {"check_xsd": False, "check_schematron": False}


def xml_of(invoice: Invoice) -> bytes:
    """The data of an invoice, in the syntax of UN/CEFACT; the rules run elsewhere."""
    from facturx import generate_cii_xml

    make: Any = generate_cii_xml  # typed for less than it takes
    return make(data(invoice), level=LEVEL, **UNCHECKED)


def pdf_of(xml: bytes, face: Mapping[str, Any], language: str) -> bytes:
    """The invoice as people read it, with its data inside: Factur-X, PDF/A-3."""
    from facturx import generate_from_binary

    whole = generate_from_binary(
        _page(face),
        xml,
        flavor="factur-x",
        level=LEVEL,
        **UNCHECKED,
        lang=PLACES[language],
        pdf_metadata={
            "title": face["title"],
            "author": face["seller_name"],
            "subject": face["fiction"],
            "keywords": face["specimen"],
        },
        xmp_compression=False,
    )
    return _claimed(whole)


def _page(face: Mapping[str, Any]) -> bytes:
    """The page alone; a sign that no font of ours draws is shown as a question mark.

    The standards want each sign to be readable: typst refuses what it cannot draw.
    """
    import typst

    def drawn(words: str) -> bytes:
        return typst.compile(
            str(PAGE),
            sys_inputs={"invoice": words},
            pdf_standards=STANDARDS,
            ignore_system_fonts=True,
        )

    words = dumps(face, ensure_ascii=False)
    try:
        return drawn(words)
    except typst.TypstError:
        return drawn(UNDRAWN.sub("?", words))


ACCESSIBLE = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"""
CLAIM = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid={}>'
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"
).format(quoteattr("http://www.aiim.org/pdfua/ns/id/"))
# What the library writes → what was true of the page, and still is.
CHANGES = (
    ("<pdfaid:conformance>B<", "<pdfaid:conformance>A<"),
    ("<rdf:Description>", '<rdf:Description rdf:about="">'),
    ("</rdf:RDF>", CLAIM),
)
BAG = "</rdf:Bag>\n      </pdfaExtension:schemas>"


def _claimed(whole: bytes) -> bytes:
    """The same, saying again what the library forgot of the page that it was given.

    The page was made for PDF/A-3a and PDF/UA-1; adding a file to it leaves its tags as
    they were, and replaces only what the document says of itself.
    """
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = PdfWriter(clone_from=io.BytesIO(whole))
    writer.pdf_header = "%PDF-1.7"  # it would say an older one
    # pypdf has no public way to replace the packet as it is.
    kept: Any = writer._root_object["/Metadata"]  # noqa: SLF001
    said = kept.get_data().decode()
    for before, after in CHANGES:
        said = said.replace(before, after)
    said = said.replace(BAG, ACCESSIBLE + BAG)
    packet = DecodedStreamObject()
    packet.set_data(said.encode())
    packet[NameObject("/Type")] = NameObject("/Metadata")
    packet[NameObject("/Subtype")] = NameObject("/XML")
    writer._replace_object(kept.indirect_reference, packet)  # noqa: SLF001
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
