"""French is complete."""

import pytest

from tests import words

FAULTS = list(words.faults())


def test_every_sentence_has_its_french():
    assert FAULTS == [], "make words, then translate what it lists"


@pytest.mark.parametrize("sentence", ["Sign in", "%(num)s day ago"])
def test_sentences_of_code_and_templates_are_found(sentence):
    assert sentence in words.sentences(words.said())
