"""Every page: light, narrow enough for 320 px, without a fault of accessibility."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.journeys.conftest import LANGUAGES, Devices
from tests.journeys.pages import PAGES, SCANNED, Named
from tests.journeys.person import DESK, Person
from tests.journeys.world import World

HEAVIEST = 30 * 1024  # bytes on the wire, everything included, compressed
REQUESTS = 5
WORKSHOP = (10 * 1024, 1)  # what an author's page may take more, as a lab
NARROW = {"width": 320, "height": 640}  # also 1,280 px enlarged four times
# What a scheme of colours can change.
COLOURS = ["color-contrast", "link-in-text-block"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Load:
    """What came for one page."""

    asked: list[str] = field(default_factory=list)
    bytes: int = 0


@dataclass
class Opened:
    """A page that somebody has just opened for the first time."""

    named: Named
    person: Person
    # The page's own, then those of the pages that its forms were answered with.
    loads: list[Load] = field(default_factory=list)
    loading: bool = False

    def asks(self, sent) -> None:
        if sent.is_navigation_request():
            self.loads.append(Load())
            self.loading = True
        elif sent.resource_type == "fetch" and sent.url == sent.frame.url:
            self.loading = False  # it is all there: it looks whether it has changed
        # Browsers ask for the icon now and then, when nothing else is left to do.
        if self.loading and not sent.url.endswith("icon.svg"):
            self.loads[-1].asked.append(sent.url)

    def finished(self, event: dict) -> None:
        if self.loading:
            self.loads[-1].bytes += int(event["encodedDataLength"])

    def faults(self, only: dict) -> list[str]:
        """What axe says: the rule, and where."""
        page = self.person.page
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = json.dumps({"resultTypes": ["violations"], "runOnly": only})
        found = page.evaluate(f"axe.run({options})")
        return [
            f"{one['id']}: {node['target']} {node['html'][:160]} {node['any'][:1]}"
            for one in found["violations"]
            for node in one["nodes"][:4]
        ]


@pytest.fixture(scope="module")
def people(browser, world) -> Iterator[dict]:
    """The tab of each person, in each language, where nothing is kept from before."""
    devices = Devices(browser)
    tabs = {}

    class Tabs(dict):
        def __missing__(self, key):
            who, language = key
            account = world.people.get(who)
            self[key] = devices(world, account, language, DESK, bypass_csp=True)
            return self[key]

    yield Tabs(tabs)
    devices.close()


@pytest.fixture(
    scope="module",
    params=list(product(SCANNED, LANGUAGES)),
    ids=[f"{page.name}-{language}" for page, language in product(SCANNED, LANGUAGES)],
)
def opened(request, people, world: World) -> Opened:
    named, language = request.param
    person = people[named.who, language]
    page = person.page
    found = Opened(named, person)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", found.finished)
    page.on("request", found.asks)
    named.open(person, world)
    found.loading = False  # what scripts send next is of no page
    if named.act:
        named.act(person, world)
        page.wait_for_load_state()
    page.remove_listener("request", found.asks)
    wire.detach()
    return found


def test_it_is_light_and_asks_nobody_else(opened, world):
    more, others = WORKSHOP if opened.named.workshop else (0, 0)
    ours = (world.server.url, "data:")

    for load in opened.loads:
        assert [url for url in load.asked if not url.startswith(ours)] == []
        assert len(load.asked) <= REQUESTS + others, load.asked
        assert load.bytes <= HEAVIEST + more, load


def test_axe_finds_nothing_in_the_light(opened):
    assert opened.faults({"type": "tag", "values": RULES}) == []


def test_axe_finds_nothing_in_the_dark(opened):
    opened.person.page.emulate_media(color_scheme="dark")

    assert opened.faults({"type": "rule", "values": COLOURS}) == []


def test_axe_would_see_a_fault_in_both_schemes(people):
    page = people["visitor", "en"].page
    page.goto("/help")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    found = Opened(PAGES[0], people["visitor", "en"])

    for only in ({"type": "tag", "values": RULES}, {"type": "rule", "values": COLOURS}):
        page.emulate_media(color_scheme="light")
        assert [fault[:14] for fault in found.faults(only)] == ["color-contrast"]


def test_it_fits_320_pixels(opened):
    page = opened.person.page
    page.set_viewport_size(NARROW)

    wide = page.evaluate("document.scrollingElement.scrollWidth")

    assert wide <= NARROW["width"], page.evaluate(WIDEST)


WIDEST = """[...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
