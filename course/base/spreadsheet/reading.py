"""A spreadsheet that somebody brings, recognised by what it holds, not by its name."""

from course.base.spreadsheet.separated import read_bytes
from course.base.spreadsheet.table import Table, UnreadableSheetError
from course.base.spreadsheet.workbook import read_workbook

MOST_BYTES = 2 * 1024 * 1024
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
BEGINNINGS = {
    b"%PDF": "sheet.pdf",
    b"\x89PNG": "sheet.picture",
    b"\xff\xd8\xff": "sheet.picture",
    b"GIF8": "sheet.picture",
    b"II*\0": "sheet.picture",
    b"MM\0*": "sheet.picture",
    b"{\\rtf": "sheet.document",
    b"Rar!": "sheet.archive",
    b"7z\xbc\xaf": "sheet.archive",
    b"\x1f\x8b": "sheet.archive",
}
# What a page, or an old way of saving a workbook, begins with.
PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")
# Names of parts by which an archive is recognised, the first found decides.
PARTS = (
    (b"xl/workbook.bin", "sheet.binary-workbook"),
    (b"vnd.oasis.opendocument.spreadsheet", "sheet.opendocument"),
    (b"vnd.oasis.opendocument", "sheet.document"),
    (b"word/", "sheet.document"),
    (b"ppt/", "sheet.document"),
    (b"Index/Document.iwa", "sheet.numbers"),
)


def read(data: bytes) -> Table:
    """The lines of a CSV file or of a workbook; raises UnreadableSheetError only."""
    if len(data) > MOST_BYTES:
        raise UnreadableSheetError("sheet.too-heavy")
    if not data.strip():
        raise UnreadableSheetError("sheet.empty")
    if data.startswith(OLE):
        raise UnreadableSheetError(_old(data))
    if data.startswith(ZIP):
        return _packed(data)
    _refuse_others(data)
    return read_bytes(data)


def _old(data: bytes) -> str:
    """A container of the former formats, or the envelope of a password."""
    protected = "EncryptedPackage".encode("utf-16-le")
    return "sheet.password" if protected in data else "sheet.old-workbook"


def _packed(data: bytes) -> Table:
    if b"xl/workbook.xml" in data:
        return read_workbook(data)
    for part, code in PARTS:
        if part in data:
            raise UnreadableSheetError(code)
    raise UnreadableSheetError("sheet.archive")


def _refuse_others(data: bytes) -> None:
    for beginning, code in BEGINNINGS.items():
        if data.startswith(beginning):
            raise UnreadableSheetError(code)
    if data[:100].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PAGES):
        raise UnreadableSheetError("sheet.page")
