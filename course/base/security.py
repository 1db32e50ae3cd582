# pyright: standard
"""Headers, sessions that end, and doors that close after too many failures."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionMixin,
)
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from course.base import clock
from course.base.db import Model, db, deed

csrf = CSRFProtect()
WINDOW = timedelta(minutes=15)
# A colleague mistypes four or five times; a machine never stops. Forty people of one
# class share an address, and each may mistype.
PER_NAME, PER_ADDRESS = 10, 300
# What a session says: who is signed in, the minute of the last sign, who was before.
PERSON, SEEN, GONE = "_user_id", "seen", "gone"
# The cookie by which a script signs out without network: the key of who has left.
LEFT = "left"


class Cookies(SecureCookieSessionInterface):
    """Sessions in signed cookies, Secure exactly when the page is https."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie; one that nobody has used for too long signs nobody in."""
        found = super().open_session(app, request)
        if found is None or PERSON not in found:
            return found
        if LEFT in request.cookies and _has_left(found, request.cookies[LEFT]):
            _end(found)
        elif not found.permanent:
            _watch(found, app.config["SETTINGS"].idle)
        return found

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Plain http on a classroom's network must work."""
        return request.is_secure

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Leave out what is the same for everybody: it would depend on cookies."""
        if not response.cache_control.public:
            super().save_session(app, session, response)


def _has_left(found: SecureCookieSession, key: str) -> bool:
    person = int(found[PERSON].partition(".")[0])
    return hmac.compare_digest(key.encode(), person_key(person).encode())


def minute() -> int:
    """The present minute, as a session notes it."""
    return int(clock.now().timestamp() // 60)


def _end(found: SecureCookieSession) -> None:
    """Sign out; what was to be said to that person is not said to the next one.

    The form's token stays: what was sent too late is genuine, and may be kept.
    """
    for name in (PERSON, "_fresh", "_id", "_flashes", SEEN):
        found.pop(name, None)


def _watch(found: SecureCookieSession, idle: int) -> None:
    """Note the minute, or end the session; the cookie alone keeps it."""
    now, seen = minute(), found.get(SEEN)
    if idle and seen is not None and now - seen > idle:
        gone = found[PERSON]
        _end(found)
        found[GONE] = int(gone.partition(".")[0])
    elif seen != now:
        found[SEEN] = now


def gone() -> int | None:
    """Whose session has ended for want of a sign; nobody's otherwise."""
    return session.get(GONE)


def person_key(person_id: int) -> str:
    """What a browser calls a person: the same each time, and it tells nothing."""
    secret = str(current_app.secret_key).encode()
    word = hmac.new(secret, f"person:{person_id}".encode(), hashlib.sha256)
    return word.hexdigest()[:16]


def is_local() -> bool:
    """Whether who asks sits at the machine that serves."""
    if not current_app.config["SETTINGS"].proxies and (
        "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    ):
        return False  # a proxy that nobody told us about stands in between
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def nonce() -> str:
    """The word that scripts of this page, and no others, know."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return g.nonce


def protect(response: Response) -> Response:
    """Add the headers that every answer carries."""
    headers = response.headers
    if response.mimetype == "text/html":
        word = f"'nonce-{nonce()}'"
        headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src {word}; style-src 'self'; img-src 'self';"
            " connect-src 'self'; form-action 'self'; base-uri 'none';"
            " frame-ancestors 'none'; manifest-src 'self'"
        )
    if response.mimetype == "text/html" or PERSON in session:
        # What is personal is not kept: a shared PC's back button must not show it.
        headers.setdefault("Cache-Control", "no-store")
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def own_address(target: str | None) -> str | None:
    """A path of this site, or None: links that lead away are not followed."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(sign) < ord(" ") for sign in target) or "\\" in target:
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


class Failure(Model):
    """A failed try at a door; what succeeds is never counted."""

    __tablename__ = "failure"
    __table_args__ = (Index(None, "door", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


def _doors(purpose: str, name: str | None) -> list[tuple[str, int]]:
    doors = [(f"{purpose}:address:{request.remote_addr}", PER_ADDRESS)]
    if name:
        doors.append((f"{purpose}:name:{name.casefold()}"[:120], PER_NAME))
    return doors


def is_closed(purpose: str, name: str | None = None) -> bool:
    """Too many failures, for this name or from this address, in 15 minutes."""
    since = clock.now() - WINDOW
    doors = dict(_doors(purpose, name))
    counts = db.session.execute(
        select(Failure.door, func.count())
        .where(Failure.door.in_(doors), Failure.at > since)
        .group_by(Failure.door)
    )
    return any(count >= doors[door] for door, count in counts)


@deed
def count_failure(purpose: str, name: str | None = None) -> None:
    """Remember one failed try, and forget those that no longer matter."""
    now = clock.now()
    db.session.execute(delete(Failure).where(Failure.at < now - WINDOW))
    db.session.add_all(Failure(door=door, at=now) for door, _ in _doors(purpose, name))


def init_app(app: Flask) -> None:
    """Close what must be closed."""
    app.session_interface = Cookies()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: an hour's lesson is common
        WTF_CSRF_SSL_STRICT=False,  # a proxy may strip the referrer; the token suffices
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
    )
    csrf.init_app(app)
    app.jinja_env.globals["csp_nonce"] = nonce
    app.jinja_env.globals["person_key"] = person_key
    app.after_request(protect)
