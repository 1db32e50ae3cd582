"""Invoicing: what its page shows first."""

from random import Random

from course.domain.profile import Profile
from tests.make.invoicing import SCENE


def test_the_page_opens_on_the_first_list_that_holds_something() -> None:
    whole = SCENE.simulator
    bare = whole.but(quotes=(), invoices=(), lines=(), customers=())

    found = [
        own.show({own.kind: own.start(Random(0), Profile())}, view, "fr")["list"]
        for own, view in ((whole, {}), (bare, {}), (bare, {"list": "credits"}))
    ]

    assert found == ["quotes", "received", "credits"]
