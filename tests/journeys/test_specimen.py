"""From the lab to the electronic invoice: read, taken away, checked by the rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from course.domain.lab import Action
from course.domain.profile import Trade
from tests.journeys.acts import CHECKED
from tests.journeys.desk import Fingers, Mouse
from tests.journeys.office import INVOICING, Office
from tests.journeys.person import DESK, PHONE, Person
from tests.journeys.site import Account, Site
from tests.journeys.test_invoicing import lab_of, works_as
from tests.journeys.test_labs import begins

CLEAN = "All the rules are respected: a platform would take it."
NUMBER = "F-2026-0118"
BUSY, DONE = "[data-check=busy]", "[data-check=done]"


@pytest.fixture
def centre(tmp_path) -> Iterator[Site]:
    """A server of the real content, that has checked nothing: one sees the progress."""
    site = Site(tmp_path)
    site.server.start()
    yield site
    site.close()
    assert site.server.crashes() == []


@pytest.fixture
def ada(centre, language) -> Account:
    return centre.account("Ada Lovelace", language)


def issues(person: Person, site: Site, run: str, upto: int, trade: Trade) -> Office:
    """The beginning of a recorded run, until the invoice is issued."""
    office = Office(person, Mouse())
    lab = lab_of(site, "devis", trade)
    [sample] = [each for each in lab.samples if each.name == run]
    begins(person, lab.key, "Practise")
    for _line, action in sample.actions[:upto]:
        office.do(whole(action))
    return office


def whole(action: Action) -> Action:
    """With every mention that the rules want: the lab asks for two of them."""
    if action.name != "fill":
        return action
    mentions = ["penalty", "recovery", "discount"]
    return Action(INVOICING, "fill", {**action.fields, "mentions": mentions})


def opens(person: Person, hands: Mouse | Fingers) -> None:
    """From the software to the specimen."""
    if isinstance(hands, Fingers):
        person.page.reload()  # the mouse was used so far: its focus shows no ring
    hands.press(person.link("See the electronic invoice (specimen)"))
    invoice = person.says("Invoice %(number)s", number=NUMBER)
    person.at("%(title)s: the document and its data", title=invoice)


def taken(person: Person, hands: Mouse | Fingers, link: str) -> tuple[str, bytes]:
    """A file, by its name and what is in it."""
    with person.page.expect_download() as waiting:
        hands.press(person.link(link))
    found = waiting.value
    return found.suggested_filename, Path(found.path()).read_bytes()


def asks(person: Person, hands: Mouse | Fingers) -> None:
    """Ask for the check; it is told to be under way before it is told to be over."""
    button = person.button("Have the official rules check it")
    with person.page.expect_navigation() as waiting:
        hands.press(button)
    assert 'data-check="busy"' in waiting.value.text()


def look_again(person: Person, hands: Mouse | Fingers) -> None:
    """By hand, as often as it takes."""
    link = person.link("Look again")
    while person.page.locator(BUSY).count():
        person.page.wait_for_timeout(300)  # nobody presses faster
        hands.press(link)
        person.page.wait_for_load_state()


def verdict(person: Person) -> Locator:
    """What is said once it is over."""
    over = person.page.locator(DONE)
    expect(over).to_be_visible(timeout=CHECKED)
    expect(over.locator(".steps > li")).to_have_count(3)
    return over.get_by_role("status")


def lit(person: Person, place: str) -> Locator:
    """What the last link led to: it is in sight, and its address says so."""
    target = person.page.locator(f"#{place}:target")
    expect(target).to_be_in_viewport()
    return target


@pytest.mark.parametrize(
    ("size", "hand", "script", "trade"),
    [
        (DESK, "mouse", True, Trade.FITTER),
        (PHONE, "mouse", False, Trade.CLEANING),
        (PHONE, "keys", True, Trade.BAKER),
    ],
    ids=["desk-mouse", "phone-plain", "phone-keyboard"],
)
def test_an_issued_invoice_is_read_taken_away_and_checked(
    centre, device, ada, size, hand, script, trade
):
    works_as(centre, ada, trade)
    person = device(centre, ada, size=size, java_script_enabled=script)
    hands = Fingers(person.page) if hand == "keys" else Mouse()
    issues(person, centre, "plein", 4, trade)

    opens(person, hands)
    hands.press(person.page.locator("#doc-bt-1"))
    row = lit(person, "data-bt-1")
    expect(row).to_contain_text(NUMBER)
    hands.press(row.get_by_role("link"))
    expect(lit(person, "doc-bt-1")).to_have_text(NUMBER)

    name, pdf = taken(person, hands, "The Factur-X file (PDF)")
    assert (name, pdf[:5]) == (f"{NUMBER}.pdf", b"%PDF-")
    name, xml = taken(person, hands, "The data alone (XML)")
    assert name == f"{NUMBER}.xml"
    assert b"CrossIndustryInvoice" in xml
    assert NUMBER.encode() in xml

    asks(person, hands)
    if not script:
        look_again(person, hands)
    expect(verdict(person)).to_have_text(person.says(CLEAN))
    expect(person.page.locator(f"{DONE} .steps > .passed")).to_have_count(3)
    expect(person.page.locator(".lack")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_the_rules_see_leads_to_its_place_and_is_mended(
    centre, device, ada, script
):
    # The platform of the lab and the official rules reject it for the same reason.
    works_as(centre, ada, Trade.FITTER)
    person = device(centre, ada, java_script_enabled=script)
    hands = Mouse()
    office = issues(person, centre, "siren-oublie", 3, Trade.FITTER)
    opens(person, hands)
    asks(person, hands)
    if not script:
        look_again(person, hands)

    expect(verdict(person)).to_contain_text("1")
    [lack] = person.page.locator(".lack").all()
    expect(lack).to_contain_text("SIREN")
    hands.press(person.link("See the place in the document"))
    expect(lit(person, "doc-bt-47")).to_have_text(person.says("not filled in"))

    person.page.locator("nav.crumbs, .crumbs").get_by_role("link").last.click()
    office.open("made-1", "invoices")
    office.page.locator("#invoicing-again-siren").fill("987 654 321")
    office.acts(lambda: person.press("Issue again"))
    opens(person, hands)
    with person.page.expect_navigation():
        person.press("Have the official rules check it")
    if not script:
        look_again(person, hands)

    expect(verdict(person)).to_have_text(person.says(CLEAN))
