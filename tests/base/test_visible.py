"""What people type, without the signs that nobody sees."""

import pytest

from course.base.visible import cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" a\u202egpj.exe ", "agpj.exe"),
        ("a\x00b\u200bc\ufeff", "abc"),
        ("deux\nlignes\tici", "deux\nlignes\tici"),
        ("\u00ad", ""),
        ("re\u00adpas", "re\u00adpas"),
        (None, None),
    ],
)
def test_what_cannot_be_seen_is_not_kept(typed, kept):
    assert cleaned(typed) == kept
