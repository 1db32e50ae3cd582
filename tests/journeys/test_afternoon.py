"""The first real afternoon: a trainer, eleven people, and what goes wrong in one."""

import csv
import re
import time
from datetime import datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.keys import Keys
from tests.journeys.person import Person, says_many
from tests.journeys.room import AFTERNOON, EVENING, Room
from tests.journeys.site import Site
from tests.make.account import PASSWORD

LISTED = ("Inès Martin", "Karim Benali", "Lucie Petit", "Paul Durand")
ON_ONE_PC = ("Sofia Leroy", "Tom Garnier")
NEW_PASSWORD = "une autre phrase longue"
STANDING = "SELECT * FROM standing ORDER BY user_id, kind, key"
KEPT = "() => Object.keys(localStorage).length + Object.keys(sessionStorage).length"
NOTE = "On le reprend ensemble demain, à la pause."
PATIENCE = 10  # seconds for what a page sends as it goes


@pytest.fixture
def room(tmp_path, device):
    """A server of the real lessons, and a trainer."""
    site = Site(tmp_path)
    yield Room(site, device)
    site.close()


def test_the_first_real_afternoon(room):
    opens_the_cohort(room)
    imports_six_people(room)
    ines = joins_with_double_clicks(room)
    is_another_of_the_same_name(room)
    loses_the_network_then_has_two_devices(room)
    forgets_her_password_then_fails_four_times(room)
    has_two_tabs(room)
    share_a_pc(room)
    comes_back_to_the_evening(room)
    joins_twice(room)
    tries_then_joins(room)
    guesses(room)
    has_no_mouse(room)
    has_no_script(room)

    passes_and_prints(room, ines)
    is_followed(room)
    is_exported(room)
    rebuilding_changes_nothing(room)
    assert room.rows("SELECT 1 FROM cohort WHERE archived_at IS NOT NULL") == []
    assert room.faults() == []


# ---- The trainer begins


def opens_the_cohort(room: Room) -> None:
    trainer, today = room.trainer, room.today
    trainer.go("/cohorts")
    trainer.follow("Create a cohort")
    trainer.write("Name of the cohort", AFTERNOON)
    for label, text in (
        ("Where it takes place", "Salle 2, Marseille"),
        ("First day", today.isoformat()),
        ("Last day", today.isoformat()),
    ):
        trainer.page.get_by_label(trainer.says(label)).fill(text)
    trainer.press("Create the cohort")
    trainer.at("Join the cohort “%(name)s”", name=AFTERNOON)
    trainer.reads("Salle 2, Marseille")
    spelled = trainer.page.get_by_role("img", name=re.compile(r"^(\w ){5}\w$"))
    room.code = (spelled.get_attribute("aria-label") or "").replace(" ", "")


def imports_six_people(room: Room) -> None:
    trainer = room.follows()
    trainer.page.locator(".empty").get_by_role(
        "link", name=trainer.says("Import a list")
    ).click()
    pasted = "\n".join(name.replace(" ", "\t") for name in (*LISTED, *ON_ONE_PC))
    trainer.write("Or paste the list here", pasted)
    trainer.press("Check this list")
    trainer.reads("Nothing is added yet.")
    one, many = "Add this person", "Add these %(num)s people"
    said = says_many(trainer.language, one, many, 6)
    trainer.page.get_by_role("button", name=said).click()
    room.makes_slips()
    assert len(set(room.slips.values())) == 6
    room.prints(trainer, "Print the slips")


# ---- People come in


def joins_with_double_clicks(room: Room) -> Person:
    """On a phone, with the code; everything is pressed twice."""
    ines = room.by_code(room.phone(), "Inès Martin", press=Locator.dblclick)
    ines.link("Begin").dblclick()
    expect(ines.page).to_have_url(re.compile(f"/lessons/{room.lessons[0]}$"))
    return ines


