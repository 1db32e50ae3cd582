"""Write runs: begin, act, end, begin again. What is acknowledged is kept."""

import secrets
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any

from course.base import clock
from course.base.db import built_once, db, deed, insert
from course.domain.lab import LAB, UNDO, Action
from course.domain.run import Result, action_of
from course.domain.simulators.base import Raw, RefusedError
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.catalogue.queries import Shelf, lab_at
from course.features.lab import models, queries
from course.features.lab.hurdles import hurdle_after
from course.features.lab.models import Outcome, Run
from course.features.lab.queries import Opened
from course.features.progress.services import Deed, Verb, fold, rebuild, record, spent

EACH = 25  # actions between two snapshots
MOST_SIGNS = 8_000  # that an action may say in all
TOKEN = 31  # signs of a page's token that are kept beside those of the act


class EndedError(Exception):
    """The run is over: nothing more is done in it."""


def start_run(
    user: User, shelf: Shelf, key: str, mode: Mode, *, seed: int | None = None
) -> Run:
    """Begin a run, or go on with the open one. A seed starts the same again."""
    last = queries.last_run(user.id, key, mode)
    if last is not None and last.ended_at is None:
        return last
    return _begin(user, shelf.revision("lab", key), mode, seed)


@deed
def restart_run(user: User, shelf: Shelf, key: str, mode: Mode) -> Run:
    """Leave the open run as it is and begin another; one not begun yet stays.

    What was left so was never handed in: it is not judged, and nobody has failed.
    """
    last = queries.last_run(user.id, key, mode)
    if last is not None and last.ended_at is None:
        held = queries.locked(user.id, last.id).run
        if held.ended_at is None and not held.count:
            return held
        _give_up(held)
        db.session.flush()
    return _begin(user, shelf.revision("lab", key), mode)


@deed
def _begin(user: User, revision_id: int, mode: Mode, seed: int | None = None) -> Run:
    lab = lab_at(revision_id)
    run = db.session.scalar(
        insert(Run)
        .values(
            user_id=user.id,
            lab=lab.key,
            revision_id=revision_id,
            mode=mode,
            seed=secrets.randbits(31) if seed is None else seed,
            profile=user.profile.to_dict(),
            versions=queries.versions_of(lab),
            started_at=clock.now(),
            count=0,
        )
        .on_conflict_do_nothing()
        .returning(Run)
    )
    if run is None:
        # A double click: the other request made it a moment ago.
        return db.session.scalars(queries.newest(user.id, lab.key, mode)).one()
    record(_deed(run, Verb.STARTED, run.started_at))
    return run


@deed
def act(
    user_id: int, run_id: int, what: str, raw: Raw, token: str
) -> tuple[Opened, datetime]:
    """Do one thing, and keep it; the same from the same page again changes nothing.

    `what`: « simulator.act »; `raw`: the act's fields. Returns the run and when it was
    kept. Raises EndedError once the run is over, RefusedError when it is not done.
    """
    return go_on(queries.locked(user_id, run_id), what, raw, token)


@deed
def go_on(opened: Opened, what: str, raw: Raw, token: str) -> tuple[Opened, datetime]:
    """The same in a run that this deed has locked already."""
    user_id, run_id = opened.run.user_id, opened.run.id
    if opened.run.ended_at is not None:
        raise EndedError
    simulator, _dot, name = what.partition(".")
    action = action_of(opened.lab, simulator, name, raw)
    client_id = _client_id(token, action)
    twice = next((k.at for k in opened.lines if k.client_id == client_id), None)
    if twice is not None:
        return opened, twice
    try:
        opened, stored = _done(opened, action)
    except RefusedError:
        # Done already, long ago: a page that was left open sends it again.
        twice = queries.action_at(run_id, client_id)
        if twice is None:
            raise
        return opened, twice
    at = clock.now()
    seconds = spent(user_id, at)
    if not _kept(opened, action, client_id, at, seconds):
        again = queries.opened(user_id, run_id)
        return again, queries.action_at(run_id, client_id) or at
    run = opened.run
    run.count, run.snapshot = opened.play.count, stored
    run.versions = queries.versions_of(opened.lab)
    fold(Deed(user_id, Verb.ACTED, "lab", run.lab, at, seconds=seconds))
    return opened, at


