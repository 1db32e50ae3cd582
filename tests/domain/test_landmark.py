"""The places of a lesson one can come back to, and how long still from there."""

import pytest

from course.domain.landmark import landmarks
from course.domain.lesson import ForTrade, Memo, Page, Prose, Story, Try
from course.domain.questions.choice import Choice, Option
from course.domain.text import Text


def words(count):
    return "mot " * count


def question(ask="Que faites-vous d'abord ?\n\nRegardez bien."):
    options = tuple(
        Option(text=Text(fr=said), right=said == "oui") for said in ("oui", "non")
    )
    return Choice(id="placard", ask=Text(fr=ask), options=options)


def marks(*blocks, minutes=0):
    page = Page("Titre", "fr", blocks)
    return [(m.anchor, m.title, m.minutes) for m in landmarks(page, minutes)]


def test_headings_with_an_anchor_are_landmarks_and_others_are_none():
    text = f"{words(9)}\n\n## La **TVA** {{#tva}}\n\n{words(9)}\n\n## Sans ancre\n"

    assert marks(Prose(text)) == [("tva", "La TVA", 1)]


def test_a_question_is_one_under_its_own_name():
    assert marks(Try("placard", question())) == [
        ("try-placard", "Que faites-vous d'abord ?", 1)
    ]


def test_a_question_is_called_by_the_heading_above_it():
    section = Prose("## À vous de trier {#tri}")

    titles = [title for _a, title, _m in marks(section, Try("placard", question()))]

    assert titles == ["À vous de trier", "À vous de trier"]


def test_minutes_are_those_of_the_words_that_follow_rounded_up():
    blocks = [
        Prose(f"{words(600)}\n\n## Un {{#un}}\n\n{words(118)}"),
        Prose(f"## Deux {{#deux}}\n\n{words(120)}"),
        Prose(f"## Trois {{#trois}}\n\n{words(1)}"),
    ]

    assert [minutes for _a, _t, minutes in marks(*blocks)] == [3, 2, 1]


@pytest.mark.parametrize(
    "block",
    [
        Try("placard", question()),
        ForTrade(words(60)),
        Story("Un deux", words(58)),
        Memo("Un deux", (words(29), words(29))),
    ],
    ids=lambda block: block.kind,
)
def test_all_that_is_read_or_tried_counts(block):
    before = Prose(f"## Un {{#un}}\n\n{words(118)}")

    assert marks(before)[0][2] == 1
    assert marks(before, block)[0][2] == 2


def test_what_is_left_is_never_more_than_the_author_counted():
    text = Prose(f"## Un {{#un}}\n\n{words(900)}")

    assert marks(text)[0][2] == 8
    assert marks(text, minutes=5)[0][2] == 5