def is_another_of_the_same_name(room: Room) -> None:
    """She was on the list; nowhere is an e-mail address asked for."""
    other = room.by_slip(room.desk(), "ines.martin", "Inès Martin")
    for path in ("/join", f"/join/{room.code}", "/sign-in", "/my-data"):
        other.go(path)
        expect(other.page.locator("[type=email], [autocomplete=email]")).to_have_count(
            0
        )
    room.reads(other, room.lessons[0])
    of_this_name = room.rows("SELECT login FROM user WHERE name = 'Inès Martin'")
    assert sorted(of_this_name) == [("ines.martin",), ("ines.martin2",)]


def loses_the_network_then_has_two_devices(room: Room) -> None:
    karim = room.by_slip(room.phone(), "karim.benali", "Karim Benali")
    room.begins(karim)
    karim.page.context.set_offline(True)
    room.answers(karim)
    karim.press("Keep my answer")
    karim.reads("One answer waits for the network. It will leave by itself.")
    karim.page.context.set_offline(False)
    room.is_at(karim, 2)

    desk = room.desk()
    room.signs_in(desk, "Karim Benali")  # as people write their sign-in name
    desk.follow("Resume")
    room.is_at(desk, 2)
    desk.press("I do not know")
    room.is_at(desk, 3)
    room.answers(karim)
    karim.press("Keep my answer")
    karim.at("Two answers to one question: which one counts?")
    karim.press("Keep the answer given here")
    room.is_at(karim, 3)


def forgets_her_password_then_fails_four_times(room: Room) -> None:
    phone = room.by_slip(room.phone(), "lucie.petit", "Lucie Petit")
    desk = room.desk()
    room.signs_in(desk, "lucie.petit", "je ne sais plus")
    desk.reads("Password lost? Your trainer can print a new slip for you.")
    trainer = room.looks_at("Lucie Petit")
    trainer.follow("New slip")
    old = room.slips["lucie.petit"]
    room.makes_slips()
    assert room.slips["lucie.petit"] != old
    assert PASSWORD not in trainer.page.content()

    lucie = desk
    lucie.go("/join")
    lucie.write("Your cohort's code", room.slips["lucie.petit"].lower())
    lucie.press("Find my cohort")
    lucie.write("Choose a new password", NEW_PASSWORD)
    lucie.press("Keep this password")
    phone.go("/path")
    phone.at("Sign in")

    for time_ in range(4):
        if time_:
            room.a_minute_passes("lucie.petit")
        room.begins(lucie)
        lucie.turns(lambda: lucie.press("I do not know"))
        lucie.follow("All the questions, and the end")
        lucie.press("End, and see the reasons")
        lucie.at("Not yet")
    room.looks_at("Lucie Petit")
    trainer.write("A new note", NOTE)
    trainer.press("Keep this note")
    trainer.reads("The note is kept. %(name)s can read it.", name="Lucie Petit")
    lucie.go("/path")
    lucie.follow("Notes from my trainer")
    lucie.reads(NOTE)


def has_two_tabs(room: Room) -> None:
    paul = room.by_slip(room.desk(), "paul.durand", "Paul Durand")
    room.begins(paul)
    other = room.device.tab(paul.page.context, "fr")
    other.go(paul.page.url)
    room.answers(paul)
    paul.keep()
    room.is_at(paul, 2)
    other.go("/path")
    other.follow("Resume")
    room.is_at(other, 2)
    other.follow("All the questions, and the end")
    other.press("End, and see the reasons")
    other.at("Not yet")
    room.answers(paul)
    paul.press("Keep my answer")
    told = "This attempt is over: your answers were kept, this one came too late."
    expect(paul.page.get_by_role("alert")).to_have_text(paul.says(told))


