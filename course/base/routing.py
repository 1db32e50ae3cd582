"""Numbers in addresses: only those that a row may have."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1  # an INTEGER of PostgreSQL


class Number(IntegerConverter):
    """A number that a column can hold: a larger one is a 404, never a crash."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(map, *args, **{"max": LARGEST, **kwargs})


def init_app(app: Flask) -> None:
    """Read `<int:…>` of every address this way."""
    app.url_map.converters["int"] = Number
