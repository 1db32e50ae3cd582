"""What the rules found, put in terms of what there is to mend."""

from dataclasses import replace

from course.domain.einvoice import rules
from course.domain.einvoice.rules import Finding, Outcome, State, Step
from tests.domain.einvoice.bills import CREDIT, GOOD, to_a_person

SIREN = ("BR-FR-11_BT-47", "BR-FR-12_BT-49")


def broken(*ids):
    findings = tuple(Finding(each, f"{each}: own words") for each in ids)
    return (
        Outcome(Step.SCHEMA, State.PASSED),
        Outcome(Step.EUROPE, State.PASSED),
        Outcome(Step.FRANCE, State.BROKEN, findings),
    )


def test_several_rules_about_one_lack_are_told_once():
    (lack,) = rules.explained(broken(*SIREN, SIREN[0]), GOOD)

    assert lack == ("siren", "bt-47", SIREN)


def test_lacks_come_in_the_order_of_the_document():
    found = rules.explained(broken("BR-FR-05_BT-22_AAB", "BR-FR-11_BT-47"), GOOD)

    assert [lack.key for lack in found] == ["siren", "discount"]


def test_a_private_person_lacks_nothing_of_what_firms_owe_each_other():
    report = broken("BR-FR-12_BT-49", "BR-FR-05_BT-22_PMT")

    assert [e.key for e in rules.explained(report, to_a_person())] == ["consumer"]


def test_any_other_rule_is_shown_as_it_is_and_once():
    report = broken("BR-S-02", "BR-S-02", *SIREN)

    assert rules.unexplained(report) == (Finding("BR-S-02", "BR-S-02: own words"),)


def test_each_meaning_has_its_place():
    assert set(rules.MEANING.values()) | {"consumer", "due"} == set(rules.PLACES)


def test_a_missing_due_date_is_told_though_no_rule_looks_at_it():
    late = replace(GOOD, due=None)

    assert [lack.key for lack in rules.beyond(late)] == ["due"]
    assert rules.beyond(GOOD) == ()
    assert rules.beyond(CREDIT) == ()


def test_a_report_is_read_as_it_was_stored():
    report = broken("BR-S-02")

    assert rules.load([each.dump() for each in report]) == report
    assert rules.is_whole(report)


def test_a_step_that_nothing_is_known_of_was_not_run():
    report = rules.load([broken()[0].dump()])

    assert [each.state for each in report] == [
        State.PASSED,
        State.NOT_RUN,
        State.NOT_RUN,
    ]
    assert not rules.is_whole(report)
    assert not rules.is_whole(())
    assert not rules.is_whole(rules.nothing_ran())