def share_a_pc(room: Room) -> None:
    """Sofia leaves, Tom sits down; a customer comes in while he reads."""
    first, second = ON_ONE_PC
    pc = room.by_slip(room.desk(), "sofia.leroy", first)
    room.reads(pc, room.lessons[0])
    pc.press("Sign out")
    expect(pc.page).to_have_url(f"{room.site.server.url}/")
    assert pc.page.evaluate(KEPT) == 0
    pc.page.go_back()
    pc.at("Sign in")

    room.by_slip(pc, "tom.garnier", second)
    assert first not in pc.page.content()
    pc.follow("Begin")
    heading = pc.page.locator("article h2[id]").nth(1)
    title, anchor = heading.inner_text(), heading.get_attribute("id")
    heading.evaluate("place => place.scrollIntoView()")
    pc.go("/help")
    until = time.monotonic() + PATIENCE
    his = "SELECT 1 FROM bookmark WHERE anchor = ?"  # Sofia has left one too
    while time.monotonic() < until and not room.rows(his, anchor):
        time.sleep(0.05)
    pc.go("/path")
    expect(pc.page.locator(".where")).to_contain_text(title)
    pc.follow("Resume")
    expect(pc.page.locator(f"#{anchor}")).to_be_in_viewport()


def comes_back_to_the_evening(room: Room) -> None:
    """Sofia changes cohorts, with all she did."""
    trainer = room.looks_at("Sofia Leroy")
    trainer.follow("Move to another cohort")
    trainer.page.get_by_label(trainer.says("New cohort")).select_option(
        label=f"{EVENING} – Centre de Marseille"
    )
    trainer.press("Move to this cohort")
    room.follows()
    expect(trainer.page.locator("main")).not_to_contain_text("Sofia")
    room.looks_at("Sofia Leroy", EVENING)
    card = trainer.page.locator(f"#module-{room.module.key}")
    expect(card).to_contain_text(trainer.says("%(done)s of %(all)s", done=1, all=5))
    sofia = room.phone()
    room.signs_in(sofia, "sofia.leroy")
    sofia.reads("Lesson %(place)s of %(count)s", place=2, count=3)


def joins_twice(room: Room) -> None:
    """Two accounts, made one, parted, and made one again."""
    phone = room.by_code(room.phone(), "Noé Garnier")
    room.reads(phone, room.lessons[0])
    desk = room.by_code(room.desk(), "Noé Garnier")
    room.reads(desk, room.lessons[1])
    merges(room)
    phone.go(f"/modules/{room.module.key}")
    phone.reads("%(done)s of %(count)s done", done=2, count=5)
    room.trainer.press("Undo: two accounts again")
    phone.page.reload()
    phone.reads("%(done)s of %(count)s done", done=1, count=5)
    merges(room)
    room.trainer.reads("noe.garnier2")
    phone.page.reload()
    phone.reads("%(done)s of %(count)s done", done=2, count=5)
    room.signs_in(room.desk(), "noe.garnier2")
    desk.go("/path")
    desk.at("Sign in")


def merges(room: Room) -> None:
    trainer = room.follows()
    room.unfolds("Manage this cohort")
    trainer.follow("Merge two accounts")
    pair = {"one": "noe.garnier", "other": "noe.garnier2"}
    trainer.follow("Compare %(one)s and %(other)s", **pair)
    trainer.at("Is it the same person?")
    trainer.press("Merge, and keep %(login)s", login="noe.garnier")
    trainer.at("Journal of the cohort")


def tries_then_joins(room: Room) -> None:
    guest = room.phone()
    guest.go("/")
    guest.press("Try a lesson, 5 minutes")
    guest.press("I have read it: next lesson")
    expect(guest.page).to_have_url(re.compile(f"/{room.lessons[1]}$"))
    guest.go("/path")
    guest.follow("Join my group")
    guest.write("Your cohort's code", room.code.lower())
    guest.press("Find my cohort")
    guest.write("First name and last name", "Fatou Diallo")
    guest.write("Choose a password", PASSWORD)
    guest.press("Join this cohort")
    guest.press("I have read it, go on")
    guest.press("Skip all four")
    guest.reads("Lesson %(place)s of %(count)s", place=2, count=3)


def guesses(room: Room) -> None:
    """Four answers, each faster than one reads."""
    zoe = room.by_code(room.phone(), "Zoé Moreau")
    room.begins(zoe)
    for place in range(1, 5):
        room.is_at(zoe, place)
        room.answers(zoe)
        zoe.keep()


