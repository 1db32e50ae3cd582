from hypothesis import given
from hypothesis import strategies as st

from course.features.author.difference import MOST, Change, changes


def test_the_same_words_have_no_difference():
    assert changes("fr", "a\nb\n", "a\nb") == []


def test_each_passage_is_told_with_its_line_and_both_sides():
    found = changes("fr", "a\nb\nc\nd", "a\nB\nc\nd\ne")

    assert found == [Change("fr", 2, "b", "B"), Change("fr", 5, "", "e")]


def test_two_texts_without_anything_in_common_end_soon():
    one = "\n".join(f"{n}\nsame" for n in range(500))
    other = "\n".join(f"{-n - 1}\nsame" for n in range(500))

    assert len(changes("en", one, other)) <= MOST


@given(st.text(), st.text())
def test_nothing_is_left_out_of_a_short_difference(one, other):
    found = changes("fr", one, other)

    assert bool(found) == (one.splitlines() != other.splitlines())
