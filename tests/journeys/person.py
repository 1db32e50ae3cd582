"""Somebody at a device: reads one language, presses, writes, and answers questions."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Locator, Page, expect

from course.base.i18n import translations
from tests.journeys.answers import Move, moves

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def says(language: str, message: str, **values: Any) -> str:
    """What the interface says for an English message, in a language."""
    said = translations(language).gettext(message)
    return said % values if values else said.replace("%%", "%")


def says_many(language: str, one: str, many: str, count: int) -> str:
    """The same, for a sentence that counts."""
    said = translations(language).ngettext(one, many, count)
    return said % {"num": count}


class Person:
    """Finds things as people do: by what they are and what they are called."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language

    def says(self, message: str, **values: Any) -> str:
        """The words of this person's language."""
        return says(self.language, message, **values)

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def heading(self, message: str, **values: Any) -> Locator:
        """The page's title."""
        name = self.says(message, **values)
        return self.page.get_by_role("heading", level=1, name=name, exact=True)

    def button(self, message: str, **values: Any) -> Locator:
        """A button by its words."""
        name = self.says(message, **values)
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, message: str, **values: Any) -> Locator:
        """A link by its words."""
        name = self.says(message, **values)
        return self.page.get_by_role("link", name=name, exact=True)

    def press(self, message: str, **values: Any) -> None:
        """Press a button."""
        self.button(message, **values).click()

    def follow(self, message: str, **values: Any) -> None:
        """Follow a link."""
        self.link(message, **values).click()

    def write(self, label: str, text: str) -> None:
        """Fill a field."""
        self.page.get_by_label(self.says(label), exact=True).fill(text)

    def at(self, message: str, **values: Any) -> None:
        """The page with this title is open."""
        expect(self.heading(message, **values)).to_be_visible()

    def reads(self, message: str, **values: Any) -> None:
        """This can be read somewhere."""
        sees(self.page, self.says(message, **values))

    # ---- Questions

    @property
    def question(self) -> Locator:
        """The fields of the question shown, in a quiz."""
        return self.page.locator("#main fieldset.question")

    @property
    def asked(self) -> str:
        """The short name of the question shown."""
        return self.question.get_attribute("data-question") or ""

    def moves(self, question: Any, place: Locator | None = None) -> Iterator[Move]:
        """The gestures of the right answer, once the whole page is there."""
        place = place or self.question
        expect(place).to_be_visible()
        self.page.wait_for_load_state("domcontentloaded")
        return moves(place, question, self.language)

    def answer(self, question: Any, place: Locator | None = None) -> None:
        """Give the right answer with a mouse or a thumb."""
        for move in self.moves(question, place):
            do(move)

    def keep(self) -> None:
        """Keep the answer, and wait for what comes next."""
        self.turns(lambda: self.press("Keep my answer"))

    def turns(self, deed: Callable[[], None]) -> None:
        """Do what changes the page, and wait until it has changed."""
        old = self.page.locator("#main h1").element_handle()
        deed()
        self.page.wait_for_function("old => !old.isConnected", arg=old)

    def take(self, quiz: Any) -> int:
        """Answer all the questions that wait, rightly; how many there were."""
        expect(self.question).to_be_visible()
        count = 0
        while self.question.count():
            self.answer(quiz.question(self.asked))
            self.keep()
            count += 1
        return count


def sees(page: Page, text: str) -> None:
    """This text is shown somewhere on the page."""
    expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()


def do(move: Move) -> None:
    """One gesture of an answer."""
    if move.deed == "tick":
        # The card is hit, as a thumb would; a second time would untick it.
        if not move.field.is_checked():
            move.field.locator("xpath=ancestor::label").click()
    elif move.deed == "write":
        move.field.fill(move.value)
    elif move.deed == "choose":
        move.field.select_option(value=move.value)
    else:
        for _time in range(int(move.value)):
            move.field.click()
