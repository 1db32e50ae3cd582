"""Both labs done to full marks by every hand; what is refused; a network that goes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from course.domain.lab import Action, Lab
from tests.journeys.desk import CLIENT, Desk, Fingers, Mouse
from tests.journeys.person import DESK, PHONE, Person
from tests.journeys.site import Account, Site

LABS = ("console", "envoi")
WAITING = "No network: what you did is kept here, and will leave by itself."


@pytest.fixture(scope="module")
def centre(tmp_path_factory) -> Iterator[Site]:
    """A server of the real content."""
    site = Site(tmp_path_factory.mktemp("labs"))
    site.server.start()
    yield site
    site.close()
    assert site.server.crashes() == []


@pytest.fixture
def ada(centre, language) -> Account:
    return centre.account("Ada Lovelace", language)


def lab_of(site: Site, key: str) -> Lab:
    """A lab in the words of who has not said their trade."""
    return site.library.lab(key).for_trade(None)


def begins(person: Person, key: str, button: str = "Begin the check") -> None:
    person.go(f"/labs/{key}")
    person.press(button)
    expect(person.page.locator("[data-lab]")).to_be_visible()


def ready(person: Person) -> Person:
    """Once its script is there: before, forms are sent as plain ones."""
    expect(person.page.locator("[data-lab][data-ready]")).to_be_visible()
    return person


def is_passed(person: Person, lab: Lab) -> None:
    person.at("The lab is yours")
    points = person.page.locator("main .progress")
    expect(points).to_contain_text(
        person.says(
            "%(points)s points out of %(out_of)s; %(mark)s are needed.",
            points=f"{lab.out_of:g}",
            out_of=f"{lab.out_of:g}",
            mark=f"{lab.pass_mark:g}",
        )
    )
    expect(person.page.locator(".goal")).to_have_count(len(lab.goals))


@pytest.mark.parametrize("key", LABS)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_lab_is_done_with_a_mouse_or_a_thumb(centre, device, ada, key, size):
    person, lab = device(centre, ada, size=size), lab_of(centre, key)
    desk = Desk(person, Mouse())
    begins(person, key)

    desk.plays(lab)
    desk.end()

    is_passed(person, lab)


@pytest.mark.parametrize("key", LABS)
def test_a_desk_is_no_wider_than_a_small_phone(centre, device, ada, key):
    person = device(centre, ada, size={"width": 320, "height": 640})

    begins(person, key)

    assert person.page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("key", LABS)
def test_a_lab_is_done_with_the_keyboard_alone(centre, device, ada, key):
    person, lab = device(centre, ada), lab_of(centre, key)
    desk = Desk(person, Fingers(person.page))
    begins(person, key)

    desk.plays(lab)
    desk.end()

    is_passed(person, lab)


@pytest.mark.parametrize("key", LABS)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_lab_is_done_without_script(centre, device, ada, key, size):
    person = device(centre, ada, size=size, java_script_enabled=False)
    lab = lab_of(centre, key)
    desk = Desk(person, Mouse())
    begins(person, key)

    desk.plays(lab)
    desk.end()

    is_passed(person, lab)


# ---- What goes wrong


@pytest.fixture
def learner(centre, device, ada) -> Person:
    """Ada practises at a desk."""
    person = device(centre, ada)
    begins(person, "console", "Practise")
    return ready(person)


def actions(site: Site, account: Account) -> list[str]:
    """What somebody did, as the database knows it."""
    return [
        name
        for (name,) in site.server.rows(
            "SELECT action.name FROM action JOIN run ON run.id = run_id"
            " WHERE user_id = ? ORDER BY action.id",
            account.id,
        )
    ]


def said(person: Person):
    return person.page.locator(".said")


def named(person: Person, message: str, about: str = ""):
    """The button of the console with these words."""
    words = " ".join(filter(None, [person.says(message), about and person.says(about)]))
    panel = person.page.locator("[data-panel=antivirus]")
    return panel.get_by_role("button", name=words, exact=True)


def test_a_refusal_says_why_beside_the_button_and_loses_nothing(learner, centre, ada):
    button = named(learner, "Warn by phone")

    button.click()

    alert = learner.page.locator("[data-panel=antivirus] [role=alert]")
    expect(alert).to_have_text(learner.says("Tick at least one person to warn."))
    expect(button).to_be_focused()
    assert actions(centre, ada) == []

    learner.page.locator("[data-panel=antivirus] .option").first.click()
    button.click()
    expect(said(learner)).to_be_visible()
    expect(alert).to_have_count(0)


def test_who_has_no_script_reads_why_as_well(centre, device, ada):
    person = device(centre, ada, size=PHONE, java_script_enabled=False)
    begins(person, "console")
    Desk(person, Mouse()).panel("antivirus")

    named(person, "Warn by phone").click()

    alert = person.page.locator("main [role=alert]")
    expect(alert).to_contain_text(person.says("Tick at least one person to warn."))
    expect(person.page.locator("[data-panel=antivirus]")).to_be_visible()


def test_what_is_pressed_twice_is_done_once(learner, centre, ada):
    named(learner, "Update", "the list of threats").dblclick()

    expect(said(learner)).to_be_visible()
    learner.page.reload()
    assert actions(centre, ada) == ["update"]


def test_the_focus_goes_to_what_took_the_place(learner):
    named(learner, "Switch on", "the protection").press("Enter")

    expect(named(learner, "Switch off", "the protection")).to_be_focused()
    expect(learner.page.locator("#live")).to_have_text(
        learner.says("You switched the protection on.")
    )


def test_what_comes_of_it_is_read_first_and_can_be_taken_back(learner, centre, ada):
    desk = Desk(learner, Mouse())
    panel = learner.page.locator("[data-panel=antivirus]")
    trap = panel.locator('form:has([value="modele"]):has([value="delete"]) button')

    desk.acts(trap.click)

    heading = learner.page.locator(".event h2")
    expect(heading).to_be_focused()
    desk.acts(learner.button("Go back to before").click)
    expect(heading).to_have_count(0)
    expect(trap).to_be_visible()
    assert actions(centre, ada) == ["decide", "undo"]


def test_what_is_done_without_network_waits_and_leaves_by_itself(learner, centre, ada):
    network, live = learner.page.context, learner.page.locator("#live")
    network.set_offline(True)

    named(learner, "Update", "the list of threats").click()
    expect(live).to_have_text(learner.says(WAITING))
    named(learner, "Switch on", "the protection").click()
    expect(live).to_have_text(learner.says(WAITING))
    assert actions(centre, ada) == []

    network.set_offline(False)
    expect(said(learner)).to_contain_text(
        learner.says("You updated the list of threats.")
    )
    named(learner, "Switch on", "the protection").click()
    expect(said(learner)).to_contain_text(
        learner.says("You switched the protection on.")
    )
    assert actions(centre, ada) == ["update", "protect"]


def test_what_waits_survives_a_closed_page(learner, centre, ada):
    network, address = learner.page.context, learner.page.url
    network.set_offline(True)
    named(learner, "Update", "the list of threats").click()
    expect(learner.page.locator("#live")).to_have_text(learner.says(WAITING))
    learner.page.goto("about:blank")

    network.set_offline(False)
    learner.go(address)

    expect(said(learner)).to_contain_text(
        learner.says("You updated the list of threats.")
    )
    assert actions(centre, ada) == ["update"]


def test_two_tabs_share_one_desk(learner, device, centre, ada):
    other = device.tab(learner.page.context, ada.language)
    other.go(learner.page.url)
    ready(other)
    Desk(other, Mouse()).acts(named(other, "Update", "the list of threats").click)

    Desk(learner, Mouse()).acts(named(learner, "Switch on", "the protection").click)

    expect(named(learner, "Update", "the list of threats")).to_have_count(0)
    assert actions(centre, ada) == ["update", "protect"]


def test_one_goes_back_and_forth_between_the_panels_of_a_phone(centre, device, ada):
    person = device(centre, ada, size=PHONE)
    begins(person, "envoi")
    ready(person)
    mission, files, mail = (
        person.page.locator(f"[data-panel={name}]")
        for name in ("mission", "explorer", "mailbox")
    )
    expect(mission).to_be_visible()
    expect(files).to_be_hidden()

    person.page.locator("[data-tab=explorer]").click()
    person.page.locator("[data-tab=mailbox]").click()
    expect(mail).to_be_visible()

    person.page.go_back()
    expect(files).to_be_visible()
    person.page.go_forward()
    expect(mail).to_be_visible()
    expect(files).to_be_hidden()


def test_what_comes_of_it_is_in_sight_on_a_phone(centre, device, ada):
    person = device(centre, ada, size=PHONE)
    begins(person, "console")
    desk = Desk(ready(person), Mouse())

    desk.do(Action("antivirus", "open", {}))
    desk.do(Action("antivirus", "move", {"post": "workshop", "place": "cupboard"}))

    expect(person.page.locator(".event h2")).to_be_in_viewport(ratio=1)
    expect(person.button("Go back to before")).to_be_in_viewport(ratio=1)


def test_who_has_read_what_comes_of_it_looks_elsewhere(centre, device, ada):
    person = device(centre, ada)
    begins(person, "envoi")
    desk = Desk(ready(person), Mouse())
    desk.do(Action("mailbox", "write", {}))
    desk.do(Action("mailbox", "send", {"to": ["lookalike"]}))
    heading = person.page.locator(".event h2")
    expect(heading).to_be_focused()

    person.page.locator("[data-panel=mailbox] .boxes a").last.click()

    expect(person.page.locator(".boxes .here a")).to_be_focused()
    expect(heading).to_be_visible()


def test_who_changes_what_a_button_stood_for_stays_where_it_was(centre, device, ada):
    person = device(centre, ada, size=PHONE)
    begins(person, "console")
    desk = Desk(ready(person), Mouse())

    desk.do(Action("antivirus", "open", {}))

    here = person.page.locator(":focus")
    expect(here).to_have_text(person.says("The desk"))
    expect(here).to_be_in_viewport(ratio=1)

    desk.do(Action("antivirus", "ask", {"item": "modele"}))
    expect(here).to_have_text(
        {"fr": "modele-devis.xlsm"}.get(ada.language, "quote-template.xlsm")
    )


def test_each_tab_of_a_phone_holds_its_words(centre, device, ada):
    person = device(centre, ada, size=PHONE)
    begins(person, "envoi")

    for tab in person.page.locator("[data-tab]").all():
        wide = tab.evaluate("tab => [tab.scrollWidth, tab.clientWidth]")
        assert wide[0] <= wide[1], tab.inner_text()


def test_why_a_file_is_too_heavy_is_said_where_one_looks(centre, device, ada):
    person = device(centre, ada, size=PHONE)
    begins(person, "envoi")
    desk = Desk(ready(person), Mouse())
    desk.do(Action("mailbox", "write", {}))
    panel = person.page.locator("[data-panel=mailbox]")

    panel.locator("[name=item]").select_option("video")
    button = panel.locator('button[value="mailbox.attach"]')
    button.click()

    alert = panel.get_by_role("alert")
    expect(alert).to_be_in_viewport(ratio=1)
    expect(button).to_be_in_viewport(ratio=1)
    expect(person.page.locator("#live")).to_be_empty()

    panel.locator("[name=item]").select_option("sales")
    desk.acts(button.click)
    expect(alert).to_have_count(0)


# ---- Files and messages


@pytest.fixture
def writer(centre, device, ada) -> Person:
    """Ada writes a message, the files beside it."""
    person = device(centre, ada)
    begins(person, "envoi", "Practise")
    ready(person)
    desk = Desk(person, Mouse())
    desk.acts(person.page.locator('form:has([value="mailbox.write"]) button').click)
    return person


def test_what_is_typed_survives_an_act_elsewhere_and_a_reload(writer):
    subject = writer.page.locator("#mailbox-subject")
    subject.fill("Octobre")
    desk = Desk(writer, Mouse())

    opening = '[data-panel=explorer] form:has([value="explorer.open"]) button'
    desk.acts(writer.page.locator(opening).first.click)
    expect(subject).to_have_value("Octobre")

    writer.page.reload()
    expect(subject).to_have_value("Octobre")


def test_a_file_is_dragged_into_a_message(writer, centre, ada):
    file = writer.page.locator('[data-drag="item=sales"]')
    place = writer.page.locator('[data-receive^="mailbox.attach"]')

    Desk(writer, Mouse()).acts(lambda: file.drag_to(place))

    lines = place.get_by_role("listitem")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text(writer.says("attached"))
    assert actions(centre, ada) == ["write", "attach"]


def test_a_file_is_looked_for_without_leaving_the_desk(writer):
    writer.page.locator("#mailbox-subject").fill("Octobre")
    client = writer.page.locator(CLIENT).get_attribute("value") or ""
    field = writer.page.locator("[data-panel=explorer] [type=search]")
    field.locator("xpath=ancestor::details/summary").click()

    field.fill({"fr": "releve", "en": "statement"}[writer.language])
    field.press("Enter")

    expect(writer.page.locator(CLIENT)).not_to_have_value(client)
    expect(writer.page.locator("[data-drag]")).to_have_count(2)
    expect(writer.page.locator("#mailbox-subject")).to_have_value("Octobre")
