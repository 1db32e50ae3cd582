"""What labs hold about people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from sqlalchemy import Select, select

from course.base.db import db
from course.base.i18n import _l
from course.base.personal import Field, Holding, Until, mine
from course.domain.lab import Lab
from course.features.catalogue.queries import lab_at
from course.features.lab.models import Action, Outcome, Run

_MARK = _l("To judge the lab, and to let you see it again.")
_HELP = _l("To let your trainer see when help is needed.")


def _actions(user_id: int) -> Select[Any]:
    return (
        select(Action)
        .join(Run, Run.id == Action.run_id)
        .where(Run.user_id == user_id)
        .order_by(Action.id)
    )


def _outcomes(user_id: int) -> Select[Any]:
    return (
        select(Outcome)
        .join(Run, Run.id == Outcome.run_id)
        .where(Run.user_id == user_id)
        .order_by(Outcome.id)
    )


def forget_words(user_id: int, _pseudonym: str = "") -> None:
    """What was typed may name somebody; what was chosen, and the marks, may not.

    What the lab's own text holds is no secret, and lets the run be told still.
    """
    for run in db.session.scalars(mine(Run)(user_id)):
        run.snapshot = None
    asked = _actions(user_id).add_columns(Run.revision_id)
    for action, revision_id in db.session.execute(asked):
        lab = lab_at(revision_id)
        kind = _kind_of(lab, action)
        known = _words_of(lab) if action.fields else frozenset()
        action.fields = {
            name: _kept(value, known | _choices(kind, name))
            for name, value in action.fields.items()
        }


def _kind_of(lab: Lab, action: Action) -> Any:
    """The type of act that it was, if this version still knows it."""
    desk = {each.kind: each.acts for each in lab.desk}
    return desk.get(action.simulator, {}).get(action.name)


def _kept(value: Any, known: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_kept(each, known) for each in value]
    return value if value in known else ""


def _choices(kind: Any, name: str) -> frozenset[str]:
    """What a field of an act may be chosen from."""
    field = kind.model_fields.get(name) if kind else None
    return frozenset(_options(field.annotation)) if field else frozenset()


def _options(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
        return
    for each in get_args(annotation):
        yield from _options(each)


def _words_of(lab: Lab) -> frozenset[str]:
    """Every word by which the lab's text names something: files, posts, people."""
    goals = (goal.name for goal in lab.goals)
    desk = [each.model_dump() for each in lab.desk]
    return frozenset(_said(desk)) | frozenset(goals)


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    inner: Iterable[Any] = ()
    if isinstance(value, Mapping):
        inner = value.values()
    elif isinstance(value, list | tuple):
        inner = value
    for each in inner:
        yield from _said(each)


HOLDINGS = (
    Holding(
        Run,
        _l("Your runs of labs"),
        {
            "lab": Field(_l("Lab"), _MARK, Until.ANSWERS),
            "mode": Field(_l("Mode"), _MARK, Until.ANSWERS),
            "profile": Field(
                _l("Your four answers then"),
                _l("To show the lab in the same words again."),
                Until.ANSWERS,
            ),
            "started_at": Field(_l("Started"), _MARK, Until.ANSWERS),
            "ended_at": Field(_l("Ended"), _MARK, Until.ANSWERS),
            "count": Field(_l("Actions"), _MARK, Until.ANSWERS),
            "points": Field(_l("Points"), _MARK, Until.ANSWERS),
            "out_of": Field(_l("Points there are"), _MARK, Until.ANSWERS),
            "passed": Field(_l("Passed"), _MARK, Until.ANSWERS),
        },
        mine(Run),
        # The snapshot says again what the actions say.
        plain=frozenset({"seed", "versions", "snapshot"}),
    ),
    Holding(
        Action,
        _l("What you did in labs"),
        {
            "position": Field(_l("Place"), _MARK, Until.ANSWERS),
            "simulator": Field(_l("On what"), _MARK, Until.ANSWERS),
            "name": Field(_l("What"), _MARK, Until.ANSWERS),
            "fields": Field(_l("What you chose or wrote"), _MARK, Until.ANSWERS),
            "at": Field(_l("When"), _MARK, Until.ANSWERS),
            "seconds": Field(_l("Seconds"), _HELP, Until.ANSWERS),
        },
        _actions,
        forget_words,
        plain=frozenset({"client_id"}),
    ),
    Holding(
        Outcome,
        _l("What became of the goals of labs"),
        {
            "goal": Field(_l("Goal"), _MARK, Until.ANSWERS),
            "points": Field(_l("Points"), _MARK, Until.ANSWERS),
            "required": Field(_l("Compulsory"), _MARK, Until.ANSWERS),
            "reached": Field(_l("Reached"), _MARK, Until.ANSWERS),
            "share": Field(_l("Share of the points"), _MARK, Until.ANSWERS),
            "hints": Field(_l("Hints read"), _HELP, Until.ANSWERS),
            "position": Field(_l("Place"), _MARK, Until.ANSWERS),
            "seconds": Field(_l("Seconds"), _HELP, Until.ANSWERS),
        },
        _outcomes,
    ),
)
