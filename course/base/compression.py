"""Answers compressed for browsers that ask: a phone on a weak network waits less.

A page holds a token beside words that a stranger could have put in its address; sizes
of compressed pages could betray the one through the other (BREACH). It takes many
requests made from another site with the reader's cookie, which SameSite=Lax refuses.
"""

import gzip

from flask import Flask, Response, request

SMALLEST = 1400  # bytes: less than that travels in one packet anyway
KINDS = frozenset({"text/html", "application/json", "text/csv", "image/svg+xml"})
LEVEL = 1  # the next ones take half as long again for a few hundredths


def compress(response: Response) -> Response:
    """Compress what is long enough, unless it is compressed already."""
    if response.mimetype not in KINDS or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    accepted = "gzip" in request.headers.get("Accept-Encoding", "")
    if not accepted or response.content_encoding:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response


def init_app(app: Flask) -> None:
    """Compress what leaves."""
    app.after_request(compress)
