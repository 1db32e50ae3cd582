"""What the official rules find in an invoice, and what each one means to people.

The rules are run elsewhere: here are their answers. A rule that a learner can break
has an explanation; any other is shown as it was written.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from course.domain.einvoice.document import (
    BUSINESS,
    CREDIT_NOTE,
    Invoice,
    Subject,
)


class Step(StrEnum):
    """What is looked at, in this order."""

    SCHEMA = "schema"  # is it written as an invoice is (XSD)?
    EUROPE = "europe"  # the rules of EN 16931
    FRANCE = "france"  # the French ones, BR-FR


class State(StrEnum):
    """What came of a step; what could not be run has not passed."""

    PASSED = "passed"
    BROKEN = "broken"
    NOT_RUN = "not-run"


class Finding(NamedTuple):
    """A broken rule, in its own words."""

    rule: str
    text: str


class Outcome(NamedTuple):
    """What came of one step, and why when it could not be run."""

    step: Step
    state: State
    findings: tuple[Finding, ...] = ()
    why: str = ""  # missing: its program is not installed; failed: it stopped

    def dump(self) -> dict[str, Any]:
        """As it is stored."""
        return self._asdict()


Report = tuple[Outcome, ...]


def load(stored: Iterable[Mapping[str, Any]]) -> Report:
    """What `dump` gave, step by step; a step that is not in it was not run."""
    found = {Step(each["step"]): each for each in stored}
    return tuple(_outcome(step, found.get(step)) for step in Step)


def _outcome(step: Step, stored: Mapping[str, Any] | None) -> Outcome:
    if stored is None:
        return Outcome(step, State.NOT_RUN, why="failed")
    findings = tuple(Finding(*found) for found in stored["findings"])
    return Outcome(step, State(stored["state"]), findings, stored["why"])


def nothing_ran() -> Report:
    """The report of a check that stopped before it said anything."""
    return load(())


def is_whole(report: Report) -> bool:
    """Whether every step was run: only such a report is kept."""
    ran = [outcome for outcome in report if outcome.state != State.NOT_RUN]
    return len(ran) == len(Step)


class Lack(NamedTuple):
    """Something to mend: what it is, where it is said, which rules ask for it."""

    key: str
    place: str
    rules: tuple[str, ...] = ()


# Rule → what lacks. Several rules may see the same lack.
MEANING: Mapping[str, str] = {
    "BR-FR-11_BT-47": "siren",
    "BR-FR-12_BT-49": "siren",
    "BR-FR-21_BT-49": "siren",
    "BR-FR-23_BT-49": "siren",
    "BR-FR-32-LEGALID": "siren",
    "BR-FR-08_BT-23": "category",
    "BR-FR-05_BT-22_PMD": "penalty",
    "BR-FR-05_BT-22_PMT": "recovery",
    "BR-FR-05_BT-22_AAB": "discount",
    "BR-FR-CO-05_BT-3": "original",
    "BR-FR-CO-07_BT-9": "due-early",
    "BR-FR-01_BT-1": "number",
    "BR-FR-02_BT-1": "number",
}
# What lacks → where it stands in the document, or should stand.
PLACES: Mapping[str, str] = {
    "siren": "bt-47",
    "consumer": "bt-44",
    "category": "bt-23",
    "penalty": "notes",
    "recovery": "notes",
    "discount": "notes",
    "original": "bt-25",
    "due": "bt-9",
    "due-early": "bt-9",
    "number": "bt-1",
}
# What only a firm is owed, or has: a private person's invoice is no electronic one.
BETWEEN_FIRMS = frozenset({"siren", "penalty", "recovery", "discount"})


def explained(report: Report, invoice: Invoice) -> tuple[Lack, ...]:
    """What there is to mend, each lack once, as the rules found them."""
    rules: dict[str, list[str]] = {}
    for finding in _findings(report):
        key = MEANING.get(finding.rule)
        if key in BETWEEN_FIRMS and not is_between_firms(invoice):
            key = "consumer"
        if key is not None and finding.rule not in rules.setdefault(key, []):
            rules[key].append(finding.rule)
    found = (key for key in PLACES if key in rules)
    return tuple(Lack(key, PLACES[key], tuple(rules[key])) for key in found)


def unexplained(report: Report) -> tuple[Finding, ...]:
    """The broken rules that are shown as they are, each once."""
    others = (each for each in _findings(report) if each.rule not in MEANING)
    return tuple(dict.fromkeys(others))


def beyond(invoice: Invoice) -> tuple[Lack, ...]:
    """What the law asks for and no rule of these looks at (Code de commerce, L. 441-9).

    An invoice without due date passes all the rules.
    """
    if invoice.due is None and invoice.kind != CREDIT_NOTE:
        return (Lack("due", PLACES["due"]),)
    return ()


def is_between_firms(invoice: Invoice) -> bool:
    """Whether it is said to go from a firm to a firm."""
    said = {note.text for note in invoice.notes if note.subject == Subject.TREATMENT}
    return BUSINESS in said


def _findings(report: Report) -> Iterable[Finding]:
    return (finding for outcome in report for finding in outcome.findings)
