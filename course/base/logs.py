"""One structured line per request, without anything about the person."""

import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def configure() -> None:
    """Write JSON lines on the standard error, one per event."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    # The rule, not the path: a path may hold a code or somebody's number.
    rule: Any = request.url_rule
    log.info(
        "request",
        method=request.method,
        rule=rule.rule if rule else None,
        status=response.status_code,
        ms=round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else None,
    )
    return response


def init_app(app: Flask) -> None:
    """Log each request once it is answered."""
    app.before_request(_begin)
    app.after_request(_end)
