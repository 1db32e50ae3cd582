"""Sign-in names and words of links."""

import pytest

from course.features.account import words


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Zoé Durand", "zoe.durand"),
        ("  Jean-Pierre  d'Ormesson ", "jean.pierre.d.ormesson"),
        ("Łukasz", "ukasz"),
        ("Дмитрий", "apprenant"),
        ("", "apprenant"),
        ("A" * 100, "a" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_sign_in_name_is_made_from_a_name(name, login):
    assert words.login_for(name, ()) == login


def test_a_name_that_is_taken_gets_a_number():
    assert words.login_for("Ada", {"ada", "ada2"}) == "ada3"


def test_lists_are_sorted_without_accents_or_capitals():
    assert words.sort_name("Élodie  PETIT") == "elodie petit"
    assert len(words.sort_name("é" * 200)) == 80


def test_words_of_links_differ_and_only_their_digest_is_kept():
    first, second = words.new_token(), words.new_token()

    assert first != second
    assert words.digest_of(first) == words.digest_of(first) != words.digest_of(second)
    assert first not in words.digest_of(first)
    assert words.new_seal() != words.new_seal()
