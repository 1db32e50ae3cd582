"""Billing: totals by VAT rate, due dates, late penalties; one rule, one place.

Amounts are in euros, as `Decimal`, never as floats; rates are in percent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
# Between professionals, when nothing else was agreed (Code de commerce, L. 441-10 I).
DAYS_TO_PAY = 30
# For the costs of recovery, once per late invoice (Code de commerce, D. 441-5).
RECOVERY = Decimal("40.00")
DAYS_IN_YEAR = 365


def rounded(amount: Decimal) -> Decimal:
    """To the cent, half a cent up, as commercial rounding has it."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a quantity at a price without VAT, and the rate that applies."""

    quantity: Decimal
    price: Decimal
    rate: Decimal

    @property
    def net(self) -> Decimal:
        """Its amount without VAT (EN 16931, BT-131), rounded line by line."""
        return rounded(self.quantity * self.price)


@dataclass(frozen=True, slots=True)
class Tax:
    """The VAT at one rate: of what, and how much."""

    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What is at the foot of an invoice."""

    taxes: tuple[Tax, ...]

    @property
    def net(self) -> Decimal:
        """Without VAT (BT-109)."""
        return sum((tax.base for tax in self.taxes), Decimal("0.00"))

    @property
    def tax(self) -> Decimal:
        """The VAT (BT-110)."""
        return sum((tax.amount for tax in self.taxes), Decimal("0.00"))

    @property
    def gross(self) -> Decimal:
        """With VAT: what is to be paid (BT-112)."""
        return self.net + self.tax


def totals(lines: Iterable[Line]) -> Totals:
    """The totals of some lines, by rate, the highest rate first.

    VAT is reckoned once per rate, on the sum of its lines, then rounded (EN 16931,
    BR-CO-17); never line by line, which would add up cents.
    """
    bases: dict[Decimal, Decimal] = {}
    for line in lines:
        bases[line.rate] = bases.get(line.rate, Decimal("0.00")) + line.net
    taxes = (
        Tax(rate, base, rounded(base * rate / 100)) for rate, base in bases.items()
    )
    return Totals(tuple(sorted(taxes, key=lambda tax: -tax.rate)))


def due_on(issued: date, days: int = DAYS_TO_PAY) -> date:
    """The last day to pay."""
    return issued + timedelta(days=days)


def days_late(due: date, today: date) -> int:
    """How many days since the due date; the day itself is not late."""
    return max(0, (today - due).days)


def penalty(gross: Decimal, rate: Decimal, days: int) -> Decimal:
    """What a late payment costs: gross × rate × days / 365, to the cent.

    It runs by itself from the day after the due date, on the amount with VAT, and
    bears no VAT (Code de commerce, L. 441-10 II). `RECOVERY` comes on top, once.
    """
    return rounded(gross * rate * days / (100 * DAYS_IN_YEAR))
