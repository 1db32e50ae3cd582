"""An issued invoice of a run: what it says, in words, in XML, in a page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort

from course.base.i18n import language
from course.domain.einvoice import document, mapping, source
from course.domain.einvoice.document import Invoice, Value
from course.domain.einvoice.mapping import Row
from course.domain.simulators.amounts import written_amount
from course.domain.simulators.base import World
from course.domain.simulators.books import (
    INVOICING,
    Document,
    books_in,
    document_of,
)
from course.domain.simulators.invoicing import Invoicing
from course.features.lab import queries as labs
from course.features.lab.queries import Opened
from course.features.specimen import wording
from course.features.specimen.face import face
from course.features.specimen.making import pdf_of, xml_of

# The data say the unit beside the quantity.
UNIT_OF_QUANTITY = ("bt-130-", "bt-129-")


@dataclass
class Specimen:
    """An invoice that was issued in a run, read in the language of this request."""

    opened: Opened
    document: Document
    invoice: Invoice

    @cached_property
    def values(self) -> dict[str, Value]:
        """Place → what is said there."""
        return document.values(self.invoice)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Place → what is said there, as it is written."""
        return {place: wording.shown(value) for place, value in self.values.items()}

    @cached_property
    def xml(self) -> bytes:
        """Its data."""
        return xml_of(self.invoice)

    @cached_property
    def rows(self) -> list[Row]:
        """Its data, element by element."""
        return mapping.rows(self.xml)

    @cached_property
    def there(self) -> dict[str, str]:
        """Place in the document → the one in the data, for those that have one."""
        data = {row.place for row in self.rows}
        found = {place: place.replace(*UNIT_OF_QUANTITY) for place in self.values}
        return {place: other for place, other in found.items() if other in data}

    @property
    def face(self) -> dict[str, Any]:
        """What its page draws."""
        return face(self.invoice, self.texts)

    def pdf(self) -> bytes:
        """The page, with the data inside."""
        return pdf_of(self.xml, self.face, language())


def specimen(user_id: int, run_id: int, name: str) -> Specimen:
    """An issued invoice of a run of this person; 404 for anything else."""
    found = specimen_in(labs.opened(user_id, run_id), name)
    if found is None:
        abort(404)
    return found


def specimen_in(
    opened: Opened, name: str, world: World | None = None
) -> Specimen | None:
    """The issued invoice or credit note of that id; a draft has no number yet.

    As it is now, or in another world of this run: a step of a replay.
    """
    world = opened.play.world if world is None else world
    bill = document_of(world, name) if INVOICING in world else None
    software = opened.lab.simulator(INVOICING) if bill else None
    if bill is None or not bill.issued or not isinstance(software, Invoicing):
        return None
    said = wording.sayings(written_amount(software.rate))
    invoice = source.invoice_of(software, books_in(world), bill, said, language())
    return Specimen(opened, bill, invoice)
