"""One browser a worker, one device a person, servers shared where state allows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.journeys.person import DESK, Person
from tests.journeys.site import SMALL, Account, Site
from tests.journeys.world import World
from tests.make.browser import executable

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LANGUAGES = ("fr", "en")
PATIENCE = 30_000  # ms: a condition that a busy machine takes long to fulfil
# What browsers write in the console when a server refuses, or the network is cut.
NOT_FAULTS = ("Failed to load resource", "net::ERR_")


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, without a window."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable(), args=OPTIONS)
        yield found
        found.close()


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    """Each journey is made in French, then in English."""
    return request.param


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Iterator[Site]:
    """A server of the small library, that journeys share: each makes its people."""
    site = Site(tmp_path_factory.mktemp("small"), SMALL)
    site.server.start()
    yield site
    site.close()
    assert site.server.crashes() == []


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> Iterator[World]:
    """A centre at work, that pages are looked at in: nobody changes anything there."""
    world = World(tmp_path_factory.mktemp("world"))
    yield world
    world.close()
    assert world.server.crashes() == []


class Devices:
    """Opens browsers' contexts, and closes them at the end of a journey."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.open: list[BrowserContext] = []
        self.faults: list[str] = []

    def __call__(
        self,
        site: Site,
        account: Account | None = None,
        language: str | None = None,
        size=DESK,
        **more,
    ) -> Person:
        """A new device: nobody has used it before."""
        spoken = language or (account.language if account else "fr")
        context = self.browser.new_context(
            base_url=site.server.url,
            locale={"fr": "fr-FR", "en": "en-GB"}[spoken],
            timezone_id="Europe/Paris",
            viewport=size,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        self.open.append(context)
        if account:
            site.comes(context, account.session)
        return self.tab(context, spoken)

    def tab(self, context: BrowserContext, language: str) -> Person:
        """A new tab of a device."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        return Person(page, language)

    def _hear(self, message) -> None:
        text = message.text
        if message.type == "error" and not any(word in text for word in NOT_FAULTS):
            self.faults.append(text)

    def close(self) -> None:
        """Close them all; no script may have failed."""
        for context in self.open:
            context.close()
        assert self.faults == []


@pytest.fixture
def device(browser) -> Iterator[Devices]:
    """`device(site, account, size=PHONE)`: a person at a new device."""
    devices = Devices(browser)
    yield devices
    devices.close()
