# pyright: standard
"""Style, script and icon: read once, compressed once, kept for ever by browsers.

Three small files need no server of files: their address holds their digest, so that
a browser never asks twice, and a read-only disk is enough.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, url_for

from course.base.access import public

FOLDER = Path(__file__).parents[1] / "static"
YEAR = 365 * 24 * 3600
bp = Blueprint("static", __name__)


@dataclass(frozen=True, slots=True)
class _File:
    digest: str
    kind: str
    body: bytes
    packed: bytes


def _read(path: Path) -> _File:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    digest = hashlib.sha256(body).hexdigest()[:12]
    return _File(digest, kind, body, gzip.compress(body, mtime=0))


class _Shelf(dict[str, _File]):
    def __missing__(self, name: str) -> _File:
        path = FOLDER / name
        if not path.resolve().is_relative_to(FOLDER) or not path.is_file():
            raise KeyError(name)
        self[name] = _read(path)
        return self[name]


_shelf = _Shelf()


def static(name: str) -> str:
    """The address of a file of static/, with its digest."""
    return url_for("static.file", digest=_shelf[name].digest, name=name)


@bp.get("/static/<digest>/<path:name>")
@public
def file(digest: str, name: str) -> Response:
    """One file, compressed for who accepts it."""
    try:
        found = _shelf[name]
    except KeyError:
        abort(404)
    if found.digest != digest:
        abort(404)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(found.packed if packed else found.body)
    response.headers["Content-Type"] = found.kind
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    return response


def init_app(app: Flask) -> None:
    """Serve the files and let templates name them."""
    app.register_blueprint(bp)
    app.jinja_env.globals["static"] = static
