"""The official rules themselves: what they find, and what happens without them."""

import io
import json
from importlib.util import find_spec

import pytest

from course.domain.einvoice import rules
from course.domain.einvoice.rules import Outcome, State, Step
from course.features.specimen import worker
from course.features.specimen.making import xml_of
from tests.domain.einvoice.bills import GOOD, RIGHT, SPOILED

needs_saxonche = pytest.mark.skipif(
    find_spec("saxonche") is None,
    reason="the official rules need the extra einvoice (saxonche)",
)


@pytest.fixture(scope="module")
def known():
    """Each step with what runs it."""
    return worker.runs()


def report_of(invoice, known):
    *_steps, last = worker.check(xml_of(invoice).decode(), known)
    return rules.load(last["report"])


@needs_saxonche
@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_breaks_no_rule(name, known):
    report = report_of(RIGHT[name], known)

    assert [(each.state, each.findings) for each in report] == [(State.PASSED, ())] * 3


@needs_saxonche
@pytest.mark.parametrize("name", SPOILED)
def test_what_is_spoiled_is_found_and_explained(name, known):
    invoice, keys = SPOILED[name]

    report = report_of(invoice, known)

    assert tuple(lack.key for lack in rules.explained(report, invoice)) == keys
    assert rules.unexplained(report) == ()
    assert rules.is_whole(report)


@needs_saxonche
def test_each_rule_that_has_a_meaning_is_met_by_a_spoiled_invoice(known):
    met = {
        finding.rule
        for invoice, _keys in SPOILED.values()
        for outcome in report_of(invoice, known)
        for finding in outcome.findings
    }

    assert met == set(rules.MEANING)


@needs_saxonche
def test_a_rule_without_a_meaning_is_shown_in_its_own_words(known):
    xml = xml_of(GOOD).decode()
    wrong = xml.replace("1236.00</ram:GrandTotal", "1235.00</ram:GrandTotal")

    *_steps, last = worker.check(wrong, known)

    others = rules.unexplained(rules.load(last["report"]))
    assert [each.rule for each in others] == ["BR-CO-15", "BR-CO-16"]
    assert "BT-112" in others[0].text


def test_data_of_another_shape_break_the_schema():
    run = worker.schema()
    xml = xml_of(GOOD).decode()

    assert run(xml).state == State.PASSED
    shaped = run(
        xml.replace("ram:ID>F-2026-0118</ram:ID", "ram:No>F-2026-0118</ram:No")
    )
    assert shaped.state == State.BROKEN
    assert shaped.findings[0].rule == "XSD"


def test_each_step_is_told_before_it_is_run():
    passing = {
        step: lambda _xml, step=step: Outcome(step, State.PASSED) for step in Step
    }

    said = list(worker.check("<a/>", passing))

    assert [each.get("step") for each in said] == [*Step, None]


def test_a_step_that_crashes_was_not_run():
    def crash(_xml):
        raise RuntimeError("out of memory")

    *_steps, last = worker.check("<a/>", dict.fromkeys(Step, crash))

    report = rules.load(last["report"])
    assert {(each.state, each.why) for each in report} == {(State.NOT_RUN, "failed")}


@pytest.mark.parametrize("answer", [None, "", "<svrl/>"])
def test_rules_that_tried_nothing_were_not_run(answer):
    found = worker.outcome(Step.EUROPE, answer)

    assert (found.state, found.why) == (State.NOT_RUN, "failed")


@pytest.mark.parametrize(
    ("error", "why"), [(ImportError, "missing"), (RuntimeError, "failed")]
)
def test_what_cannot_be_prepared_was_not_run(error, why):
    def make():
        raise error

    found = worker.tried(Step.SCHEMA, make)("<a/>")

    assert (found.state, found.why) == (State.NOT_RUN, why)


def test_it_answers_one_line_after_the_other():
    asked = io.StringIO("".join(json.dumps(xml_of(GOOD).decode()) + "\n" for _ in "ab"))
    answers = io.StringIO()
    passing = {
        step: lambda _xml, step=step: Outcome(step, State.PASSED) for step in Step
    }

    worker.serve(asked, answers, passing)

    said = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert [list(each) for each in said] == [
        ["step"],
        ["step"],
        ["step"],
        ["report"],
    ] * 2
