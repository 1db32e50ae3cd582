"""Completion: when something is done, and when a stamp is deserved."""

from collections.abc import Collection

from course.domain.lesson import Lesson, Module
from course.domain.verdict import Score


def lesson_done(lesson: Lesson, tried: Collection[str]) -> bool:
    """A lesson read to its end is done once each of its questions was tried."""
    return all(question.name in tried for question in lesson.tries)


def quiz_passed(score: Score, pass_mark: int) -> bool:
    """A quiz is passed at its pass mark, nothing being awaited from a human."""
    return not score.waiting and score.percent >= pass_mark


def stamp_deserved(module: Module, passed: Collection[str]) -> bool:
    """A module's stamp is deserved once its quiz is passed."""
    return module.quiz is not None and module.quiz in passed
