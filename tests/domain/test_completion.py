"""When a stamp is deserved."""

from course.domain.completion import RULE, Rule, deserved, missing

LATER = Rule("lab-and-quiz-1", ("lab", "quiz"))


def test_the_quiz_alone_deserves_a_stamp_today():
    assert deserved(RULE, {"quiz"})
    assert not deserved(RULE, ())


def test_a_later_rule_may_ask_for_more():
    assert not deserved(LATER, {"quiz"})
    assert deserved(LATER, {"quiz", "lab"})


def test_what_is_missing_comes_in_the_order_of_the_rule():
    assert missing(LATER, ()) == ("lab", "quiz")
    assert missing(LATER, ("lab",)) == ("quiz",)
    assert missing(LATER, ("quiz", "lab")) == ()


def test_a_rule_is_read_again_as_it_was_whatever_is_asked_today():
    stored = RULE.to_dict()

    assert stored == {"name": "quiz-1", "needs": ["quiz"]}
    assert Rule.from_dict(stored) == RULE
    assert Rule.from_dict({"name": "old", "needs": []}) == Rule("old", ())
