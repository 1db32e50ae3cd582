"""Compression: for who asks, of what is long enough."""

import gzip

from course.base.compression import SMALLEST


def test_a_page_is_compressed_for_a_browser_that_asks(visitor):
    plain = visitor.get("site.privacy")

    packed = visitor.get(
        "site.privacy", headers={"Accept-Encoding": "gzip"}, check=False
    )

    assert len(plain.data) > SMALLEST
    assert packed.content_encoding == "gzip"
    assert b"<h1>" in gzip.decompress(packed.data)
    assert len(packed.data) < 0.6 * len(plain.data)


def test_a_cache_keeps_both_apart(visitor):
    assert "Accept-Encoding" in visitor.get("site.privacy").vary


def test_what_is_short_leaves_as_it_is(visitor):
    health = visitor.get("site.health", headers={"Accept-Encoding": "gzip"})

    assert health.content_encoding is None


def test_what_is_compressed_already_is_not_compressed_twice(app, visitor):
    with app.test_request_context():
        style = app.jinja_env.globals["static"]("course.css")

    packed = visitor.get(style, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data).startswith(b"/*")
