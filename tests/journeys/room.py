"""A centre on the first afternoon: its server, its trainer, the code and the slips."""

import json
import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from course.base import clock
from course.base.db import db, transaction
from course.domain.rights import Role
from course.features.account.queries import user_by_id
from course.features.centre import services as centres
from course.features.quiz.models import Attempt
from tests.journeys.desk import Desk, Mouse
from tests.journeys.person import PHONE, Person
from tests.journeys.site import Site
from tests.make.account import PASSWORD

AFTERNOON, EVENING = "Artisans de l’après-midi", "Artisans du soir"
LOST = 500


class Room:
    """Where everybody sits: people come in with a device and a code, or a slip."""

    def __init__(self, site: Site, device: Any) -> None:
        self.site, self.device = site, device
        grace = site.account("Grace Hamelin", role=Role.TRAINER)
        site.do(lambda: _names(grace.id))
        site.server.start()
        self.trainer = device(site, grace)
        self.today = clock.now().astimezone(ZoneInfo("Europe/Paris")).date()
        self.code = ""
        self.slips: dict[str, str] = {}
        module = site.library.modules[0]
        self.module, self.lessons = module, [each.key for each in module.lessons]
        self.quiz = site.library.quiz(module.quiz or "").for_trade(None)

    def phone(self, **more: Any) -> Person:
        """A new telephone."""
        return self.device(self.site, size=PHONE, has_touch=True, **more)

    def desk(self, **more: Any) -> Person:
        """A new PC."""
        return self.device(self.site, **more)

    # ---- Coming in

    def by_code(self, person: Person, name: str, press: Any = Locator.click) -> Person:
        """With the code on the poster; the first page is the path."""
        person.go("/")
        person.follow("I have a group code")
        person.write("Your cohort's code", self.code)
        press(person.button("Find my cohort"))
        person.at("Join the cohort “%(name)s”", name=AFTERNOON)
        person.write("First name and last name", name)
        person.write("Choose a password", PASSWORD)
        press(person.button("Join this cohort"))
        self._settles(person, name, press)
        return person

    def by_slip(self, person: Person, login: str, name: str) -> Person:
        """With what is written on a slip."""
        person.go("/join")
        person.write("Your cohort's code", self.slips[login])
        person.press("Find my cohort")
        person.reads("You open the account “%(name)s”.", name=name)
        person.write("Choose a new password", PASSWORD)
        person.press("Keep this password")
        if person.heading("Welcome, %(name)s", name=name).count():
            self._settles(person, name, Locator.click)
        return person

    def _settles(self, person: Person, name: str, press: Any) -> None:
        person.at("Welcome, %(name)s", name=name)
        press(person.button("I have read it, go on"))
        person.at("Four questions about your work")
        press(person.button("Skip all four"))
        person.at("My path")

    def signs_in(self, person: Person, login: str, password: str = PASSWORD) -> None:
        """By hand."""
        person.go("/sign-in")
        person.write("Sign-in name", login)
        person.write("Password", password)
        person.press("Sign in")

    # ---- Learning

    def reads(self, person: Person, lesson: str) -> None:
        """A lesson, to its end."""
        person.go(f"/lessons/{lesson}")
        last = lesson == self.lessons[-1]
        to = "to the lab" if last else "next lesson"
        person.press(f"I have read it: {to}")
        expect(person.page).not_to_have_url(re.compile(f"/{lesson}$"))

    def works(self, person: Person) -> None:
        """The lab of the module to its end, then the questions."""
        lab = self.site.library.lab(self.module.lab or "").for_trade(None)
        person.go(f"/labs/{lab.key}")
        person.press("Begin the check")
        desk = Desk(person, Mouse())
        desk.plays(lab)
        desk.end()
        person.at("The lab is yours")
        self.begins(person)

    def begins(self, person: Person) -> None:
        """The check of the module."""
        person.go(f"/quizzes/{self.quiz.key}")
        person.press("Begin the check")
        expect(person.question).to_be_visible()

    def answers(self, person: Person) -> None:
        """The question shown, rightly; it is not sent yet."""
        person.answer(self.quiz.question(person.asked))

    def is_at(self, person: Person, place: int) -> None:
        """The question of this place is shown."""
        count = self.quiz.draw
        person.reads("question %(place)s of %(count)s", place=place, count=count)

    def prints(self, person: Person, words: str) -> None:
        """What a button prints; no printer is asked."""
        page = person.page
        page.evaluate("window.print = () => document.body.classList.add('printed')")
        person.press(words)
        expect(page.locator("body.printed")).to_be_attached()

    # ---- The trainer

    def follows(self, name: str = AFTERNOON) -> Person:
        """The trainer, at the page of a cohort."""
        self.trainer.go("/cohorts")
        self.trainer.page.get_by_role("link", name=name).click()
        expect(self.trainer.page.locator("main h1")).to_have_text(name)
        return self.trainer

    def looks_at(self, name: str, cohort: str = AFTERNOON) -> Person:
        """The trainer, at the page of a learner, whose tools are unfolded."""
        trainer = self.follows(cohort)
        trainer.page.get_by_role("link", name=name).first.click()
        expect(trainer.page.locator("main h1")).to_have_text(name)
        self.unfolds("Manage this account")
        return trainer

    def unfolds(self, words: str) -> None:
        """What is folded."""
        said = self.trainer.says(words)
        self.trainer.page.locator("summary", has_text=said).click()

    def makes_slips(self) -> None:
        """For the people ticked: their codes are then known by sign-in name."""
        page = self.trainer.page
        self.trainer.press("Make the slips")
        expect(page.locator(".slips li").first).to_be_visible()
        for slip in page.locator(".slips li").all():
            login, _address, word = slip.locator("dd").all_inner_texts()
            self.slips[login] = word

    @property
    def columns(self) -> int:
        """Of a cohort's sheet: who, four for each module, two for its lab, when."""
        modules = self.site.library.modules
        return 3 + 4 * len(modules) + 2 * sum(bool(each.lab) for each in modules)

    # ---- What is kept

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Of the database."""
        return self.site.server.rows(statement, *values)

    def a_minute_passes(self, login: str) -> None:
        """As if: the checks of this person ended two minutes earlier."""
        [(number,)] = self.rows("SELECT id FROM user WHERE login = ?", login)
        self.site.do(lambda: _earlier(number))

    def faults(self) -> list[str]:
        """Requests that the server answered with a fault of its own."""
        said = self.site.server.said().splitlines()
        told = [line for line in said if line.startswith("{")]
        return [line for line in told if json.loads(line).get("status", 0) >= LOST]


def _names(trainer: int) -> None:
    centre = centres.create_centre("Centre de Marseille")
    centres.add_trainer(centre, user_by_id(trainer))
    centres.create_cohort(user_by_id(trainer), centre.id, EVENING)


@transaction()
def _earlier(user: int) -> None:
    ended = db.session.query(Attempt).filter(Attempt.ended_at.is_not(None))
    for attempt in ended.filter_by(user_id=user):
        attempt.ended_at = clock.now() - timedelta(minutes=2)
