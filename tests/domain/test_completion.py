from course.domain.completion import lesson_done, quiz_passed, stamp_deserved
from course.domain.verdict import Score
from tests.domain.samples import library


def test_a_lesson_is_done_once_its_questions_were_tried() -> None:
    lesson = library().lesson("contagion")

    assert lesson_done(lesson, {"cupboard"})
    assert not lesson_done(lesson, set())


def test_a_quiz_is_passed_at_its_mark_unless_a_human_is_awaited() -> None:
    assert quiz_passed(Score(7, 10, passed=True), 70)
    assert not quiz_passed(Score(6.9, 10, passed=False), 70)
    assert not quiz_passed(Score(7, 10, passed=True, waiting=True), 70)


def test_a_stamp_is_deserved_once_the_quiz_is_passed() -> None:
    module = library().module("antivirus")

    assert stamp_deserved(module, {"antivirus"})
    assert not stamp_deserved(module, set())
