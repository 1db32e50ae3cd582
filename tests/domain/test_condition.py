"""One thing that a goal asks of the world."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.domain.condition import OFF, Condition, Verb, folded
from course.domain.simulators.base import Fact
from course.domain.text import Text
from tests.make.toys import condition


def off(line: str, fact: Fact) -> float:
    return condition(f"toy.fact {line}").off({"toy": {"fact": fact}})


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("is on", "on"),
        ("is off or on", "on"),
        ("is no", "no"),
        ("is 3", 3),
        ("is b", ("a", "b")),
        ("is not on", "off"),
        ("is not on or idle", "off"),
        ("is not on", ()),
        ("has a, b", ("b", "c", "a")),
        ("has no a or b", ("c",)),
        ("has no a, b", ()),
        ("is exactly a, b", ("b", "a")),
        ("is exactly a, a", ("a", "a")),
        ("at least 2", 2),
        ("at least 2", "12"),
        ("at least 2", ("a", "b")),
        ("at least 0", ""),
        ('says "Atelier du Port", "octobre 2026"', ("octobre 2026, ATELIER DU PORT",)),
        ('says "l’entrée"', "Voici  l'entree !"),
        ('says "cœur"', "à coeur"),
        ('says "Mai 2026"', "mai\u00a02026"),
        ("like 2026-10-14_*_412-80.pdf", ("x", "2026-10-14_port_412-80.pdf")),
        ("like *.jpg or *.png", "plage.png"),
    ],
)
def test_a_condition_holds(line: str, fact: Fact) -> None:
    assert off(line, fact) == 0
    assert condition(f"toy.fact {line}").holds({"toy": {"fact": fact}})


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("is on", "off"),
        ("is on", ()),
        ("is on", "On"),
        ("is not on", "on"),
        ("is not a", ("b", "a")),
        ("has a, b", ("a",)),
        ("has a", ()),
        ("has no a, b", ("c", "b")),
        ("at least 2", 1),
        ("at least 2", -3),
        ("at least 1", "²"),
        ("at least 1", "many"),
        ("at least 1", ()),
        ('says "port", "octobre"', ("port", "octobre")),
        ('says "port"', ()),
        ("like *.pdf", ("a.jpg",)),
        ("like *.pdf", ()),
        ("is exactly a, b", ()),
        ("is exactly a, b", ("c",)),
    ],
)
def test_a_condition_does_not_hold_at_all(line: str, fact: Fact) -> None:
    assert off(line, fact) == inf
    assert not condition(f"toy.fact {line}").holds({"toy": {"fact": fact}})


@pytest.mark.parametrize(
    ("fact", "points"),
    [
        (("a", "b"), 1),
        (("a", "b", "c", "d"), 1),
        (("a", "b", "c", "c"), 1),
        (("a", "x"), 3),
        (("a",), 2),
    ],
)
def test_each_one_missing_or_besides_takes_a_point_off(
    fact: Fact, points: float
) -> None:
    assert off("is exactly a, b, c", fact) == points


def test_what_is_not_known_does_not_hold() -> None:
    asked = condition("toy.fact is not on")

    assert asked.off({}) == inf
    assert asked.off({"toy": {}}) == inf
    assert asked.off({"other": {"fact": "off"}}) == inf


def test_any_language_of_a_value_will_do() -> None:
    both = condition('toy.fact says "octobre"').but(
        values=(Text(fr="octobre", en="October"),)
    )

    assert both.holds({"toy": {"fact": "In OCTOBER 2026"}})
    assert both.holds({"toy": {"fact": "en octobre"}})
    assert not both.holds({"toy": {"fact": "en mai"}})


@pytest.mark.parametrize(
    ("line", "verb", "values"),
    [
        ("antivirus.protection is on", "is", ["on"]),
        ("a.post.workshop.wi-fi is not on", "is not", ["on"]),
        ("a.b is nothing", "is", ["nothing"]),
        ("a.b is not-yet or no", "is", ["not-yet", "no"]),
        ("a.b is exactly x.pdf, y.pdf", "is exactly", ["x.pdf", "y.pdf"]),
        ("a.b  has  no   x or y", None, []),
        ("a.b has no x or y", "has no", ["x", "y"]),
        ("a.b has tout-or.pdf, orage", "has", ["tout-or.pdf", "orage"]),
        ('a.b has "a, b or c", d', "has", ["a, b or c", "d"]),
        ("a.b is {{ trade.supplier }}", "is", ["{{ trade.supplier }}"]),
        ("a.b is mon  nom", "is", ["mon nom"]),
        ("a.b at least 3", "at least", ["3"]),
    ],
)
def test_a_line_is_read_as_it_is_written(
    line: str, verb: str | None, values: list[str]
) -> None:
    found = Condition.read(line, "fr")

    if verb is None:
        assert found is None
    else:
        assert found
        assert found.verb == verb
        assert [value["fr"] for value in found.values] == values


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a.b",
        "a.b is",
        "a.b is not",
        "a.b is exactly",
        "a.b is not not on",
        "a.b is at least 2",
        "a.b has no",
        "a.b has not x",
        "a.b at least two",
        "a.b at least 2, 3",
        "a.b at least ²",
        "a.b equals on",
        "B.b is on",
        "ab is on",
        "a.b is on,",
        "a.b is ,on",
        "a.b is on,,off",
        "a.b is on or",
        "a.b has x or y",
        'a.b says "x" or "y"',
        'a.b says "x',
        'a.b says x"y"',
        'a.b says "x"y',
        'a.b says ""',
        'a.b says "  "',
    ],
)
def test_a_line_that_says_nothing_clear_is_not_a_condition(line: str) -> None:
    assert Condition.read(line, "fr") is None


@given(st.text())
def test_no_line_breaks_the_reader(text: str) -> None:
    for line in (text, f"a.b {text}", f"a.b is {text}", f'a.b says "{text}'):
        found = Condition.read(line, "fr")
        assert found is None or all(value["fr"].strip() for value in found.values)


facts = st.one_of(
    st.text(max_size=12),
    st.integers(),
    st.lists(st.text(max_size=6), max_size=5).map(tuple),
)
values = st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=4)


@given(verb=st.sampled_from(Verb), fact=facts, words=values, number=st.integers(0, 9))
def test_whatever_is_compared_there_is_an_answer(
    verb: Verb, fact: Fact, words: list[str], number: int
) -> None:
    said = [str(number)] if verb is Verb.AT_LEAST else words

    taken = OFF[verb](fact, tuple(Text(fr=word) for word in said))

    assert taken >= 0
    assert taken == inf or taken == int(taken)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
