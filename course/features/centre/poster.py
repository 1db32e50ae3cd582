"""What a cohort's poster shows: an address, and the same for a phone's camera."""

import segno
from markupsafe import Markup

# Fits a phone of 320 px; print enlarges it as it likes.
SIDE = 240


def square(address: str, title: str) -> Markup:
    """The address as a QR code, drawn in the page: it leaves to nobody."""
    code = segno.make(address, error="m", micro=False)
    side = max(code.symbol_size())
    drawn = code.svg_inline(
        scale=SIDE // side, light="#fff", title=title, svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno escapes the title
