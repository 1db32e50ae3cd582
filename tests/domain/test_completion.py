"""When a stamp is deserved."""

from course.domain.completion import (
    LAB_AND_QUIZ,
    QUIZ_ALONE,
    Rule,
    deserved,
    missing,
    rule_for,
)


def test_without_a_lab_the_quiz_alone_deserves_a_stamp():
    rule = rule_for(lab=False)

    assert rule == QUIZ_ALONE
    assert deserved(rule, {"quiz"})
    assert not deserved(rule, ())


def test_with_a_lab_both_deserve_it():
    rule = rule_for(lab=True)

    assert rule == LAB_AND_QUIZ
    assert not deserved(rule, {"quiz"})
    assert not deserved(rule, {"lab"})
    assert deserved(rule, {"quiz", "lab"})


def test_what_is_missing_comes_in_the_order_of_the_rule():
    assert missing(LAB_AND_QUIZ, ()) == ("lab", "quiz")
    assert missing(LAB_AND_QUIZ, ("lab",)) == ("quiz",)
    assert missing(LAB_AND_QUIZ, ("quiz", "lab")) == ()


def test_a_rule_is_read_again_as_it_was_whatever_is_asked_today():
    stored = QUIZ_ALONE.to_dict()

    assert stored == {"name": "quiz-1", "needs": ["quiz"]}
    assert Rule.from_dict(stored) == QUIZ_ALONE
    assert Rule.from_dict({"name": "old", "needs": []}) == Rule("old", ())
