"""What somebody was writing when the session ended: signed, and theirs alone."""

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from course.base.security import own_address

LONGEST = 64 * 1024  # bytes, names and values together
# Fields that pages fill in by themselves: sent again, never shown.
SILENT = frozenset({"client", "base", "joining", "next", "mode", "waiting"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that came too late: whose, for which address, and what it said."""

    path: str
    back: str  # the page that it was written on
    fields: list[tuple[str, str]]

    @property
    def words(self) -> list[str]:
        """What one typed; a tick is kept as one sign, which tells nothing."""
        return [
            value
            for name, value in self.fields
            if name not in SILENT and len(value) > 1
        ]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kept")


def packed(person: int) -> str:
    """The form of this request for who sent it; nothing when it is too long."""
    fields = [
        (name, value)
        for name in request.form
        if name != "csrf_token" and "password" not in name
        for value in request.form.getlist(name)
    ]
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if size > LONGEST or request.files:
        return ""
    path = f"{request.script_root}{request.full_path}".rstrip("?")
    return _signer().dumps([person, path, page_before(), fields])


def page_before() -> str:
    """The page of this site that sent the request, as far as the browser says."""
    host, referrer = request.host_url, request.referrer or ""
    found = referrer.removeprefix(host) if referrer.startswith(host) else ""
    return own_address(f"/{found}") or "/"


def unpacked(word: str | None, person: int) -> Kept | None:
    """What this person was writing; somebody else's is nobody's."""
    try:
        whose, path, back, fields = _signer().loads(word or "")
    except BadData:
        return None
    if whose != person:
        return None
    return Kept(path, back, [(name, value) for name, value in fields])
