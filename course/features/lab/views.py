"""Pages of a lab: its mission, the desk, one action at a time, the end, the review."""

import secrets
from typing import Any

from flask import (
    Blueprint,
    Flask,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.access import allowed
from course.base.i18n import _, language, show_time
from course.domain.lab import Lab
from course.domain.lesson import Module
from course.domain.rights import May
from course.domain.simulators.base import RefusedError
from course.domain.visibility import Mode, Moment, visibility
from course.features.account.signals import adopted
from course.features.catalogue.queries import shelf
from course.features.lab import merging, places, queries, services, wording
from course.features.lab.queries import Opened
from course.features.path.queries import PLACES, stamps_of
from course.features.progress.services import LEDGERS, client_id

bp = Blueprint("lab", __name__)
# What a form carries besides the act's own fields.
PAGE_FIELDS = frozenset({"csrf_token", "client", "act"})
Answered = Response | str | tuple[Response | str, int]


@bp.get("/labs/<key>")
@allowed(May.LEARN)
def show(key: str) -> str:
    """What the lab is about, practice or check, and what was done before."""
    lab = shelf().lab(key)
    runs = queries.runs_of(current_user.id, key)
    return render_template(
        "lab/show.html",
        lab=lab.for_trade(current_user.profile.trade),
        module=shelf().library.module(lab.module),
        runs=runs,
        open={run.mode: run for run in runs if run.ended_at is None},
        modes=Mode,
    )


@bp.post("/labs/<key>/runs")
@allowed(May.LEARN)
def start(key: str) -> Response:
    """Begin a run, or find the one that is open; `again` leaves it for another."""
    shelf().lab(key)
    mode = Mode.CHECK if request.form.get("mode") == Mode.CHECK else Mode.PRACTICE
    begin = services.restart_run if request.form.get("again") else services.start_run
    run = begin(current_user, shelf(), key, mode)
    return redirect(url_for("lab.take", run_id=run.id))


@bp.get("/runs/<int:run_id>")
@allowed(May.LEARN)
def take(run_id: int) -> Response | str:
    """The desk as it was left."""
    opened = queries.opened(current_user.id, run_id)
    if opened.run.ended_at is not None:
        return redirect(url_for("lab.review", run_id=run_id))
    return _desk(opened, queries.views_of(opened.lab, request.args))


@bp.post("/runs/<int:run_id>/actions")
@allowed(May.LEARN)
def act(run_id: int) -> Answered:
    """Do one thing on the desk, keep it, then show what came of it."""
    raw = {
        name: request.form.getlist(name)
        for name in request.form
        if name not in PAGE_FIELDS
    }
    # A button that does another act than its form is said after it.
    what = (request.form.getlist("act") or [""])[-1]
    token = client_id(request.form.get("client")) or secrets.token_hex(8)
    try:
        opened, at = services.act(current_user.id, run_id, what, raw, token)
    except services.EndedError:
        return _ended(run_id)
    except RefusedError as error:
        return _refused(run_id, error, raw)
    view = _view_after(opened)
    url, saved = _url_of(run_id, view), show_time(at)
    if not _by_script():
        return redirect(url)
    return jsonify(saved=saved, html=_desk(opened, view), url=url)


def _url_of(run_id: int, view: dict[str, Any]) -> str:
    return url_for("lab.take", run_id=run_id, **view)


def _view_after(opened: Opened) -> dict[str, str]:
    """What one saw, but where what was just done leads elsewhere."""
    seen = queries.views_of(opened.lab, request.args)
    last = opened.lines[-1].action if opened.lines else None
    done = queries.act_of(opened.lab, last) if last else None
    if last is None or done is None:
        return seen
    look = opened.lab.simulator(last.simulator).look(opened.play.world, done)
    return queries.views_of(opened.lab, {**seen, **look})


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _ended(run_id: int) -> Answered:
    message = _("This run is over: what you did was kept, this came too late.")
    url = url_for("lab.review", run_id=run_id)
    if _by_script():
        return jsonify(message=message, url=url, label=_("Read the review")), 409
    flash(message)
    return redirect(url)


def _refused(run_id: int, error: RefusedError, raw: Any) -> Answered:
    message = wording.refusal(error)
    field = error.values.get(
        "field", ""
    )  # where the person writes again, if it is known
    if _by_script():
        return jsonify(message=message, field=field), 422
    opened = queries.opened(current_user.id, run_id)
    view = queries.views_of(opened.lab, request.args)
    wrong = {field: message}
    return _desk(opened, view, error=message, typed=raw, wrong=wrong), 422


def _desk(
    opened: Opened,
    view: dict[str, str],
    *,
    error: str = "",
    typed: Any = None,
    wrong: Any = None,
) -> str:
    """The mission and the tools; in a check nothing tells what is reached."""
    run, spoken = opened.run, language()
    last = opened.last_line(spoken)
    return render_template(
        "lab/take.html",
        by_script=_by_script(),
        opened=opened,
        run=run,
        lab=opened.lab,
        module=_module_of(opened.lab),
        published=_is_published(opened.lab),
        # Whether a task is ticked as soon as it is done.
        visibility=visibility(Mode(run.mode), Moment.ANSWERED),
        desk={
            "run": run.id,
            "live": True,
            "url": url_for("lab.take", run_id=run.id),
            "client": secrets.token_hex(8),
            "view": view,
            "practice": opened.practice,
            "typed": typed or {},
            "wrong": wrong or {},
        },
        panels=queries.panels(opened.lab, opened.play.world, view, spoken),
        last=last,
        # What was just sprung is told on the page that follows it.
        sprung=[opened.lab.consequence(name) for name in last.step.sprung]
        if last
        else [],
        told=wording.told,
        error=error,
    )


@bp.post("/runs/<int:run_id>/end")
@allowed(May.LEARN)
def end(run_id: int) -> Response:
    """Hand the run in: only this button does."""
    services.end_run(current_user.id, run_id)
    return redirect(url_for("lab.review", run_id=run_id))


@bp.get("/runs/<int:run_id>/review")
@allowed(May.LEARN)
def review(run_id: int) -> Response | str:
    """Goal by goal: what was done, when, and what the right reflex is."""
    opened = queries.opened(current_user.id, run_id, whole=True)
    if opened.run.ended_at is None:
        return redirect(url_for("lab.take", run_id=run_id))
    return render_template(
        "lab/review.html",
        opened=opened,
        run=opened.run,
        lab=opened.lab,
        module=_module_of(opened.lab),
        published=_is_published(opened.lab),
        stamp_at=stamps_of(current_user.id).get(opened.lab.module),
        outcomes=queries.outcomes_of([run_id])[run_id],
        lines=opened.history(language()),
        told=wording.told,
        see_url=_see_url,
    )


def _module_of(lab: Lab) -> Module | None:
    """Its module as it is published now, if it still is."""
    modules = shelf().library.modules
    return next((each for each in modules if each.key == lab.module), None)


def _is_published(lab: Lab) -> bool:
    """Whether one may still begin it: a run outlives its lab."""
    return any(each.key == lab.key for each in shelf().library.labs)


def _see_url(see: str) -> str:
    lesson, _hash, anchor = see.partition("#")
    return url_for("lesson.show", key=lesson, _anchor=anchor or None)


def _adopt(_sender: Any, guest_id: int, user_id: int) -> None:
    services.adopt(guest_id, user_id)


def init_app(app: Flask) -> None:
    """Add these pages, and the actions to the ledger."""
    app.register_blueprint(bp)
    if queries.actions not in LEDGERS:
        LEDGERS.append(queries.actions)
    adopted.connect(_adopt)
    PLACES["lab"] = places.place_of
    merging.init_app()
