"""Amounts: figures and dates as people type them."""

import re
from datetime import date
from decimal import Decimal

from course.domain.billing import CENT
from course.domain.numeral import DOUBTFUL, TYPED, typed
from course.domain.simulators.base import RefusedError
from course.domain.text import Text

EUROS = frozenset({"", "€", "eur", "euro", "euros"})
LONGEST = 30
MOST = Decimal(1_000_000)  # more than any bill of a small firm
MOST_DAYS = 9999
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4})"
)
YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")


def amount_of(words: str) -> Decimal | None:
    """The figure that is typed, French or English; None when it is not one.

    « 1 236,00 », “1,236.00” and “€1236” are. « 1.236 » is not: one reader sees
    thousands there, another decimals.
    """
    plain = words.strip().removeprefix("€").strip()
    found = TYPED.fullmatch(plain) if len(plain) <= LONGEST else None
    if not found or found["unit"].strip().casefold() not in EUROS:
        return None
    digits = found["digits"]
    value = None if DOUBTFUL.fullmatch(digits) else typed(digits)
    if value is None or value > MOST:
        return None
    exact = Decimal(str(value))
    if exact != exact.quantize(CENT):
        return None
    exact = exact.quantize(CENT)
    return -exact if found["sign"] in {"-", "−", "–"} else exact


def written_amount(words: Text) -> Decimal | None:
    """The figure or the rate that an author writes, the same in each language."""
    found = {amount_of(said.strip().removesuffix("%")) for said in words.values()}
    return found.pop() if len(found) == 1 else None


def read_amount(words: str, field: str) -> Decimal:
    """The figure that is typed, else RefusedError."""
    amount = amount_of(words)
    if amount is None:
        raise RefusedError("invoicing.amount", field=field, typed=words[:LONGEST])
    return amount


def read_date(words: str, field: str) -> date:
    """The day that is typed, ISO or day first, else RefusedError."""
    plain = words.strip()
    found = YEAR_FIRST.fullmatch(plain) or DAY_FIRST.fullmatch(plain)
    try:
        if found and plain.isascii():
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:  # the 31st of November
        pass
    raise RefusedError("invoicing.date", field=field, typed=words[:LONGEST])


def read_days(words: str) -> int:
    """A number of days, else RefusedError."""
    plain = words.strip()
    if not (plain.isascii() and plain.isdecimal()) or int(plain) > MOST_DAYS:
        raise RefusedError("invoicing.days", field="days", typed=words[:LONGEST])
    return int(plain)
