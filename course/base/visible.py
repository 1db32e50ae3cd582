"""What people type, without the signs that nobody sees."""

import re

# What cannot be seen and changes how a name reads: control and direction marks.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u061c"
    "\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2800"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def cleaned(text: str | None) -> str | None:
    """Without invisible signs, without spaces around."""
    # A soft hyphen is seen where a line ends, and nowhere else.
    return INVISIBLE.sub("", text).strip().strip("\u00ad") if text else text