def _done(opened: Opened, action: Action) -> tuple[Opened, dict[str, Any] | None]:
    """The run after this action, and the snapshot from which it is read again."""
    run, play = opened.run, opened.play
    undo = (action.simulator, action.name) == (LAB, UNDO)
    if undo and play.last is None and play.count:
        # What is taken back was done before the snapshot: it is of no use any more.
        opened = queries.opened(run.user_id, run.id, whole=True)
        opened.play.do(action)
        return opened, None
    stored = queries.snapshot_of(run)
    # Before the action: whoever reads the run again then sees it done.
    if len(play.steps) >= EACH and not undo:
        stored = play.snapshot()
    play.do(action)
    return opened, None if stored is None else dict(stored)


def _client_id(token: str, action: Action) -> str:
    """The page's token and the act: several forms of a page share its token."""
    said = dumps([action.simulator, action.name, action.fields], sort_keys=True)
    if len(said) > MOST_SIGNS:
        raise RefusedError("act.too-long", most=MOST_SIGNS)
    return f"{token[:TOKEN]}-{sha256(said.encode()).hexdigest()[:8]}"


def _kept(
    opened: Opened, action: Action, client_id: str, at: datetime, seconds: int
) -> bool:
    position = opened.play.count
    row = {
        "run_id": opened.run.id,
        "position": position,
        "client_id": client_id,
        "simulator": action.simulator,
        "name": action.name,
        "fields": dict(action.fields),
        "at": at,
        "seconds": seconds,
    }
    if db.session.scalar(_keep(), row) is None:
        return False
    opened.lines.append(queries.Kept(position, client_id, at, seconds, action))
    return True


@built_once
def _keep() -> Any:
    """INSERT an action, unless the page has sent it already; gives its id."""
    row = insert(models.Action.__table__)
    once = row.on_conflict_do_nothing(index_elements=["run_id", "client_id"])
    return once.returning(models.Action.id)


@deed
def end_run(user_id: int, run_id: int) -> Opened:
    """Judge the run and close it; closing twice changes nothing."""
    queries.locked(user_id, run_id)
    # A SELECT that locks sees the other rows as they were before it waited.
    opened = queries.opened(user_id, run_id, whole=True)
    if opened.run.ended_at is None:
        _end(opened)
    return opened


def _end(opened: Opened) -> None:
    run, result, at = opened.run, opened.judged(), clock.now()
    run.ended_at, run.snapshot = at, None
    run.points, run.out_of = result.points, result.out_of
    verb = Verb.ENDED
    if run.mode == Mode.CHECK:
        run.passed = result.passed
        verb = Verb.PASSED if result.passed else Verb.FAILED
    hurdle = hurdle_after(run, [goal.name for goal in result.missing])
    db.session.execute(insert(Outcome.__table__), _outcomes(run, result))
    share = result.verdict.share or 0
    record(_deed(run, verb, at, share=share, points=result.points, **hurdle))


def _outcomes(run: Run, result: Result) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run.id,
            "goal": each.goal.name,
            "points": each.goal.points,
            "required": each.goal.required,
            "reached": each.reached,
            "share": each.share,
            "hints": each.hints,
            "position": each.position,
            "seconds": each.seconds,
        }
        for each in result.outcomes
    ]


def _give_up(run: Run) -> None:
    """Close the run as it stands, without a verdict; one that is over stays so."""
    if run.ended_at is not None:
        return
    at = clock.now()
    run.ended_at, run.snapshot = at, None
    record(_deed(run, Verb.ENDED, at, left=True))


def _deed(run: Run, verb: Verb, at: datetime, **result: float | str) -> Deed:
    return Deed(
        user_id=run.user_id,
        verb=verb,
        kind="lab",
        key=run.lab,
        at=at,
        client_id=f"lab-{run.id}-{verb}",  # attempts have the bare numbers
        revision_id=run.revision_id,
        result={"run": run.id, "mode": run.mode, **result},
    )


@deed
def adopt(guest_id: int, user_id: int) -> None:
    """Give a guest's runs to an account; one open run stays the account's."""
    for run in queries.runs_of(guest_id, limit=None):
        rival = queries.last_run(user_id, run.lab, run.mode)
        if run.ended_at is None and rival is not None and rival.ended_at is None:
            _give_up(run)
        run.user_id = user_id
        db.session.flush()
    rebuild({guest_id, user_id})
