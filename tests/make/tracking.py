"""Learners who did something, and a library as wide as the whole course."""

from datetime import datetime

from course.base import clock
from course.features.catalogue import queries as catalogue
from course.features.progress.services import Deed, Verb, record
from course.features.quiz import services
from course.features.quiz.models import Attempt
from tests.make.library import FILES

NAMES = {"premiere", "seconde"}


def many_modules(count: int) -> dict[str, str]:
    """The small library, and copies of its module up to so many."""
    files = dict(FILES)
    own = [path for path in FILES if "essai" in path]
    for number in range(2, count + 1):
        for path in own:
            copy = path.replace("1-essai", f"{number}-essai{number}")
            copy = copy.replace("quizzes/essai", f"quizzes/essai{number}")
            for name in NAMES:
                copy = copy.replace(name, f"{name}{number}")
            text = FILES[path].replace("quiz: essai", f"quiz: essai{number}")
            files[copy] = text.replace("module: essai", f"module: essai{number}")
    return files


def did(
    user, verb: Verb, key: str, at: datetime | None = None, **result: float
) -> None:
    """Write a deed in somebody's ledger."""
    kind = "lesson" if verb in {Verb.READ, Verb.TRIED} else "quiz"
    at = at or clock.now()
    word = f"{verb}-{key}-{at:%d%H%M}-{len(result)}"
    record(Deed(user.id, verb, kind, key, at, client_id=word, result=result))


def make_attempt(
    user, key: str = "essai", mode="check", *, end: bool = True
) -> Attempt:
    """An attempt whose first question alone was answered, twice: unknown both times."""
    attempt = services.start_attempt(user, catalogue.shelf(), key, mode)
    for word in ("one", "two"):
        services.answer(user.id, attempt.id, 1, {"unknown": ["1"]}, word)
    if end:
        return services.end_attempt(user.id, attempt.id).attempt
    return attempt
