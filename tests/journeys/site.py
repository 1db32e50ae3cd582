"""A server with its people: made by the services, read from outside."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import BrowserContext

from course.app import create_app
from course.base import clock, migrations
from course.base.db import db
from course.base.settings import Settings
from course.domain.profile import Trade
from course.domain.reading import read
from course.domain.rights import Role
from course.features.account.models import User
from course.features.catalogue import services as catalogue
from course.features.centre import services as centres
from course.features.progress.services import Deed, Verb, record
from tests.make.account import make_guest, make_user
from tests.make.centre import make_centre
from tests.make.library import FILES, write
from tests.make.server import ROOT, Server

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with an account, and the session that is open for them."""

    id: int
    name: str
    login: str
    session: str
    language: str


class Site:
    """An instance, the application on it in this process, and its server.

    Pages come from the server alone; the application here only makes people.
    """

    def __init__(self, folder: Path, files: Mapping[str, str] | None = None) -> None:
        content = ROOT if files is None else write(folder / "content", files)
        self.server = Server(folder / "instance", content)
        self.app = create_app(Settings.from_environment(self.server.settings))
        # Playwright's event loop is in the main thread, where Flask refuses to close
        # what may be asynchronous: services are called in another one.
        self.thread = ThreadPoolExecutor(1)
        self.do(lambda: migrations.upgrade(db.engine))
        self.do(lambda: catalogue.sync_folder(content))
        today = date(2026, 11, 23)  # only dated facts would read it
        self.library = read(catalogue.read_folder(content), today)[0]

    def do(self, deed: Callable[[], T]) -> T:
        """Call services; what comes back is plain, or was loaded already."""

        def inside() -> T:
            with self.app.app_context():
                return deed()

        return self.thread.submit(inside).result()

    def close(self) -> None:
        """End the server, and let go of the database."""
        self.server.stop()
        self.do(_let_go)
        self.thread.shutdown()

    def account(
        self, name: str, language: str = "fr", role: Role | None = None, **more: Any
    ) -> Account:
        """An account that may sign in with tests.make.account.PASSWORD."""
        return self.do(
            lambda: self.signed_in(
                make_user(name, role=role, language=language, **more)
            )
        )

    def guest(self, language: str = "fr") -> Account:
        """Somebody who tries."""
        return self.do(lambda: self.signed_in(make_guest(language)))

    def signed_in(self, user: User) -> Account:
        """The session that this person's browser would have; inside `do` only."""
        signer = self.app.session_interface.get_signing_serializer(self.app)
        session = signer.dumps({"_user_id": user.get_id(), "_fresh": True})
        language = user.language or "fr"
        return Account(user.id, user.name, user.login or "", session, language)

    def goes_away(self, context: BrowserContext) -> None:
        """As if nothing had been done at this device for an hour."""
        [cookie] = [one for one in context.cookies() if one["name"] == "session"]
        signer = self.app.session_interface.get_signing_serializer(self.app)
        session = signer.loads(cookie["value"])
        session["seen"] = int(time.time() // 60) - 60
        self.comes(context, signer.dumps(session))

    def comes(self, context: BrowserContext, session: str) -> None:
        """A device with this session."""
        cookie = {"name": "session", "value": session, "url": self.server.url}
        context.add_cookies([cookie])

    def tries(
        self, lesson: str, language: str, trade: Trade | None = None
    ) -> dict[str, Any]:
        """The questions of a lesson, in the words of a trade."""
        page = self.library.lesson(lesson).page(language, trade, None)
        asked = [block for block in page.blocks if block.kind == "try"]
        return {block.name: block.question for block in asked}

    def submissions(self, account: Account | int) -> list[tuple[int, str]]:
        """(position, answer) of all that somebody sent, the oldest first."""
        number = account if isinstance(account, int) else account.id
        return self.server.rows(
            "SELECT item.position, submission.answer FROM submission"
            " JOIN item ON item.id = item_id JOIN attempt ON attempt.id = attempt_id"
            " WHERE user_id = ? ORDER BY submission.id",
            number,
        )


def _let_go() -> None:
    db.engine.dispose()


def followed(site: Site, language: str) -> tuple[Account, int]:
    """A trainer and the cohort of three that they follow; inside `do` only."""
    trainer = make_user("Grace Hopper", language=language)
    centre = make_centre(trainer=trainer)
    cohort = centres.create_cohort(trainer, centre.id, "Novembre")
    long_ago = clock.now() - timedelta(days=20)
    for name, done in (("Inès Martin", 2), ("Luc Moreau", 1), ("Zoé Durand", 0)):
        user = make_user(name, language=language)
        centres.join_cohort(user, cohort)
        for key in ("premiere", "seconde")[:done]:
            record(Deed(user.id, Verb.READ, "lesson", key, long_ago, f"{key}-read"))
    return site.signed_in(trainer), cohort.id


# A quiz whose only question is the same for everybody.
SHORT = "court"
SHORT_FR = """\
---
mode: check
pass: 70
draw: 1
minutes: 1
---

# Une question

## cable {fixed}

Un PC affiche une alerte. Que débranchez-vous ?

- [ ] L'écran
  > L'écran ne fait que montrer.
- [x] Le câble du réseau
  > Oui. La menace perd son chemin.

> Sans réseau, la menace est seule. [Revoir : le câble](lesson:premiere#cable)
"""
SHORT_EN = """\
---
mode: check
pass: 70
draw: 1
minutes: 1
---

# One question

## cable {fixed}

A PC shows an alert. What do you unplug?

- [ ] The screen
  > The screen only shows.
- [x] The cable of the network
  > Yes. The threat loses its road.

> Without a network, the threat is alone. [See again: the cable](lesson:premiere#cable)
"""
SMALL = {
    **FILES,
    f"quizzes/{SHORT}.fr.md": SHORT_FR,
    f"quizzes/{SHORT}.en.md": SHORT_EN,
}
