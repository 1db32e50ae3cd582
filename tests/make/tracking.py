"""Learners who did something, who need somebody, and a library of many modules."""

from datetime import datetime, timedelta

from course.base import clock
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue import queries as catalogue
from course.features.progress.services import Deed, Verb, record
from course.features.quiz import services
from course.features.quiz.models import Attempt
from tests.make import quiz
from tests.make.library import FILES, LESSONS

NAMES = {"premiere", "seconde"}
CHOICES = "alerte"  # a question to get wrong again and again


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
    user: User,
    verb: Verb,
    key: str,
    at: datetime | None = None,
    *,
    seconds: int | None = None,
    kind: str = "",
    **result: object,
) -> None:
    """Write a deed in somebody's ledger."""
    kind = kind or ("lesson" if verb in {Verb.READ, Verb.TRIED} else "quiz")
    at = at or clock.now()
    word = f"{verb}-{key}-{at:%d%H%M%S}-{len(result)}"
    record(
        Deed(
            user.id,
            verb,
            kind,
            key,
            at,
            client_id=word,
            revision_id=catalogue.shelf().revisions.get((kind, key)),
            result=result,
            seconds=seconds,
        )
    )


def make_attempt(
    user: User, key: str = "essai", mode: str = "check", *, end: bool = True
) -> Attempt:
    """An attempt whose first question alone was answered, twice: unknown both times."""
    attempt = services.start_attempt(user, catalogue.shelf(), key, mode)
    for word in ("one", "two"):
        services.answer(user.id, attempt.id, 1, {"unknown": ["1"]}, word)
    if end:
        return services.end_attempt(user.id, attempt.id).attempt
    return attempt


def make_stuck(user: User, *, times: int = 4) -> Attempt:
    """So many wrong answers in a row to one question of a practice."""
    attempt = quiz.start(user, Mode.PRACTICE)
    for time in range(times):
        quiz.answer(attempt, CHOICES, quiz.WRONG[CHOICES], f"wrong-{time}")
    return attempt


def make_failing(user: User, *, times: int = 4, share: float = 0.4) -> None:
    """So many checks that did not reach the pass mark."""
    for time in range(times):
        at = clock.now() - timedelta(minutes=5 * time)
        did(user, Verb.FAILED, "essai", at, share=share)


def make_stopped(user: User, *, days: int = 9) -> None:
    """One lesson, and then nothing for so many days."""
    did(user, Verb.READ, "premiere", clock.now() - timedelta(days=days))


def make_guessing(user: User) -> Attempt:
    """A check answered at once from the first question to the last; not ended."""
    attempt = quiz.start(user, Mode.CHECK)
    quiz.answer_all(attempt, right=())
    return attempt


def make_near(user: User) -> None:
    """Every lesson read: the quiz is left."""
    for key in LESSONS:
        did(user, Verb.READ, key)
