"""The first time a browser opens a lesson: how many requests, how many bytes."""

import gzip
import http.client
from dataclasses import dataclass, field
from typing import Any

from bench.installation import HOST
from bench.scenarios import LESSON_READ
from bench.visitor import Visitor
from tests.make.browser import MISSING, executable

QUIET = (
    "--no-sandbox",  # the bench may run as root, and opens only its own pages
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@dataclass  # without slots: Playwright notes something on the listeners' owner
class Transfer:
    """What the browser's own network panel says."""

    urls: list[str] = field(default_factory=list)
    octets: float = 0

    def asked(self, said: dict[str, Any]) -> None:
        """A request left, maybe because the one before was redirected."""
        self.urls.append(said["request"]["url"])
        self.octets += said.get("redirectResponse", {}).get("encodedDataLength", 0)

    def loaded(self, said: dict[str, Any]) -> None:
        """A reply is there, with its headers, as it travelled."""
        self.octets += said["encodedDataLength"]


def first_load(port: int, visitor: Visitor) -> dict[str, Any]:
    """Requests and KiB of a lesson in Chromium, with nothing kept from before."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    browser_path = executable()
    if browser_path is None:
        raise FileNotFoundError(MISSING)
    origin, transfer = f"http://{HOST}:{port}", Transfer()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=list(QUIET)
        )
        context = browser.new_context()
        name, _equals, value = visitor.cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.on("Network.requestWillBeSent", transfer.asked)
        network.on("Network.loadingFinished", transfer.loaded)
        network.send("Network.enable")
        page.goto(origin + LESSON_READ, wait_until="networkidle")
        icon = page.locator("link[rel~=icon]").get_attribute("href")
        version = browser.version
        browser.close()
    if icon and not any(url.endswith(icon) for url in transfer.urls):
        # Without a window no icon is shown: it is asked for as a window would.
        transfer.urls.append(origin + icon)
        transfer.octets += _weight(port, icon)
    return {
        "requests": len(transfer.urls),
        "kib": round(transfer.octets / 1024, 1),
        "urls": [url.removeprefix(origin) for url in transfer.urls],
        "browser": version,
    }


def _weight(port: int, path: str) -> int:
    connection = http.client.HTTPConnection(HOST, port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    if response.headers.get("Content-Encoding") == "gzip":
        gzip.decompress(body)  # what is counted can be read
    headers = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
    connection.close()
    return headers + len(body)
