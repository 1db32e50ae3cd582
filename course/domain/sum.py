"""Sum: a number of the lessons, worked out by billing from what its author wrote."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from course.domain.billing import (
    RECOVERY,
    Line,
    Totals,
    days_late,
    due_on,
    penalty,
    totals,
)
from course.domain.fact import Fact
from course.domain.profile import Trade
from course.domain.text import Text

Value = Decimal | int | date

# A figure as people write it in a table: 45, 12,40 %, 40 €, €40.
FIGURE = r"€?\s*[0-9]{1,9}(?:[.,][0-9]{1,4})?(?:\s*[€%])?"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
LINE = re.compile(
    rf"\s*(?P<quantity>{FIGURE})\s*[x×*]\s*(?P<price>{FIGURE})"
    rf"\s+at\s+(?P<rate>{FIGURE})\s*"
)
LATE = re.compile(
    rf"(?P<gross>{FIGURE})\s+at\s+(?P<rate>{FIGURE})\s+"
    rf"(?:for\s+(?P<days>[0-9]{{1,4}})\s+days|from\s+(?P<due>{DAY})\s+to\s+(?P<day>{DAY}))"
)
BETWEEN = re.compile(rf"(?P<due>{DAY})\s+to\s+(?P<day>{DAY})")
AFTER = re.compile(rf"(?P<day>{DAY})\s*\+\s*(?P<days>[0-9]{{1,4}})")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
NARROW, WIDE, MINUS = "\u202f", "\u00a0", "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Sum:
    """A number as each language writes it, in the figures of each trade.

    `facts`: those its formula rests on; it is no surer than they are.
    """

    name: str
    words: Mapping[Trade, Text]
    by_trade: bool = False
    facts: tuple[Fact, ...] = ()


@lru_cache(maxsize=512)
def worked_out(formula: str) -> Value | None:
    """What a formula comes to, or nothing when it is not one.

    `net 1 × 850 at 20 + 4 × 45 at 20`, `tax …`, `gross …`: the totals of some lines;
    `penalty 480 at 12.40 for 45 days`, or `from` a due date `to` a day; `owed …`: the
    same and the costs of recovery;
    `days 2026-10-09 to 2026-11-23`: how late; `due 2026-11-23 + 30`: the last day.
    """
    word, _, rest = formula.strip().partition(" ")
    work = WORKS.get(word.casefold())
    try:
        return work(rest.strip()) if work else None
    except (ValueError, OverflowError):  # a day that no calendar has
        return None


def _figure(written: str) -> Decimal:
    return Decimal(written.strip("€% \u00a0\u202f").replace(",", "."))


def _lines(written: str) -> Iterator[Line]:
    for each in written.split("+"):
        found = LINE.fullmatch(each)
        if not found:
            raise ValueError(each)
        yield Line(*map(_figure, found.group("quantity", "price", "rate")))


def _of_totals(pick: Callable[[Totals], Decimal]) -> Callable[[str], Value | None]:
    return lambda written: pick(totals(_lines(written)))


def _penalty(written: str) -> Decimal | None:
    found = LATE.fullmatch(written)
    if not found:
        return None
    days = int(found["days"]) if found["days"] else _between(found)
    return penalty(_figure(found["gross"]), _figure(found["rate"]), days)


def _owed(written: str) -> Decimal | None:
    late = _penalty(written)
    return None if late is None else late + RECOVERY


def _between(found: re.Match[str]) -> int:
    return days_late(date.fromisoformat(found["due"]), date.fromisoformat(found["day"]))


def _days(written: str) -> int | None:
    found = BETWEEN.fullmatch(written)
    return _between(found) if found else None


def _due(written: str) -> date | None:
    found = AFTER.fullmatch(written)
    day = date.fromisoformat(found["day"]) if found else None
    return due_on(day, int(found["days"])) if found and day else None


WORKS: Mapping[str, Callable[[str], Value | None]] = {
    "net": _of_totals(lambda found: found.net),
    "tax": _of_totals(lambda found: found.tax),
    "gross": _of_totals(lambda found: found.gross),
    "penalty": _penalty,
    "owed": _owed,
    "days": _days,
    "due": _due,
}


def say(value: Value, language: str) -> str:
    """As that language writes it: 1 236,00 € or €1,236.00; 45; a date in full."""
    if isinstance(value, Decimal):
        return _money(value, language)
    if isinstance(value, int):
        return str(value)
    if language == "fr":
        return f"{value:%d/%m/%Y}"
    return f"{value.day}{WIDE}{MONTHS[value.month - 1]}{WIDE}{value.year}"


def _money(value: Decimal, language: str) -> str:
    sign, said = MINUS if value < 0 else "", f"{abs(value):,.2f}"
    if language == "fr":
        said = said.replace(",", NARROW).replace(".", ",")
        return f"{sign}{said}{WIDE}€"
    return f"{sign}€{said}"
