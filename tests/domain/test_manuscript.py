import pytest

from course.domain.issue import Margin
from course.domain.manuscript import (
    Manuscript,
    clean,
    is_name,
    lines_of,
    manuscript,
    name_like,
)


def opened(source: str) -> tuple[Manuscript, list[tuple[str, int]]]:
    margin = Margin("a.fr.md")
    found = manuscript("a.fr.md", "fr", lines_of(source), margin)
    return found, [(issue.code, issue.line) for issue in margin.issues]


def test_what_editors_hide_in_files_is_taken_off() -> None:
    assert clean("\ufeffa\r\nb\rc\u200bd\x0ce\x00\ud800") == "a\nb\ncd e?"


def test_line_numbers_are_those_of_the_editor() -> None:
    lines = lines_of("a\u2028b\r\n\tc\n>\u00a0d\n\u00a0- e")

    assert [(line.number, line.text) for line in lines] == [
        (1, "a b"),
        (2, "    c"),
        (3, "> d"),
        (4, " - e"),
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Délai", "delai"),
        ("Mon Œuvre n° 2", "mon-oeuvre-n-2"),
        ("déjà_vu", "deja-vu"),
        ("?!", ""),
        ("ok", "ok"),
    ],
)
def test_the_nearest_name_is_proposed(words: str, name: str) -> None:
    assert name_like(words) == name
    assert is_name(words) == (words == "ok")


def test_a_file_has_a_header_a_title_and_a_body() -> None:
    found, codes = opened(
        "\n---\n# a comment\nMinutes : « 5 »\naims: a, b\n\n---\n\n# Title #\n\nText\n"
    )

    assert codes == []
    assert found.header.pairs == {"minutes": "5", "aims": "a, b"}
    assert found.header.line("minutes") == 4
    assert found.header.line("other") == 1
    assert (found.title, found.title_line) == ("Title", 9)
    assert [line.text for line in found.lines if not line.blank] == ["Text"]


def test_a_title_needs_no_space_and_may_be_shown_in_a_fence() -> None:
    found, codes = opened("---\n---\n#Title\n```\n# Not a title\n~~~\n```\n")

    assert codes == []
    assert found.title == "Title"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("# Title", ("header.missing", 1)),
        ("", ("header.missing", 1)),
        ("---\na: b\n# Title", ("header.unclosed", 1)),
        ("---\nwhat\n---\n# Title", ("header.not-a-pair", 2)),
        ("---\n: b\n---\n# Title", ("header.not-a-pair", 2)),
        ("---\na: b\nA: c\n---\n# Title", ("header.duplicate-key", 3)),
        ("---\n---\n\nText", ("title.missing", 3)),
        ("---\n---", ("title.missing", 1)),
        ("---\n---\n#\n", ("title.missing", 3)),
        ("---\n---\n# One\n\n# Two", ("title.second", 5)),
        ("---\n---\n# One\n```\ncode", ("fence.unclosed", 4)),
    ],
)
def test_a_faulty_start_is_noted_at_its_line(
    source: str, code: tuple[str, int]
) -> None:
    assert code in opened(source)[1]


def test_header_values_are_checked() -> None:
    found, _ = opened(
        "---\npass: 70 %\ndraw: 0\nminutes: five\nmodule: Été\nmode: ?\n"
        "aims: a, b c\n---\n# T"
    )
    header = found.header

    assert header.number("pass") == 70
    assert header.number("draw", 1) is None
    assert header.number("minutes") is None
    assert header.number("absent") is None
    assert header.name("module") is None
    assert header.name("mode") is None
    assert header.name("absent") is None
    assert header.names("aims") == ()
    assert header.names("absent") == ()
    issues = found.margin.issues
    assert [(each.line, each.values["wanted"]) for each in issues] == [
        (3, "1-999"),
        (4, "0-999"),
        (5, "ete"),
        (6, "name"),
        (7, "a, b, c"),
    ]


def test_unknown_and_missing_keys_are_noted() -> None:
    found, _ = opened("---\nminuts: 5\n---\n# T")

    found.header.allow(("minutes",), required=("minutes",))

    assert [(issue.code, issue.line) for issue in found.margin.issues] == [
        ("header.unknown-key", 2),
        ("header.missing-key", 1),
    ]


def test_one_name_is_wanted_where_several_are_written() -> None:
    found, _ = opened("---\nlab: envoi, classement\n---\n# T")

    assert found.header.name("lab") is None
    assert [(issue.code, issue.line) for issue in found.margin.issues] == [
        ("header.one-name", 2)
    ]
