# pyright: standard
"""Headers, cookies, and doors that close after too many failures."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from course.base import clock
from course.base.db import Model, db, deed

csrf = CSRFProtect()
WINDOW = timedelta(minutes=15)
# A colleague mistypes four or five times; a machine never stops.
PER_NAME, PER_ADDRESS = 10, 100


class Cookies(SecureCookieSessionInterface):
    """Sessions in signed cookies, Secure exactly when the page is https."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Plain http on a classroom's network must work."""
        return request.is_secure

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """Leave out what is the same for everybody: it would depend on cookies."""
        if not response.cache_control.public:
            super().save_session(app, session, response)


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
        # Pages are personal: a shared PC's back button must not show them.
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
    app.after_request(protect)
