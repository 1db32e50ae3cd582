"""Forty people join and start within one minute, behind one address, and none waits."""

import argparse
import http.client
import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from random import Random
from statistics import quantiles
from threading import Thread
from urllib.parse import urlencode

from bench.installation import KINDS, Installation, installation, opened
from bench.visitor import FORM, JSON, REDIRECTS, Line, Reply
from course.domain.rights import Role
from course.features.account import services as accounts
from course.features.centre import services as centres

PEOPLE = 40
MINUTE = 60.0  # from the first who arrives to the last who has started
PAUSE = (0.5, 2.0)  # seconds somebody looks at a page
LIMIT = 1.0  # seconds, for 95 requests in a hundred
STEPS = 12  # pages between the code and the first lesson, at most
NAMES = ("Camille", "Dominique", "Claude", "Maxime", "Sacha")


@dataclass(slots=True)
class Formed:
    """A form of a page: where it goes, and what is in its fields."""

    action: str
    marks: frozenset[str]
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page, and the addresses of its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Formed] = []
        self.links: list[str] = []
        self.assets: list[str] = []
        self._open = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what can be sent, followed or loaded."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Formed(values.get("action", ""), frozenset(values)))
            self._open = True
        elif tag == "a":
            self.links.append(values.get("href", ""))
        elif tag in {"link", "script"}:
            self.assets.append(values.get("href") or values.get("src") or "")
        elif tag == "input" and self._open:
            self._note(values)

    def _note(self, values: dict[str, str]) -> None:
        """Hidden and written fields as they are; the first of the radio buttons."""
        kind, name = values.get("type", "text"), values.get("name", "")
        if name and kind not in {"checkbox", "submit"}:
            self.forms[-1].fields.setdefault(name, values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave the form."""
        if tag == "form":
            self._open = False

    def going_to(self, words: str) -> Formed | None:
        """The first form whose address holds these words."""
        return next((one for one in self.forms if words in one.action), None)


class UnexpectedError(RuntimeError):
    """A reply that somebody in a classroom would not understand."""


class Person(Thread):
    """Somebody with a phone, who arrives, joins, and opens the first lesson."""

    def __init__(
        self, port: int, code: str, number: int, arrives: float, rng: Random
    ) -> None:
        super().__init__(daemon=True)
        self.line, self.code, self.rng, self.arrives = Line(port), code, rng, arrives
        # Every fifth name comes again: a class has its two Maries.
        self.name = f"{NAMES[number % len(NAMES)]} Martin"
        self.cookies: SimpleCookie = SimpleCookie()
        self.page, self.path = "", ""
        self.waits: list[tuple[str, float]] = []
        self.failure = ""
        self.started_at = 0.0

    def run(self) -> None:
        """From the code to the first thing done."""
        time.sleep(self.arrives)
        try:
            self._join()
            self._begin()
        except (OSError, http.client.HTTPException, UnexpectedError) as failure:
            self.failure = f"{type(failure).__name__}: {failure}"
        finally:
            self.started_at = time.perf_counter()
            self.line.close()

    def _join(self) -> None:
        self._get(f"/join?code={self.code}")
        for asset in Forms(self.page).assets:
            if asset.startswith("/"):
                self._send("GET", asset)
        form = self._form("/join/")
        # Three words of one's own.
        said = {"name": self.name, "password": f"mes trois {secrets.token_hex(4)}"}
        self._post(form, said)
        for _ in range(STEPS):
            form = Forms(self.page).going_to("/welcome") or Forms(self.page).going_to(
                "/profile"
            )
            if form is None:
                if self.path in {"/welcome", "/profile"}:
                    form = self._form("")
                else:
                    return
            self._post(form, {})

    def _begin(self) -> None:
        found = [link for link in Forms(self.page).links if "/lessons/" in link]
        if not found:
            raise UnexpectedError(f"no lesson on {self.path}")
        self._get(found[0])
        self._try()
        form = self._form("/read")
        self._post(form, {})

    def _try(self) -> None:
        """Answer the first question of the lesson, as the script does."""
        form = next((f for f in Forms(self.page).forms if "data-try" in f.marks), None)
        if form is None:
            raise UnexpectedError(f"nothing to try on {self.path}")
        token = form.fields.pop("csrf_token", "")
        headers = {"Accept": JSON, "X-CSRFToken": token}
        reply = self._send("POST", form.action or self.path, form.fields, headers)
        if reply.status != http.client.OK:
            raise UnexpectedError(f"{form.action}: {reply.status}")

    def _form(self, words: str) -> Formed:
        own = [f for f in Forms(self.page).forms if "csrf_token" in f.fields]
        inside = [f for f in own if words in (f.action or self.path)]
        chosen = [f for f in inside if not f.action.startswith("/language")]
        chosen = [f for f in chosen if not f.action.startswith("/sign-out")]
        if not chosen:
            raise UnexpectedError(f"no form to {words!r} on {self.path}")
        return chosen[0]

    def _get(self, path: str) -> None:
        self._pause()
        self._follow(self._send("GET", path), path)

    def _post(self, form: Formed, said: dict[str, str]) -> None:
        self._pause()
        path = form.action or self.path
        reply = self._send("POST", path, form.fields | said)
        if reply.status not in REDIRECTS:
            raise UnexpectedError(f"POST {path}: {reply.status}")
        self._follow(reply, path)

    def _follow(self, reply: Reply, path: str) -> None:
        while reply.status in REDIRECTS:
            path = reply.location
            reply = self._send("GET", path)
        if reply.status != http.client.OK:
            raise UnexpectedError(f"GET {path}: {reply.status}")
        self.page, self.path = reply.body.decode(), path.partition("?")[0]

    def _pause(self) -> None:
        time.sleep(self.rng.uniform(*PAUSE))

    def _send(
        self,
        method: str,
        path: str,
        fields: dict[str, str] | None = None,
        more: dict[str, str] | None = None,
    ) -> Reply:
        headers = {"Accept": "text/html", "Accept-Encoding": "gzip"} | (more or {})
        if self.cookies:
            kept = self.cookies.values()
            headers["Cookie"] = "; ".join(f"{one.key}={one.value}" for one in kept)
        body = None
        if fields is not None:
            headers["Content-Type"] = FORM
            body = urlencode(fields).encode()
        began = time.perf_counter()
        self.line.connection.request(method, path, body, headers)
        response = self.line.connection.getresponse()
        sent = response.read()
        for cookie in response.headers.get_all("Set-Cookie", ()):
            self.cookies.load(cookie)
        what = re.sub(r"/[^/]*\d[^/]*", "/…", path.partition("?")[0])
        what = re.sub(r"^(/static).*", r"\1", what)
        self.waits.append((f"{method} {what}", time.perf_counter() - began))
        return Reply(response.status, response.headers.get("Location", ""), sent)


def prepared(place: Installation) -> str:
    """A centre, a trainer and a cohort; returns its code."""
    with opened(place.app()):
        trainer = accounts.create_user("Une formatrice", None, role=Role.TRAINER)
        centre = centres.create_centre("Centre")
        return centres.create_cohort(trainer, centre.id, "Quarante").code


def class_of(port: int, code: str, burst: float, seed: int) -> list[Person]:
    """Forty people who arrive within so many seconds."""
    rng = Random(seed)
    return [
        Person(port, code, number, rng.uniform(0, burst), Random(rng.random()))
        for number in range(PEOPLE)
    ]


def report(people: list[Person], seconds: float) -> bool:
    """Print what they met; whether nobody would have noticed anything."""
    waits = [wait for person in people for wait in person.waits]
    times = [seconds for _what, seconds in waits]
    p95 = quantiles(times, n=20)[-1]
    failures = Counter(person.failure for person in people if person.failure)
    say(f"people {PEOPLE}, requests {len(times)}, in {seconds:.1f} s")
    say(f"refused or in error: {failures.total()}")
    for failure, count in failures.items():
        say(f"  {count} × {failure}")
    say(
        f"waiting: median {quantiles(times, n=2)[0] * 1000:.0f} ms, "
        f"p95 {p95 * 1000:.0f} ms, longest {max(times) * 1000:.0f} ms"
    )
    slow = sorted(waits, key=lambda wait: wait[1])[-5:]
    say("longest: " + ", ".join(f"{what} {took * 1000:.0f} ms" for what, took in slow))
    return not failures and p95 < LIMIT and seconds < MINUTE


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Let a class of forty in; 1 when somebody was refused or waited too long."""
    parser = argparse.ArgumentParser(prog="bench.joining", description=__doc__)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    parser.add_argument(
        "--within", type=float, default=30.0, help="seconds in which they arrive"
    )
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(arguments)
    with installation(given.database) as place:
        place.prepare()
        code = prepared(place)
        server = place.serve()
        try:
            server.seconds_to(_listens)
            people = class_of(server.port, code, given.within, given.seed)
            began = time.perf_counter()
            for person in people:
                person.start()
            for person in people:
                person.join(MINUTE * 2)
            seconds = max(person.started_at for person in people) - began
        finally:
            server.stop()
    say(f"database {given.database}, arriving within {given.within:.0f} s")
    return 0 if report(people, seconds) else 1


def _listens(port: int) -> bool:
    try:
        Line(port)("GET", "/healthz", {}, None)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
