"""What is read of a form before a simulator hears of it."""

import time
from random import Random
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from course.domain.profile import Profile
from course.domain.simulators.base import (
    MOST_SIGNS,
    MOST_VALUES,
    Act,
    RefusedError,
    words_of,
)
from course.domain.text import Text
from tests.make.toys import Lamp, Put, Toy, Write


class Letter(Act):
    """One field longer than the others."""

    body: Annotated[str, Field(max_length=3000)]
    to: tuple[str, ...] = ()


def refused(act: type[Act], raw: dict[str, list[str]]) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        act.read(raw)
    return caught.value


def test_a_form_says_an_act_and_what_is_not_its_own_is_left_alone() -> None:
    act = Letter.read(
        {"body": ["Hello", "twice"], "to": ["a", "b"], "csrf_token": [""]}
    )

    assert act == Letter(body="Hello", to=("a", "b"))
    assert act.dump() == {"body": "Hello", "to": ["a", "b"]}
    assert Letter.load(act.dump()) == act


def test_what_was_not_sent_keeps_its_default_and_is_not_stored() -> None:
    assert Lamp.read({}).dump() == {}
    assert Lamp.read({"on": []}) == Lamp()
    assert Put.read({}) == Put(things=())


def test_a_field_that_is_missing_is_named() -> None:
    error = refused(Write, {})

    assert (error.code, error.values) == ("act.unreadable", {"field": "note"})


def test_what_was_typed_is_cleaned_of_what_nobody_sees() -> None:
    act = Letter.read({"body": [" a\x00b\u202egpj.\u200b\r\nc\rd \ufeff"]})

    assert act.dump()["body"] == "abgpj.\nc\nd"


def test_an_accent_is_written_in_one_way() -> None:
    assert Write.read({"note": ["e\u0301te\u0301"]}).dump() == {"note": "été"}


def test_half_a_sign_is_refused() -> None:
    assert refused(Write, {"note": ["\ud800"]}).code == "act.unreadable"


def test_what_is_too_long_says_how_long_it_may_be() -> None:
    one, longer = (
        refused(Write, {"note": ["x" * 201]}),
        refused(Letter, {"body": ["x" * 3001]}),
    )

    assert (one.code, one.values) == ("act.too-long", {"field": "note", "most": 200})
    assert longer.values == {"field": "body", "most": 3000}
    assert Letter.read({"body": ["x" * 3000]})
    in_a_list = refused(Put, {"things": ["cup", "x" * 201]})
    assert in_a_list.values == {"field": "things", "most": 200}


@pytest.mark.parametrize(
    "values",
    [["x" * 1_000_000], ["x"] * 100_000, ["x" * 199] * 101, [""] * (MOST_VALUES + 1)],
)
def test_megabytes_are_refused_before_anybody_looks_into_them(
    values: list[str],
) -> None:
    began = time.perf_counter()

    error = refused(Put, {"things": values})

    assert time.perf_counter() - began < 0.05
    assert error.code == "act.too-long"
    assert error.values == {"field": "things", "most": MOST_SIGNS}


def test_only_the_first_value_of_a_single_field_counts() -> None:
    assert Write.read({"note": ["a"] * 1000}).dump() == {"note": "a"}


@pytest.mark.parametrize("fields", [{"x": 1}, {"note": 3}, {"note": None}, {}])
def test_what_was_not_dumped_cannot_be_loaded(fields: dict[str, object]) -> None:
    with pytest.raises(RefusedError) as caught:
        Write.load(fields)

    assert caught.value.code == "act.unreadable"


junk = st.dictionaries(
    st.sampled_from(["body", "to", "other"]), st.lists(st.text(), max_size=4)
)


@given(raw=junk)
def test_whatever_a_form_holds_it_is_an_act_or_refused(
    raw: dict[str, list[str]],
) -> None:
    try:
        act = Letter.read(raw)
    except RefusedError:
        return

    assert Letter.load(act.dump()) == act
    assert Letter.read({"body": [act.body], "to": list(act.to)}).dump() == {
        "body": act.body,
        "to": list(act.to),
    }


def test_by_default_a_deed_is_told_with_its_fields_and_the_view_stays() -> None:
    toy = Toy()
    world = {"toy": toy.start(Random(7), Profile())}

    told = toy.tell(world, Lamp(on="no"), "fr")

    assert told == {"on": "no"}
    assert toy.look(world, Lamp()) == {}


def test_words_are_the_authors_or_the_learners() -> None:
    assert words_of(Text(fr="clé", en="key"), "en") == "key"
    assert words_of("typed", "en") == "typed"
