"""A passport as a document: its number, and the lines a machine could read."""

import re
import unicodedata
from datetime import date, datetime
from hashlib import sha256

# No letter or digit that is taken for another.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8
WIDTH = 30  # signs a line, as on an identity card
FILLER = "<"
WEIGHTS = (7, 3, 1)
SPELT = {"ß": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D"}


def number_of(user_id: int, created_at: datetime) -> str:
    """The document's number: always the same, and it tells nothing of the others."""
    print_of = sha256(f"passport {user_id} {created_at.isoformat()}".encode()).digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in print_of[:LENGTH])


def machine_lines(
    number: str, name: str, begun: date, stamps: int, modules: int
) -> tuple[str, str, str]:
    """Three lines of thirty signs: the document, the stamps, the holder."""
    said = f"{begun:%y%m%d}"
    count = f"{stamps:02}{FILLER}{modules:02}"
    whole = _check(f"{number}{said}{count}")
    document = f"P<NUM{number}{_check(number)}"
    progress = f"{said}{_check(said)}{FILLER}{count}".ljust(WIDTH - 1, FILLER) + whole
    return _filled(document), progress, _filled(_plain(name))


def _filled(line: str) -> str:
    return line[:WIDTH].ljust(WIDTH, FILLER)


def _plain(name: str) -> str:
    """Capitals without accents, a filler between two words."""
    spelt = "".join(SPELT.get(sign, sign) for sign in name.upper())
    bare = unicodedata.normalize("NFKD", spelt)
    return FILLER.join(re.findall(r"[A-Z0-9]+", re.sub(r"[\u0300-\u036f]", "", bare)))


def _check(text: str) -> str:
    """The sign by which a misread line betrays itself, as travel documents have it."""
    values = ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(sign) for sign in text)
    weighed = (max(v, 0) * WEIGHTS[at % 3] for at, v in enumerate(values))
    return str(sum(weighed) % 10)
