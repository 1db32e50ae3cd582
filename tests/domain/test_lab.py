"""A job to do on simulators."""

from random import Random

import pytest

from course.domain.lab import Action, Lab, Sample
from course.domain.profile import Profile, Trade
from course.domain.run import Play
from course.domain.text import Text
from tests.make.toys import Toy, consequence, do, goal, toy_lab

SUPPLIER = {
    trade: Text(fr=f"Fournisseur {trade}", en=f"Supplier {trade}") for trade in Trade
}
QUOTE = "{{ trade.supplier }}"


def spoken() -> Lab:
    """A lab with a trade's words wherever there can be some."""
    asked = goal("note", f'toy.note says "{QUOTE}"')
    text = Text(fr=f"Écrivez {QUOTE}", en=f"Write {QUOTE}")
    actions = (
        (12, do("write", note=QUOTE)),
        (13, do("put", things=["cup", QUOTE])),
        (14, Action("toy", "lamp", {"on": None})),
    )
    return toy_lab(
        asked.but(text=text),
        consequences=(consequence("burnt", "toy.lamp is on").but(story=text),),
        desk=(Toy(label=text, things=("cup",)),),
        samples=(Sample(name="full", line=10, points=1, actions=actions),),
        trade_words={"supplier": SUPPLIER},
    )


def test_what_a_lab_is_worth_is_the_sum_of_its_goals() -> None:
    lab = toy_lab(goal("one", "toy.lamp is on", points=1.5), goal("two", "toy.a is b"))

    assert lab.out_of == 2.5
    assert [each.name for each in lab.goals] == ["one", "two"]


def test_things_are_found_by_their_names() -> None:
    lab = toy_lab(
        goal("one", "toy.lamp is on"),
        consequences=(consequence("burnt", "toy.lamp is on"),),
    )

    assert lab.goal("one").name == "one"
    assert lab.consequence("burnt").name == "burnt"
    assert lab.simulator("toy").kind == "toy"
    for find in (lab.goal, lab.consequence, lab.simulator):
        with pytest.raises(KeyError):
            find("nothing")


def test_each_trade_has_its_words_everywhere() -> None:
    lab = spoken().for_trade(Trade.BAKER)

    asked = lab.goals[0]
    toy = lab.desk[0]
    assert isinstance(toy, Toy)
    assert asked.text == Text(fr="Écrivez Fournisseur baker", en="Write Supplier baker")
    assert lab.words.consequences[0].story["en"] == "Write Supplier baker"
    assert toy.label["fr"] == "Écrivez Fournisseur baker"
    assert toy.things == ("cup",)
    fields = [action.fields for _line, action in lab.samples[0].actions]
    assert fields == [
        {"note": "Fournisseur baker"},
        {"things": ["cup", "Fournisseur baker"]},
        {"on": None},
    ]


def test_a_goal_asks_for_the_words_of_the_trade() -> None:
    for trade in Trade:
        lab = spoken().for_trade(trade)

        facts = {"toy": {"note": f"chez FOURNISSEUR {trade}"}}

        assert lab.goals[0].when[0].holds(facts)
        assert not lab.goals[0].when[0].holds({"toy": {"note": "chez personne"}})


def test_who_has_no_trade_reads_the_words_of_anybody_and_they_are_made_once() -> None:
    lab = spoken()

    found = lab.for_trade(None)

    assert found is lab.for_trade(Trade.OTHER)
    assert found is not lab.for_trade(Trade.BAKER)
    assert found.for_trade(Trade.BAKER) is found
    assert QUOTE not in str(found)


def test_without_trade_words_there_is_one_lab_for_all() -> None:
    lab = toy_lab(goal("one", "toy.lamp is on"))

    assert lab.for_trade(Trade.BAKER) is lab


def test_the_facts_of_a_world_are_those_of_its_desk() -> None:

    lab = toy_lab()
    world = {"toy": lab.desk[0].start(Random(1), Profile())}

    assert lab.facts(world)["toy"]["lamp"] == "off"
    assert Play.begin(lab, 1, Profile()).facts == lab.facts(world)
