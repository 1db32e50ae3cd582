"""Question types, one module each."""

from collections.abc import Mapping
from typing import Any

from course.base.registry import Registry
from course.domain.questions.base import Question

QUESTIONS: Registry[Question] = Registry(
    Question, package="course.domain.questions", group="course.questions"
)


def load_question(stored: Mapping[str, Any]) -> Question:
    """The question that `dump` gave, else KeyError or pydantic's ValidationError."""
    fields = {name: value for name, value in stored.items() if name != "kind"}
    return QUESTIONS[stored["kind"]].model_validate(fields)
