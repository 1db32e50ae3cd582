"""The words of a specimen."""

import pytest

from course.domain.einvoice import rules
from course.domain.einvoice.document import values
from course.features.specimen import wording
from tests.domain.einvoice.bills import CREDIT, FREE_OF_VAT, GOOD, TWO_RATES

pytestmark = pytest.mark.usefixtures("app")


def test_each_term_has_its_label():
    said = {
        value.term
        for invoice in (GOOD, CREDIT, FREE_OF_VAT, TWO_RATES)
        for value in values(invoice).values()
    }

    assert {term for term in said if not wording.label(term)} == set()
    assert wording.label("BT-0") == ""


def test_each_lack_step_and_state_has_its_words():
    assert set(wording.MEANINGS) == set(rules.PLACES)
    assert set(wording.STEPS) == set(rules.Step)
    assert set(wording.STATES) == set(rules.State)


@pytest.mark.parametrize(
    ("number", "said"), [("987654321", "987\u00a0654\u00a0321"), ("98765", "98765")]
)
def test_a_siren_is_read_three_digits_at_a_time(number, said):
    assert wording.siren(number) == said


def test_a_lab_that_says_no_rate_leaves_it_to_the_law():
    assert "la loi" in wording.sayings(None).mentions["penalty"]


@pytest.mark.parametrize("days", [1, 30])
def test_how_long_one_has_to_pay_is_said(days):
    assert f"sous {days} jour" in wording.sayings(None).within(days)
