"""Style, script and icon."""

import gzip

import pytest

from course.base import static


@pytest.fixture
def style(app):
    with app.test_request_context():
        return static.static("course.css")


def test_a_browser_keeps_a_file_for_ever(client, style):
    answer = client.get(style)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.data == (static.FOLDER / "course.css").read_bytes()


def test_a_file_is_compressed_for_who_accepts_it(client, style):
    answer = client.get(style, headers={"Accept-Encoding": "br, gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.data) == (static.FOLDER / "course.css").read_bytes()


def test_an_icon_is_a_picture(client):
    answer = client.get("site.icon", follow_redirects=True)

    assert answer.mimetype == "image/svg+xml"


@pytest.mark.parametrize(
    "address",
    [
        "/static/0123456789ab/course.css",
        "/static/0123456789ab/absent.css",
        "/static/0123456789ab/../app.py",
        "/static/0123456789ab/%2e%2e/app.py",
        "/static/0123456789ab//etc/passwd",
    ],
)
def test_nothing_else_is_served(client, address):
    assert client.get(address, check=False).status_code in {308, 404}
