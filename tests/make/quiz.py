"""Attempts at the small library's quiz, and what a browser sends for an answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import g
from sqlalchemy import select

from course.base.db import db, transaction
from course.domain.questions.base import Face
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue import queries as catalogue
from course.features.progress.models import Standing
from course.features.progress.services import rebuild
from course.features.quiz import queries, services
from course.features.quiz.models import Attempt
from course.features.quiz.queries import Line, Sitting
from tests.make.client import Client
from tests.make.library_quiz import RIGHT

# Something readable, worth nothing, that has its own reason.
WRONG: dict[str, object] = {
    "alerte": "J'enferme le PC",
    "appel": "Le numéro affiché à l'écran",
    "allume": "Faux : éteindre protège",
    "chemins": ["L'air entre deux PC", "Une facture sur papier"],
    "delai": "48",
    "appareil": "antivirus",
    "ordre": ["Porter plainte", "Alerter son contact", "Couper le réseau"],
    "mots": {
        "Routeur": "porte le réseau",
        "Câble": "déclare l'attaque",
        "Plainte": "relie les postes",
    },
    "tri": {
        "Un dossier commun": "Ne peut pas passer",
        "Une pièce jointe": "Ne peut pas passer",
        "Une lettre sur papier": "Peut passer",
    },
    "papier": "Jamais",
}
UNKNOWN = {"unknown": ["1"]}
SCRIPT = {"Accept": "application/json"}


def start(user: User, mode: Mode = Mode.CHECK) -> Attempt:
    """Begin with what is published now, as a new request would."""
    g.pop("shelf", None)
    return services.start_attempt(user, catalogue.shelf(), "essai", mode)


def sitting(attempt: Attempt) -> Sitting:
    """The attempt as the database knows it now."""
    user_id, number = attempt.user_id, attempt.id
    db.session.close()
    return queries.sitting_of(user_id, number)


def line_of(attempt: Attempt, question: str) -> Line:
    """One question of an attempt."""
    return next(one for one in sitting(attempt).lines if one.item.question == question)


def fields(line: Line, said: object) -> dict[str, list[str]]:
    """What a form sends when these words are ticked, typed, put in order or joined."""
    face = line.question.face(line.item.variant, "fr")
    if face.kind == "choice":
        ticked = [said] if isinstance(said, str) else said
        return {"answer": _keys(face, ticked)}
    if isinstance(said, str):
        return {"answer": [said]}
    if isinstance(said, Mapping):
        targets = {target.text: target.key for target in face.targets}
        return {f"answer-{i.key}": [targets[said[i.text]]] for i in face.items}
    places = {words: str(place) for place, words in enumerate(said, 1)}
    return {f"answer-{item.key}": [places[item.text]] for item in face.items}


def _keys(face: Face, words: Iterable[str]) -> list[str]:
    return [item.key for item in face.items if item.text in words]


def answer(attempt: Attempt, question: str, said: object, client: str = "one") -> Line:
    """Give an answer by its words; « None » is « je ne sais pas »."""
    line = line_of(attempt, question)
    raw = UNKNOWN if said is None else fields(line, said)
    place = line.item.position
    return services.answer(attempt.user_id, attempt.id, place, raw, client)[1]


def answer_all(attempt: Attempt, *, right: Iterable[str] = RIGHT) -> None:
    """Answer everything, these questions rightly."""
    known = set(right)
    lines = sitting(attempt).lines
    with transaction():
        for line in lines:
            said = (RIGHT if line.item.question in known else WRONG)[line.item.question]
            raw = fields(line, said)
            place = line.item.position
            services.answer(attempt.user_id, attempt.id, place, raw, "one")


def end(attempt: Attempt) -> Attempt:
    """End it."""
    return services.end_attempt(attempt.user_id, attempt.id).attempt


def standings() -> dict[tuple[object, ...], tuple[object, ...]]:
    """Where everybody stands, comparable."""
    db.session.close()
    found = db.session.scalars(select(Standing))
    return {
        (s.user_id, s.kind, s.key): (
            *(s.state, s.best, s.tries, s.answered, s.first_at, s.last_at),
            *(s.seconds, s.hasty, s.wrong, s.hurdle),
        )
        for s in found
    }


def standings_anew() -> dict[tuple[object, ...], tuple[object, ...]]:
    """The same, made again from the ledger."""
    rebuild()
    return standings()


def address(attempt: Attempt, question: str) -> dict[str, int]:
    """The values of a question's address."""
    return {
        "attempt_id": attempt.id,
        "position": line_of(attempt, question).item.position,
    }


def sent(browser: Client, attempt: Attempt, question: str, words: object, **given: Any):
    """Send a form with these words ticked or typed."""
    data = fields(line_of(attempt, question), words)
    where = address(attempt, question)
    return browser.post("quiz.answer", **where, data=data, **given)
