"""Pages of a lesson: read it, try its questions, keep its memo card."""

import secrets
from random import Random
from typing import Any

from flask import Blueprint, Flask, abort, jsonify, redirect, render_template, request
from flask import url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.access import allowed
from course.base.i18n import language
from course.domain.lesson import Memo, Try
from course.domain.questions.base import UnreadableError
from course.domain.rights import May
from course.domain.visibility import Mode, Moment, visibility
from course.features.catalogue.queries import shelf
from course.features.catalogue.unreadable import sentence
from course.features.lesson import queries, services
from course.features.path.queries import Stage, stage_of
from course.features.progress.queries import standings_of

bp = Blueprint("lesson", __name__)
NOT_YET = visibility(Mode.PRACTICE, Moment.ANSWERING)
NOW = visibility(Mode.PRACTICE, Moment.ANSWERED)


@bp.get("/lessons/<key>")
@allowed(May.LEARN)
def show(key: str) -> str:
    """The lesson in the words of one's trade."""
    return _page(key, {})


def _page(key: str, tries: dict[str, dict[str, Any]]) -> str:
    lesson = shelf().lesson(key)
    ready = queries.rendered(shelf(), key, language(), current_user.profile)
    standings = standings_of(current_user.id)
    stage = stage_of(shelf().module(lesson.module), shelf().library, standings)
    for shown in ready.blocks:
        if shown.kind == Try.kind and shown.block.name not in tries:
            tries[shown.block.name] = _asked(shown.block)
    return render_template(
        "lesson/show.html",
        lesson=lesson,
        ready=ready,
        stage=stage,
        place=stage.place("lesson", key),
        following=_following(stage, key),
        tries=tries,
        memo=any(shown.kind == Memo.kind for shown in ready.blocks),
        client=secrets.token_hex(8),
    )


def _following(stage: Stage, key: str) -> Any:
    """The step after this one, whatever was done."""
    place = stage.place("lesson", key)
    return stage.steps[place] if place < len(stage.steps) else None


def _asked(block: Try, **answered: Any) -> dict[str, Any]:
    """What the template of a try needs; the same shuffle for everybody, always."""
    question = block.question
    variant = question.prepare(Random(block.name), current_user.profile)  # noqa: S311
    return {
        "block": block,
        "face": question.face(variant, language()),
        "answer": {},
        "visibility": NOT_YET,
        "client": secrets.token_hex(8),
        **answered,
    }


@bp.post("/lessons/<key>/tries/<name>")
@allowed(May.LEARN)
def attempt(key: str, name: str) -> Response | str | tuple[str, int]:
    """Answer the question of a lesson: the reason comes at once, nothing is marked."""
    ready = queries.rendered(shelf(), key, language(), current_user.profile)
    block = next(
        (s.block for s in ready.blocks if s.kind == Try.kind and s.block.name == name),
        None,
    )
    if block is None:
        abort(404)
    shown, code = _try(key, block)
    if request.accept_mimetypes.best == "application/json":
        html = render_template("lesson/try.html", shown=shown, key=key)
        return jsonify(html=html) if code == 200 else (jsonify(message=shown["error"]), code)
    return _page(key, {name: shown}), code


def _try(key: str, block: Try) -> tuple[dict[str, Any], int]:
    raw = {name: request.form.getlist(name) for name in request.form}
    question = block.question
    variant = question.prepare(Random(block.name), current_user.profile)  # noqa: S311
    try:
        answer = question.parse(raw, variant)
    except UnreadableError as error:
        return _asked(block, answer=raw, error=sentence(error)), 422
    share = question.judge(answer).share
    client = request.form.get("client", "")[:40]
    services.tried(current_user, shelf(), key, block.name, share=share, client_id=client)
    reviewed = {
        "answer": question.filled(answer, variant),
        "reasons": question.reasons(answer),
        "solution": question.solution(language()),
        "why": question.why,
        "visibility": NOW,
    }
    return _asked(block, **reviewed), 200


@bp.post("/lessons/<key>/read")
@allowed(May.LEARN)
def read(key: str) -> Response:
    """Note that the lesson was read, and go on."""
    lesson = shelf().lesson(key)
    services.read(current_user, shelf(), key)
    stage = stage_of(shelf().module(lesson.module), shelf().library, {})
    step = _following(stage, key)
    if step is None:
        return redirect(url_for("path.module", key=lesson.module))
    return redirect(url_for(step.endpoint, key=step.key))


@bp.get("/lessons/<key>/memo")
@allowed(May.LEARN)
def memo(key: str) -> str:
    """The memo card alone: one page to print, or to keep on a phone."""
    lesson = shelf().lesson(key)
    ready = queries.rendered(shelf(), key, language(), current_user.profile)
    card = next((s for s in ready.blocks if s.kind == Memo.kind), None)
    if card is None:
        abort(404)
    return render_template("lesson/memo.html", lesson=lesson, card=card)


def init_app(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
