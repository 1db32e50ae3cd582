"""Invoices made and received by every hand, in three trades; refused and mended."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from course.domain.lab import Lab
from course.domain.profile import Profile, Trade
from course.features.account import services as accounts
from course.features.account.queries import user_by_id
from tests.journeys.desk import Fingers, Hands, Mouse
from tests.journeys.office import INVOICING, Office
from tests.journeys.person import DESK, PHONE, Person
from tests.journeys.site import Account, Site
from tests.journeys.test_labs import begins, is_passed, ready


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Iterator[Site]:
    """A server of the real content."""
    site = Site(tmp_path_factory.mktemp("invoicing"))
    site.server.start()
    yield site
    site.close()
    assert site.server.crashes() == []


@pytest.fixture
def ada(centre, language) -> Account:
    return centre.account("Ada Lovelace", language)


def works_as(site: Site, account: Account, trade: Trade) -> None:
    """Their trade is said: names and figures are its own."""
    site.do(
        lambda: (
            accounts.save_profile(user_by_id(account.id), Profile(trade=trade)) and None
        )
    )


def lab_of(site: Site, key: str, trade: Trade | None = None) -> Lab:
    return site.library.lab(key).for_trade(trade)


def does(person: Person, lab: Lab, hands: Hands) -> None:
    """All of it, from the mission to the review."""
    office = Office(person, hands)
    begins(person, lab.key)
    office.plays(lab)
    office.end()
    is_passed(person, lab)


@pytest.mark.parametrize(
    ("size", "trade"),
    [(DESK, Trade.FITTER), (PHONE, Trade.BAKER)],
    ids=["desk-fitter", "phone-baker"],
)
def test_a_day_of_invoices_is_done_with_a_mouse_or_a_thumb(
    centre, device, ada, size, trade
):
    works_as(centre, ada, trade)

    does(device(centre, ada, size=size), lab_of(centre, "devis", trade), Mouse())


def test_a_day_of_invoices_is_done_with_the_keyboard_alone(centre, device, ada):
    works_as(centre, ada, Trade.CLEANING)
    person = device(centre, ada)

    does(person, lab_of(centre, "devis", Trade.CLEANING), Fingers(person.page))


@pytest.mark.parametrize(
    ("size", "trade"),
    [(DESK, Trade.BAKER), (PHONE, Trade.CLEANING)],
    ids=["desk-baker", "phone-cleaning"],
)
def test_a_day_of_invoices_is_done_without_script(centre, device, ada, size, trade):
    works_as(centre, ada, trade)
    person = device(centre, ada, size=size, java_script_enabled=False)

    does(person, lab_of(centre, "devis", trade), Mouse())


def test_received_invoices_are_answered_with_or_without_script(
    centre, device, ada, language
):
    # Once in each way: what the languages share needs no more.
    person = device(centre, ada, java_script_enabled=language == "fr")

    does(person, lab_of(centre, "recues"), Mouse())


# ---- What goes wrong

STAYS = (
    "%(number)s is issued: it is never deleted, or its number would be missing."
    " Correct an invoice by a credit note."
)
GAP = (
    "This number would leave a gap: numbers follow each other."
    " The next one is %(next)s: leave the field empty."
)
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


@pytest.fixture
def clerk(centre, device, ada, script) -> Office:
    """Ada practises, on a PC that runs scripts or not."""
    person = device(centre, ada, java_script_enabled=script)
    begins(person, "devis", "Practise")
    if script:
        ready(person)
    return Office(person, Mouse())


def runs(office: Office, lab: Lab, run: str, upto: int) -> None:
    """The beginning of a recorded run."""
    [sample] = [each for each in lab.samples if each.name == run]
    for _line, action in sample.actions[:upto]:
        office.do(action)


def count(site: Site, account: Account) -> int:
    """How many actions were kept."""
    [(found,)] = site.server.rows(
        "SELECT COUNT(*) FROM action JOIN run ON run.id = run_id WHERE user_id = ?",
        account.id,
    )
    return found


def saying(office: Office, message: str, about: str = ""):
    """The button with these words."""
    words = f"{office.person.says(message)} {about}".strip()
    panel = office.page.locator(f"[data-panel={INVOICING}]")
    return panel.get_by_role("button", name=words, exact=True)


@SCRIPT
def test_an_issued_invoice_is_never_deleted(clerk, script, centre, ada):
    paper = clerk.open("f0112", "invoices")
    about = clerk.person.says("Invoice %(number)s", number="F-2026-0112")

    saying(clerk, "Delete", about).click()

    # Beside what was pressed; where no script runs, at the top of the page.
    place = f"[data-panel={INVOICING}] form " if script else "main "
    alert = clerk.page.locator(f"{place}[role=alert]")
    expect(alert).to_have_text(clerk.person.says(STAYS, number="F-2026-0112"))
    expect(paper).to_be_visible()
    assert count(centre, ada) == 0


@SCRIPT
def test_a_number_that_breaks_the_series_is_refused_beside_its_field(
    clerk, script, centre, ada
):
    runs(clerk, lab_of(centre, "devis"), "plein", upto=2)
    number = clerk.page.locator("#invoicing-fill-number")
    days = clerk.page.locator("#invoicing-fill-days")
    days.fill("30")
    number.fill("F-2026-0125")

    saying(clerk, "Issue").click()

    field = clerk.page.locator(".field:has(> #invoicing-fill-number)")
    expect(field).to_contain_text(clerk.person.says(GAP, next="F-2026-0118"))
    expect(number).to_have_value("F-2026-0125")
    expect(days).to_have_value("30")
    assert count(centre, ada) == 2

    number.fill("")
    clerk.acts(saying(clerk, "Issue").click)
    clerk.person.reads("Invoice %(number)s", number="F-2026-0118")
    assert count(centre, ada) == 3


@pytest.mark.parametrize("script", [True], ids=["script"])
def test_what_a_platform_sends_back_is_mended_and_keeps_its_number(clerk, centre, ada):
    lab = lab_of(centre, "devis")
    runs(clerk, lab, "siren-oublie", upto=3)
    expect(clerk.page.locator(".event h2")).to_be_focused()
    paper = clerk.page.locator("article:has(#bill-made-1)")
    expect(paper).to_contain_text(clerk.person.says("Rejected by a platform"))

    clerk.page.locator("#invoicing-again-siren").fill("987 654 321")
    clerk.acts(saying(clerk, "Issue again").click)

    expect(clerk.page.locator(".event")).to_have_count(0)
    expect(paper).to_contain_text(clerk.person.says("Deposited on the platform"))
    expect(paper.get_by_role("heading")).to_have_text(
        clerk.person.says("Invoice %(number)s", number="F-2026-0118")
    )
    assert count(centre, ada) == 4
