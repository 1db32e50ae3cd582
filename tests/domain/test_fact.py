from datetime import date

from course.domain.fact import Fact, Trust
from course.domain.text import Text


def test_a_fact_is_believed_until_its_review() -> None:
    fact = Fact("hours", Text(fr="72"), Trust.VERIFIED, "law", date(2027, 1, 1))

    assert not fact.expired(date(2027, 1, 1))
    assert fact.expired(date(2027, 1, 2))
