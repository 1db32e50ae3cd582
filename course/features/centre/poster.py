"""What a cohort's poster shows: an address, and the same for a phone's camera."""

import segno
from markupsafe import Markup

# Fits a phone of 320 px; print enlarges it as it likes.
SIDE = 240
SMALL = 120  # on a slip: as large as a thumb, printed


def square(address: str, title: str, side: int = SIDE) -> Markup:
    """The address as a QR code, drawn in the page: it leaves to nobody."""
    code = segno.make(address, error="m", micro=False)
    modules = max(code.symbol_size())
    drawn = code.svg_inline(
        scale=side // modules, light="#fff", title=title, svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno escapes the title
