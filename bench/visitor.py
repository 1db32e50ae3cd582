"""Who asks: a signed-in person, a way to send requests, and forms that are filled."""

import contextvars
import gzip
import http.client
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from bench.installation import HOST, PATIENCE
from course.features.account.entry import open_session
from course.features.account.models import User

Fields = Iterable[tuple[str, str]]
AGENT = "bench"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
REDIRECTS = range(300, 400)


class RefusedError(RuntimeError):
    """A reply that the bench did not expect; says which."""


GZIP = b"\x1f\x8b"  # how what is compressed begins


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person whose session is open."""

    user_id: int
    cookie: str
    token: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    location: str
    sent: bytes

    @property
    def body(self) -> bytes:
        """What was sent, unpacked as a browser does."""
        packed = self.sent.startswith(GZIP)
        return gzip.decompress(self.sent) if packed else self.sent


# method, path, headers, body → reply
Door = Callable[[str, str, Mapping[str, str], bytes | None], Reply]


def signed_in(app: Flask, people: Iterable[User]) -> list[Visitor]:
    """Sessions as signing in makes them, without the slow word of a password."""
    return [contextvars.Context().run(_sign_in, app, user) for user in people]


def _sign_in(app: Flask, user: User) -> Visitor:
    signer = app.session_interface.get_signing_serializer(app)
    with app.test_request_context():
        # A browser keeps the cookie that is renewed once a minute; a visitor here has
        # one for the whole run, which would be renewed at each request.
        open_session(user, lasting=True)
        token = generate_csrf()
        signed = signer.dumps(dict(session))
    return Visitor(user.id, f"{app.config['SESSION_COOKIE_NAME']}={signed}", token)


@dataclass(slots=True)
class Asking:
    """Requests through one door, each of them timed."""

    door: Door
    seconds: list[float] = field(default_factory=list)

    def get(self, visitor: Visitor | None, path: str) -> Reply:
        """Ask for a page, as a link does, and go where it leads."""
        reply = self._send("GET", path, visitor)
        while reply.status in REDIRECTS:
            reply = self._send("GET", reply.location, visitor)
        if reply.status != http.client.OK:
            raise RefusedError(f"GET {path}: {reply.status} {reply.body[:300]!r}")
        return reply

    def post(self, visitor: Visitor, path: str, fields: Fields = ()) -> Reply:
        """Send a form without a script; the reply says where to go."""
        fields = [("csrf_token", visitor.token), *fields]
        reply = self._send("POST", path, visitor, fields)
        if reply.status not in REDIRECTS:
            raise RefusedError(f"POST {path}: {reply.status} {reply.body[:300]!r}")
        return reply

    def post_by_script(self, visitor: Visitor, path: str, fields: Fields) -> Reply:
        """Send a form as course.js does."""
        headers = {"Accept": JSON, "X-CSRFToken": visitor.token}
        return self._send("POST", path, visitor, fields, headers)

    def _send(
        self,
        method: str,
        path: str,
        visitor: Visitor | None,
        fields: Fields | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Reply:
        headers = {
            "Accept": "text/html",
            "Accept-Encoding": "gzip",
            "User-Agent": AGENT,
        }
        headers |= more or {}
        if visitor is not None:
            headers["Cookie"] = visitor.cookie
        body = None
        if fields is not None:
            headers["Content-Type"] = FORM
            body = urlencode(list(fields)).encode()
        began = time.perf_counter()
        reply = self.door(method, path, headers, body)
        self.seconds.append(time.perf_counter() - began)
        return reply


class Line:
    """One keep-alive connection to a server."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)

    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Reply:
        """Send one request and read the whole reply."""
        self.connection.request(method, path, body, dict(headers))
        response = self.connection.getresponse()
        location = _path(response.headers.get("Location", ""))
        return Reply(response.status, location, response.read())

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


def inside(app: Flask) -> Door:
    """The application in this process, without a network."""
    client = app.test_client(use_cookies=False)

    def door(
        method: str, path: str, headers: Mapping[str, str], body: bytes | None
    ) -> Reply:
        # In an empty context: a request must not find what another one remembered.
        response = contextvars.Context().run(
            client.open, path, method=method, headers=dict(headers), data=body
        )
        return Reply(
            response.status_code,
            _path(response.headers.get("Location", "")),
            response.get_data(),
        )

    return door


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class AnswerForm(HTMLParser):
    """The form of a question: where it goes, and what may be put into it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.boxes: list[tuple[str, str]] = []
        self.choices: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}
        self.words: dict[str, str] = {}
        self.hint = ""
        self._inside = self._hinting = False
        self._list: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note each field of the form."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "data-answer" in values
            self.action = values["action"] if self._inside else self.action
        elif self._inside and tag == "input":
            self._note_input(values)
        elif self._inside and tag == "select":
            self._list = values["name"]
            self.lists[self._list] = []
        elif self._inside and tag == "option":
            self._note_option(values)
        elif self._inside and values.get("class") == "hint":
            self._hinting = True

    def _note_input(self, values: dict[str, str]) -> None:
        kind, name = values.get("type", "text"), values.get("name", "")
        if kind == "radio":
            self.choices.setdefault(name, values["value"])
        elif kind == "checkbox":
            self.boxes.append((name, values["value"]))
        elif kind == "text":
            number = values.get("inputmode") == "decimal"
            self.words[name] = "12" if number else "routeur"

    def _note_option(self, values: dict[str, str]) -> None:
        if self._list is not None and values.get("value") != "":
            # An option without a value says its text: places go from 1.
            options = self.lists[self._list]
            options.append(values.get("value", str(len(options) + 1)))

    def handle_endtag(self, tag: str) -> None:
        """Leave what was entered."""
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._list = None
        elif tag == "p":
            self._hinting = False

    def handle_data(self, data: str) -> None:
        """Read how many boxes should be ticked."""
        if self._hinting:
            self.hint += data

    def filled(self, client: str | None = None) -> list[tuple[str, str]]:
        """An answer that can be read, right or wrong, with its own id."""
        wanted = re.search(r"\d+", self.hint)
        boxes = self.boxes[: int(wanted[0]) if wanted else 1]
        lists = [
            (name, options[place % len(options)])
            for place, (name, options) in enumerate(self.lists.items())
        ]
        said = [*self.choices.items(), *boxes, *lists, *self.words.items()]
        return [*said, ("client", client or secrets.token_hex(16))]
