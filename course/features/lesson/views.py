"""Pages of a lesson: read it, try its questions, keep its memo card."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base import clock
from course.base.access import allowed
from course.base.fragments import own
from course.base.i18n import language, show_time
from course.domain.lesson import Try
from course.domain.questions.base import UnreadableError
from course.domain.rights import May
from course.domain.visibility import Mode, Moment, visibility
from course.features.account.signals import adopted
from course.features.catalogue.queries import shelf
from course.features.catalogue.unreadable import sentence
from course.features.lesson import merging, places, services
from course.features.lesson.rendering import (
    asked,
    rendered,
    show_try,
    variant_of,
)
from course.features.path.queries import DONE, PLACES, Stage, Step, stage_of
from course.features.progress.queries import standings_of
from course.features.progress.services import client_id

bp = Blueprint("lesson", __name__)
OK, UNREADABLE = HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/lessons/<key>")
@allowed(May.LEARN)
def show(key: str) -> str:
    """The lesson in the words of one's trade."""
    return _page(key, {})


def _page(key: str, answered: Mapping[str, str]) -> str:
    lesson = shelf().lesson(key)
    ready = rendered(shelf(), key, language(), current_user.profile)
    standings = standings_of(current_user.id)
    stage = stage_of(shelf().module(lesson.module), shelf().library, standings)
    number = stage.place("lesson", key)
    reading = stage.steps[number - 1].state != DONE
    # Who has just answered is there already.
    looking = reading and not answered
    return render_template(
        "lesson/show.html",
        lesson=lesson,
        ready=ready,
        body=ready.body(answered),
        stage=stage,
        place=number,
        reading=reading,
        left_at=places.place_in(current_user, key) if looking else None,
        following=_following(stage, key),
    )


def _following(stage: Stage, key: str) -> Step | None:
    """The step after this one, whatever was done."""
    place = stage.place("lesson", key)
    return stage.steps[place] if place < len(stage.steps) else None


@bp.post("/lessons/<key>/tries/<name>")
@allowed(May.LEARN)
def attempt(key: str, name: str) -> Response | str | tuple[str | Response, int]:
    """Answer the question of a lesson: the reason comes at once, nothing is marked."""
    ready = rendered(shelf(), key, language(), current_user.profile)
    if name not in ready.tries:
        abort(404)
    shown, code = _try(key, ready.tries[name])
    html = show_try(key, shown)
    if request.accept_mimetypes.best != "application/json":
        return _page(key, {name: html}), code
    if code != OK:
        return jsonify(message=shown["error"]), code
    return jsonify(html=own(html))


def _try(key: str, block: Try) -> tuple[dict[str, Any], int]:
    raw = {name: request.form.getlist(name) for name in request.form}
    question = block.question
    try:
        answer = question.parse(raw, variant_of(block))
    except UnreadableError as error:
        return asked(block, language(), answer=raw, error=sentence(error)), UNREADABLE
    services.tried(
        current_user,
        shelf(),
        key,
        services.result_of(block, answer),
        client_id=client_id(request.form.get("client")),
    )
    reviewed = {
        "answer": question.filled(answer, variant_of(block)),
        "reasons": question.reasons(answer),
        "solution": question.solution(language()),
        "why": question.why,
        "visibility": visibility(Mode.PRACTICE, Moment.ANSWERED),
    }
    return asked(block, language(), **reviewed), OK


@bp.post("/lessons/<key>/place")
@allowed(May.LEARN)
def place(key: str) -> Response:
    """Note the paragraph being read, as the page is left; an unknown one is not."""
    ready = rendered(shelf(), key, language(), current_user.profile)
    anchor = request.form.get("anchor", "")
    if anchor in ready.stops:
        services.keep_place(current_user.id, key, anchor)
    return Response(status=HTTPStatus.NO_CONTENT, mimetype="application/json")


@bp.post("/lessons/<key>/read")
@allowed(May.LEARN)
def read(key: str) -> Response:
    """Note that the lesson was read, and go on."""
    lesson = shelf().lesson(key)
    services.read(current_user, shelf(), key)
    stage = stage_of(shelf().module(lesson.module), shelf().library, {})
    step = _following(stage, key)
    url = url_for("path.module", key=lesson.module)
    if step is not None:
        url = url_for(step.endpoint, key=step.key)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(saved=show_time(clock.now()), url=url)
    return redirect(url)


@bp.get("/lessons/<key>/memo")
@allowed(May.LEARN)
def memo(key: str) -> str:
    """The memo card alone: one page to print, or to keep on a phone."""
    lesson = shelf().lesson(key)
    ready = rendered(shelf(), key, language(), current_user.profile)
    if ready.card is None:
        abort(404)
    return render_template("lesson/memo.html", lesson=lesson, card=ready.card)


def _adopt(_sender: Any, guest_id: int, user_id: int) -> None:
    services.adopt(guest_id, user_id)


def init_app(app: Flask) -> None:
    """Add these pages, and where one was to the path."""
    app.register_blueprint(bp)
    PLACES["lesson"] = places.place_of
    adopted.connect(_adopt)
    merging.init_app()
