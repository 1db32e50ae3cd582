"""What an author writes of an invoicing lab holds together, or says why not."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from course.domain.profile import Profile
from course.domain.simulators.books import Books
from course.domain.simulators.invoicing import Invoicing
from course.domain.text import Text
from tests.make.simulators import FOLDER, simulator

Fields = dict[str, Any]


def start() -> Fields:
    """The fields of the sample, to be spoilt."""
    text = (FOLDER / "invoicing.yaml").read_text("utf-8")
    return next(yaml.load_all(text, Loader=yaml.BaseLoader))["start"]


def made(change: Callable[[Fields], object]) -> Invoicing:
    fields = start()
    change(fields)
    own = simulator("invoicing", fields)
    assert isinstance(own, Invoicing)
    return own


def begun(change: Callable[[Fields], object]) -> Books:
    return made(change).start(Random(1), Profile())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f["items"].append(f["items"][0]), "given once"),
        (lambda f: f["quotes"][0].update(id="hotel"), "given once"),
        (lambda f: f["series"][1].update(id="invoice"), "given once"),
        (lambda f: f["quotes"][0].update(id="made-1"), "named as those of a run"),
        (lambda f: f["lines"][0].update(document="nothing"), "belongs to a quote"),
        (lambda f: f["lines"][0].update(item="nothing"), "of the catalogue"),
        (lambda f: f["quotes"][0].update(customer="nobody"), "one of the customers"),
        (lambda f: f["invoices"][0].update(customer="nobody"), "one of the customers"),
        (lambda f: f["lines"].pop(), "1 to 20 lines"),
        (lambda f: f["invoices"][0].update(number="F-2026-0098"), "next ones are free"),
        (lambda f: f["invoices"][0].update(number="F-2026-0118"), "next ones are free"),
        (lambda f: f["series"][1].update(prefix="F-2026-", next="120"), "are free"),
        (lambda f: f["invoices"][0].update(date="2026-11-24"), "then its due date"),
        (lambda f: f["invoices"][0].update(due="2026-11-01"), "then its due date"),
        (lambda f: f.update(firm=[]), "at least 1 item"),
        (lambda f: f["series"].pop(), "at least 2 items"),
        (lambda f: f["customers"][0].update(id="Hôtel"), "match pattern"),
    ],
)
def test_a_start_that_does_not_hold_together_is_refused(
    change: Callable[[Fields], object], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        made(change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f["items"][0].update(price="cher"), "rail: price: “cher”"),
        (lambda f: f["items"][0].update(price="-1"), "rail: price"),
        (lambda f: f["items"][0].update(rate=""), "rail: rate"),
        (lambda f: f["items"][0].update(unit="kilo"), "rail: unit"),
        (lambda f: f["lines"][0].update(quantity="0"), "q1: quantity"),
        (lambda f: f["lines"][0].update(quantity="un"), "q1: quantity"),
        (lambda f: f["lines"][0].update(price="1.000"), "q1: price"),
        (lambda f: f["lines"][0].update(ordered="3"), "q1: quantity"),
        (lambda f: f["received"][0].update(gross="{{ trade.x }}"), "wood: gross"),
        (lambda f: f.update(rate="beaucoup"), "rate"),
        (
            lambda f: f["items"][0].update(price=Text(fr="850", en="580")),
            "rail: price: “850 / 580”",
        ),
        (
            lambda f: f["items"][0].update(unit=Text(fr="heure", en="day")),
            "rail: unit",
        ),
    ],
)
def test_a_figure_that_is_none_is_said_when_a_run_begins(
    change: Callable[[Fields], object], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        begun(change)


def test_figures_are_read_in_the_words_of_a_trade() -> None:
    own = made(lambda f: f["items"][0].update(price="{{ trade.price }}"))
    price = Text(fr="1 036,50", en="1,036.50")
    said = own.but(items=(own.items[0].but(price=price), *own.items[1:]))

    books = said.start(Random(1), Profile())

    assert books.quotes[0].lines[0].price == books.goods[0].price
    assert str(books.goods[0].price) == "1036.50"


def test_a_unit_is_a_piece_when_nothing_is_said_and_is_said_in_either_language() -> (
    None
):
    books = begun(
        lambda f: f["items"][0].update(unit=Text(fr="Nuit", en="night"), rate="10 %")
    )

    assert [each.unit for each in books.goods] == ["night", "hour", "piece", "fixed"]
    assert books.goods[0].rate == 10


def test_without_a_rate_being_late_costs_nothing_to_show() -> None:
    own = made(lambda f: f.pop("rate"))
    world = {"invoicing": own.start(Random(1), Profile())}

    fields = {"invoice": "f098", "level": "call", "model": "polite"}
    remind = own.acts["remind"].load(fields)
    shown = own.show(own.act(world, remind), {"open": "f098"}, "fr")

    assert (shown["rate"], shown["opened"]["late"]) == (None, None)


def test_the_siren_of_a_signed_quote_is_the_one_that_the_customer_has() -> None:
    books = begun(lambda _fields: None)

    assert [each.known for each in books.customers] == [
        *("987654321", "111222333", "", "444555666")
    ]
    free = begun(lambda f: f["quotes"][0].pop("siren"))
    assert free.customers[0].but(siren="123456789").unreachable == ""
