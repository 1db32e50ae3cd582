"""Spreadsheets as people bring them, and as nobody should."""

from collections.abc import Sequence
from io import BytesIO
from struct import pack
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import crc32

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
BEFORE = (
    b'<?xml version="1.0"?><worksheet xmlns='
    b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
AFTER = b"</sheetData></worksheet>"


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; a text that begins with = is a formula in it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for extent in merged:
        sheet.merge_cells(extent)
    return saved(book)


def forged(rows: bytes, *, whole: bytes | None = None, **parts: bytes) -> bytes:
    """A workbook whose sheet holds these very lines of XML, or other parts."""
    parts = {SHEET: BEFORE + rows + AFTER if whole is None else whole, **parts}
    source, file = ZipFile(BytesIO(workbook([["a"]]))), BytesIO()
    with source, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, parts.pop(name, None) or source.read(name))
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def lying(size: int, packing: int) -> bytes:
    """A workbook one part of which is much longer than it says, and matches its sum."""
    name, file = "xl/workbook.xml", BytesIO()
    with ZipFile(BytesIO(workbook([["a"]]))) as source, ZipFile(file, "w") as archive:
        told = source.read(name)
        for other in source.namelist():
            if other != name:
                archive.writestr(other, source.read(other))
        archive.writestr(name, told + b" " * size, packing)
    data = file.getvalue()
    # What the list of parts says of it: its sum, packed size, and size unpacked.
    at = data.index(b"PK\x01\x02", data.rindex(b"PK\x03\x04"))
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 1)
    said = pack("<L", crc32(told)), data[at + 20 : at + 24], pack("<L", len(told))
    return data[: at + 16] + b"".join(said) + data[at + 28 :]


def packed(**parts: bytes) -> bytes:
    """An archive of these parts."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def old(*words: str) -> bytes:
    """The container of the former formats, in which these names are read."""
    begins = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return begins + b"".join(word.encode("utf-16-le") for word in words)
