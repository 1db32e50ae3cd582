"""Parts: a file cut at its headings, its bullets read."""

from course.domain.issue import Margin
from course.domain.manuscript import lines_of
from course.domain.source.parts import block_of, parts_of


def test_a_file_is_cut_at_the_headings_of_one_level() -> None:
    lines = lines_of("before\n## one\na\n### deeper\n## two {#x} ##\n```\n## no\n```")

    before, parts = parts_of(lines, 2)

    assert [line.text for line in before] == ["before"]
    assert [(part.line, part.words, len(part.lines)) for part in parts] == [
        (2, "one", 2),
        (5, "two {#x}", 3),
    ]


def test_a_block_is_what_comes_before_its_bullets_and_after() -> None:
    margin = Margin("x")

    block = block_of(
        lines_of("\nWords.\n\n- one: a\n\n- one: b:\n  c\n- two:\n\nMore.\n- of: it"),
        margin,
    )

    assert margin.issues == []
    assert [line.text for line in block.before] == ["Words.", ""]
    assert [(pair.line, pair.key, pair.value) for pair in block.pairs] == [
        (4, "one", "a"),
        (6, "one", "b: c"),
        (8, "two", ""),
    ]
    assert [line.number for line in block.after] == [10, 11]
    assert block.one("one") == block.of("one")[0]
    assert block.one("three") is None