def has_no_mouse(room: Room) -> None:
    marc = room.desk()
    keys, page = Keys(marc.page), marc.page
    marc.go(f"/join/{room.code}")
    label = marc.says
    keys.write(page.get_by_label(label("First name and last name")), "Marc Lefèvre")
    keys.write(page.get_by_label(label("Choose a password"), exact=True), PASSWORD)
    keys.press(marc.button("Join this cohort"))
    marc.at("Welcome, %(name)s", name="Marc Lefèvre")
    keys.press(marc.button("I have read it, go on"))
    marc.at("Four questions about your work")
    keys.press(marc.button("Skip all four"))
    marc.at("My path")
    keys.press(marc.link("Begin"))
    expect(page.locator("article h1")).to_be_visible()
    keys.press(marc.button("I have read it: next lesson"))
    expect(page).to_have_url(re.compile(f"/lessons/{room.lessons[1]}$"))


def has_no_script(room: Room) -> None:
    annie = room.by_code(room.phone(java_script_enabled=False), "Annie Faure")
    annie.follow("Begin")
    annie.press("I have read it: next lesson")
    expect(annie.page).to_have_url(re.compile(f"/lessons/{room.lessons[1]}$"))
    room.begins(annie)
    room.answers(annie)
    annie.press("Keep my answer")
    room.is_at(annie, 2)


def passes_and_prints(room: Room, ines: Person) -> None:
    room.works(ines)
    assert ines.take(room.quiz) == room.quiz.draw
    ines.press("End, and see the reasons")
    ines.reads("Your passport is stamped.")
    ines.follow("See my stamp")
    expect(ines.page.locator(f"#stamp-{room.module.key} .stamp")).to_be_in_viewport()
    room.prints(ines, "Print")


# ---- The trainer ends


def is_followed(room: Room) -> None:
    trainer = room.follows()
    one, many = "%(num)s learner", "%(num)s learners"
    said = says_many(trainer.language, one, many, 11)
    expect(trainer.page.locator("main .lead")).to_contain_text(said)
    needs = trainer.page.locator(".reasons > li")
    stuck = needs.filter(has_text="Lucie Petit")
    expect(stuck).to_contain_text(trainer.says("Stuck"))
    tries = trainer.says(
        "%(num)s tries at the quiz “%(title)s” (module %(place)s), not passed yet.",
        num=4,
        title=room.quiz.title.say("fr"),
        place=1,
    )
    expect(stuck).to_contain_text(tries)
    hasty = needs.filter(has_text="Zoé Moreau")
    expect(hasty).to_contain_text(trainer.says("Answers too fast"))
    for login in ("ines.martin", "ines.martin2"):
        expect(
            trainer.page.locator(".grid-table").get_by_text(login, exact=True)
        ).to_be_visible()


def is_exported(room: Room) -> None:
    trainer, page = room.trainer, room.trainer.page
    sheets = []
    for words in ("for a spreadsheet (XLSX)", "for other programs (CSV)"):
        with page.expect_download() as download:
            trainer.follow(words)
        sheets.append(download.value.path())
    workbook, text = sheets
    book = openpyxl.load_workbook(BytesIO(workbook.read_bytes()))
    [head, *rows] = book.worksheets[0].iter_rows(values_only=True)
    by_login = {row[1]: row for row in rows}
    today = datetime.combine(room.today, datetime.min.time())
    assert len(head) == len(rows[0]) == room.columns
    assert len(by_login) == 11
    name, _login, state, _minutes, best, stamp, *_other = by_login["ines.martin2"]
    assert (name, state, best, stamp) == ("Inès Martin", "Fait", 1, today)
    assert by_login["lucie.petit"][2:6:2] == ("Ça bloque", 0)
    assert by_login["karim.benali"][-1] == today
    lines = list(csv.reader(StringIO(text.read_text("utf-8-sig")), delimiter=";"))
    assert [line[:3] for line in lines[1:]] == [list(row[:3]) for row in rows]


def rebuilding_changes_nothing(room: Room) -> None:
    before = room.rows(STANDING)
    room.site.server.run("progress", "rebuild")
    assert room.rows(STANDING) == before
