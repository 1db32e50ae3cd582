"""The time: nothing else reads it, so tests and demonstrations can set it."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime

_fixed: list[datetime] = []


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _fixed[-1] if _fixed else datetime.now(UTC)  # noqa: TID251 - the one place


def today() -> date:
    """The present day, in UTC."""
    return now().date()


def set_to(instant: datetime | None) -> None:
    """Stop the clock at an aware instant; None lets it run again."""
    _fixed.clear()
    if instant is not None:
        _fixed.append(instant.astimezone(UTC))


@contextmanager
def at(instant: datetime) -> Generator[None, None, None]:
    """Tell another time meanwhile: how the demonstration's past comes to be."""
    before = list(_fixed)
    set_to(instant)
    try:
        yield
    finally:
        _fixed[:] = before
