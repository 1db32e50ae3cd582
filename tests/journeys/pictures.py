"""Photograph the named pages: name-width-scheme-language.png, into a folder.

`python -m tests.journeys.pictures FOLDER [NAME …]`; without names, all of them.
"""

import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.conftest import LANGUAGES, OPTIONS, Devices
from tests.journeys.pages import PAGES
from tests.journeys.world import World
from tests.make.browser import MISSING, executable

SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
SCHEMES = ("light", "dark")


def photograph(
    browser: Browser, world: World, folder: Path, names: Sequence[str]
) -> int:
    """Open each page once in each language and width; how many pictures were made."""
    devices = Devices(browser)
    tabs = {}
    count = 0
    for language, named in product(LANGUAGES, PAGES):
        if names and named.name not in names:
            continue
        key = named.who, language
        if key not in tabs:
            tabs[key] = devices(world, world.people.get(named.who), language)
        for size in SIZES:
            page = tabs[key].page
            page.set_viewport_size(size)
            named.open(tabs[key], world)
            if named.act:
                named.act(tabs[key], world)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                name = f"{named.name}-{size['width']}-{scheme}-{language}.png"
                page.screenshot(path=folder / name, full_page=True)
                count += 1
    devices.close()
    return count


def main(arguments: Sequence[str]) -> str | int:
    """Take the pictures; returns the exit code, or the sentence that explains it."""
    if not arguments:
        return "Say where: python -m tests.journeys.pictures FOLDER [NAME …]"
    found = executable()
    if found is None:
        return MISSING
    folder, names = Path(arguments[0]), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=found, args=OPTIONS
                )
                count = photograph(browser, world, folder, names)
                browser.close()
        finally:
            world.close()
    sys.stdout.write(f"{count} pictures in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
