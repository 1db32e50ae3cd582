"""What is done at a page before it is looked at: its errors, its answers."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.person import Person
from tests.journeys.world import World
from tests.make.account import PASSWORD

CHECKED = 60_000  # ms: the rules are compiled for the first one
Act = Callable[[Person, World], None]
NOTE = "Préfère les exemples de la caisse.\nÀ revoir jeudi, après la fournée."


def press(button: str, summary: str = "main .notice.error") -> Act:
    """A form sent as it is: its errors are shown."""

    def pressed(person: Person, _world: World) -> None:
        person.press(button)
        expect(person.page.locator(summary).first).to_be_visible()

    return pressed


def emptied(person: Person, world: World) -> None:
    """A cohort without its name, sent."""
    person.write("Name of the cohort", "")
    press("Keep these changes")(person, world)


def refused_in(fold: str, button: str) -> Act:
    """The form that something hides, sent as it is: its error is beside its field."""

    def pressed(person: Person, world: World) -> None:
        person.page.locator(f"#{fold} > summary").click()
        press(button, f"#{fold} .field > .notice.error")(person, world)

    return pressed


UNFOLD = """() => {
  const cell = document.querySelector("main td details");
  const all = document.querySelectorAll("main details:not(td *)");
  for (const one of [...all, cell].filter(Boolean)) one.open = true;
}"""


def unfold(person: Person, _world: World) -> None:
    """Everything that opens is open, and one cell of a grid."""
    person.page.evaluate(UNFOLD)


def tried(person: Person, _world: World) -> None:
    """The first question of a lesson, answered."""
    place = person.page.locator(".try").first
    place.locator("label.option").first.click()
    place.get_by_role("button").last.click()
    expect(person.page.locator(".try .review").first).to_be_visible()


def checked(person: Person, _world: World) -> None:
    """An invoice that the official rules have looked at."""
    person.press("Have the official rules check it")
    verdict = person.page.locator("[data-check=done] .steps")
    expect(verdict).to_be_visible(timeout=CHECKED)


# One of each: new, twice, without its last name, with figures; a column left aside.
LIST = """Prénom\tNom\tCourriel
Zoé\tDurand\tzoe@exemple.fr
DIALLO\tFatou
Zoé\tDurand

Marc
Chloé\tGarnier 2
Ada\tLovelace"""


def listed(person: Person, _world: World | None = None) -> None:
    """A list pasted, and checked."""
    person.page.locator("#pasted").fill(LIST)
    person.press("Check this list")
    expect(person.page.locator("main table.cards")).to_be_visible()


# Of forty boxes ticked, so many stay so.
KEEP = """count => [...document.querySelectorAll("[name=who]:checked")].slice(count)
    .forEach(box => { box.checked = false })"""
CLASS = 12  # each slip has its own square: a class of twelve is what is weighed


def nobody_ticked(person: Person, world: World) -> None:
    """Slips asked for, and for nobody."""
    person.page.evaluate(KEEP, 0)
    press("Make the slips")(person, world)


def printed(person: Person, _world: World) -> None:
    """Slips for a class, among those who have no password yet, ticked already."""
    person.page.evaluate(KEEP, CLASS)
    person.press("Make the slips")
    expect(person.page.locator(".slips > li")).to_have_count(CLASS)


def late(person: Person, world: World) -> None:
    """A note sent after too long."""
    person.write("A new note", NOTE)
    world.goes_away(person.page.context)
    person.press("Keep this note")
    person.at("Sign in")
    person.reads("What you had written is kept: sign in, and it will be shown to you.")


def late_and_back(person: Person, world: World) -> None:
    """The same, and its author has signed in again."""
    late(person, world)
    person.write("Sign-in name", world.people["away"].login)
    person.write("Password", PASSWORD)
    person.press("Sign in")
    person.at("You were writing this. Send it now?")


def torn(person: Person, world: World) -> None:
    """Two devices, two answers; what was not chosen the time before is forgotten."""
    person.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    person.page.reload()
    world.answers_elsewhere()
    person.page.locator("label.option").first.click()
    person.press("Keep my answer")
    person.at("Two answers to one question: which one counts?")
