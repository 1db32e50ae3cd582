"""Names that may be one person's."""

import pytest

from course.features.centre.namesakes import pairs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Inès Martin", "ines  MARTIN"),
        ("Inès Martin", "Martin Inès"),
        ("Inès Martin", "Inès Martins"),
        ("Inès Martin", "Inés Matrin"),
        ("Jean-Luc Petit", "Jean Luc Petit"),
        ("Léa", "Lea"),
    ],
)
def test_the_same_name_written_twice_is_seen(one, other):
    assert pairs([(1, one), (2, "Zoé Durand"), (3, other)]) == [(1, 3)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Léa", "Léo"), ("Inès Martin", "Inès Moreau"), ("", ""), ("?!", "…")],
)
def test_two_people_are_not_one(one, other):
    assert pairs([(1, one), (2, other)]) == []
