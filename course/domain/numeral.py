"""Numerals: numbers as people write them."""

import re
from dataclasses import dataclass

from course.domain.sheet import Entry, Shape, Sheet

DIGITS = r"[0-9]+(?:[\s'’.,][0-9]+)*"
SIGNED = rf"(?P<sign>[-−–+]?)\s*(?P<digits>{DIGITS})"
TYPED = re.compile(rf"{SIGNED}\s*(?P<unit>[^\d]*)")
# Letters stuck to digits make a name (17Cyber), not a number with its unit.
UNIT = r"(?:(?:\s+|(?=[%€°$£]))(?P<{}>[^\d±+]+?))?"
WRITTEN = re.compile(
    rf"(?:(?P<money>[€$£])\s*)?{SIGNED}{UNIT.format('unit')}"
    rf"(?:\s*(?:±|\+/-|\+-)\s*(?P<margin>{DIGITS}){UNIT.format('other')})?\s*"
)
GROUPED = re.compile(r"[0-9]{1,3}(?:([\s'’.,])[0-9]{3})+")
# Marks by which an author says that a number is to be read as words.
WORDS = frozenset({"exact", "slips", "text"})
DOUBTFUL = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
DECIMAL_SIGN = {"fr": ",", "en": "."}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as its author wrote it."""

    value: float
    margin: float
    unit: str


def value_of(digits: str, decimal: str) -> float | None:
    """What digits say where that sign begins decimals; None when they make no sense."""
    whole, _, rest = digits.rpartition(decimal)
    if not whole:
        whole, rest = digits, ""
    if re.search(r"\D", rest):
        return None
    if not whole.isdigit():
        if not GROUPED.fullmatch(whole) or len(set(re.findall(r"\D", whole))) > 1:
            return None
        whole = re.sub(r"\D", "", whole)
    return float(f"{whole}.{rest or 0}")


def typed(digits: str) -> float | None:
    """What a learner's digits say, whichever sign begins their decimals."""
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return value_of(digits, ",")
    sign = digits[last]
    if digits.count(sign) > 1:
        return value_of(digits, "." if sign == "," else ",")
    return value_of(digits, sign)


def written(text: str, language: str) -> Written | None:
    """The number of an author's line, or nothing when it is not one."""
    found = WRITTEN.fullmatch(text.strip())
    # 0612 is a telephone, not a number, and nobody counts with twenty digits.
    if not found or re.match(r"0[0-9]|.{20}", found["digits"]):
        return None
    decimal = DECIMAL_SIGN.get(language, ".")
    values = [_either(found[name], decimal) for name in ("digits", "margin")]
    if values[0] is None or values[1] is None:
        return None
    sign = -1 if found["sign"] in "-−–" and found["sign"] else 1
    unit = found["unit"] or found["other"] or found["money"] or ""
    return Written(sign * values[0], values[1], unit)


def _either(digits: str | None, decimal: str) -> float | None:
    """The author's language first; 3.5 in a French file is still understood."""
    if digits is None:
        return 0.0
    value = value_of(digits, decimal)
    return typed(digits) if value is None else value


def say(value: float, language: str) -> str:
    """A number with the decimal sign of a language."""
    said = f"{value:.12f}".rstrip("0").rstrip(".")
    return said.replace(".", DECIMAL_SIGN.get(language, "."))


def only_number(sheet: Sheet) -> tuple[Entry, Written] | None:
    """The number that a sheet expects, when it expects one number and no words."""
    right = [entry for entry in sheet.of(Shape.EQUALS) if not entry.different]
    if len(right) != 1 or not WORDS.isdisjoint(sheet.marks):
        return None
    number = written(right[0].text, sheet.language)
    return (right[0], number) if number else None
