"""Pages of a quiz: begin, answer one question at a time, end, see what to do next."""

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

from course.base import clock
from course.base.access import allowed
from course.base.i18n import _, language, show_time
from course.domain.questions.base import UnreadableError, is_unknown
from course.domain.rights import May
from course.domain.visibility import Mode, Moment, Visibility, visibility
from course.features.account.signals import adopted
from course.features.catalogue.queries import quiz_at, shelf
from course.features.catalogue.unreadable import sentence
from course.features.path.queries import PLACES, stamps_of
from course.features.progress.services import LEDGERS, client_id
from course.features.quiz import merging, places, queries, services
from course.features.quiz.queries import Line, Sitting

bp = Blueprint("quiz", __name__)
# What a form carries besides the answer.
PAGE_FIELDS = frozenset({"csrf_token", "client", "base"})
Answered = Response | str | tuple[Response | str, int]


@bp.get("/quizzes/<key>")
@allowed(May.LEARN)
def show(key: str) -> str:
    """What the quiz is about, practice or check, and what was sat before."""
    quiz = shelf().quiz(key)
    attempts = queries.attempts_of(current_user.id, key)
    return render_template(
        "quiz/show.html",
        quiz=quiz,
        module=shelf().library.module(quiz.module) if quiz.module else None,
        attempts=attempts,
        open={a.mode: a for a in attempts if a.ended_at is None},
        modes=Mode,
    )


@bp.post("/quizzes/<key>/attempts")
@allowed(May.LEARN)
def start(key: str) -> Response:
    """Begin an attempt, or find the one that is open."""
    shelf().quiz(key)
    mode = Mode.CHECK if request.form.get("mode") == Mode.CHECK else Mode.PRACTICE
    try:
        attempt = services.start_attempt(current_user, shelf(), key, mode)
    except services.PauseError as pause:
        seconds = max(1, int((pause.until - clock.now()).total_seconds()))
        flash(
            _(
                "Take a minute to read the reasons. A new check opens in %(count)s "
                "seconds; practice is open now.",
                count=seconds,
            )
        )
        return redirect(url_for("quiz.show", key=key))
    return redirect(url_for("quiz.take", attempt_id=attempt.id))


@bp.get("/attempts/<int:attempt_id>")
@allowed(May.LEARN)
def take(attempt_id: int) -> Response | str:
    """Go on where one was: the next question, or the list before ending."""
    sitting = queries.sitting_of(current_user.id, attempt_id)
    if sitting.attempt.ended_at is not None:
        return redirect(url_for("quiz.review", attempt_id=attempt_id))
    if "all" not in request.args and sitting.next_position:
        return _question_page(sitting, sitting.line(sitting.next_position))
    return _overview(sitting)


@bp.get("/attempts/<int:attempt_id>/questions/<int:position>")
@allowed(May.LEARN)
def question(attempt_id: int, position: int) -> Response | str:
    """One question, with what was answered before."""
    sitting = queries.sitting_of(current_user.id, attempt_id)
    line = sitting.line(position)
    if sitting.attempt.ended_at is not None:
        return redirect(url_for("quiz.review", attempt_id=attempt_id))
    again = "again" in request.args
    return _question_page(sitting, line, feedback=not again)


@bp.post("/attempts/<int:attempt_id>/questions/<int:position>")
@allowed(May.LEARN)
def answer(attempt_id: int, position: int) -> Answered:
    """Keep the answer, then show what comes: the reason, or the next question."""
    raw = {name: request.form.getlist(name) for name in request.form}
    client = client_id(request.form.get("client")) or secrets.token_hex(8)
    try:
        sitting, line, at = services.answer(
            current_user.id, attempt_id, position, raw, client, known=raw.get("base")
        )
    except services.EndedError:
        return _ended(attempt_id)
    except services.ConflictError as conflict:
        return _conflict(conflict, client)
    except UnreadableError as error:
        return _unreadable(attempt_id, position, raw, sentence(error))
    return _kept(sitting, line, show_time(at))


def _kept(sitting: Sitting, line: Line, saved: str) -> Answered:
    """A script gets the next page at once; a plain form is sent to it."""
    practice = sitting.attempt.mode == Mode.PRACTICE
    following = None if practice else sitting.next_position
    if practice:
        url = _url_of(sitting, line.item.position)
    elif following:
        url = _url_of(sitting, following)
    else:
        url = url_for("quiz.take", attempt_id=sitting.attempt.id)
    if not _by_script():
        flash(_("Saved at %(time)s", time=saved), "good")
        return redirect(url)
    if practice:
        html = _question_page(sitting, line)
    elif following:
        html = _question_page(sitting, sitting.line(following))
    else:
        html = _overview(sitting)
    return jsonify(saved=saved, html=html, url=url)


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _ended(attempt_id: int) -> Answered:
    message = _("This attempt is over: your answers were kept, this one came too late.")
    url = url_for("quiz.review", attempt_id=attempt_id)
    if _by_script():
        return jsonify(message=message, url=url), 409
    flash(message)
    return redirect(url)


def _conflict(conflict: services.ConflictError, client: str) -> Answered:
    """Both answers, side by side: nothing is kept until one is chosen."""
    sitting, line = conflict.sitting, conflict.line
    html = render_template(
        "quiz/conflict.html",
        by_script=_by_script(),
        quiz=quiz_at(sitting.attempt.revision_id),
        attempt=sitting.attempt,
        position=line.item.position,
        ask=line.question.ask.say(language()).strip().split("\n\n", 1)[0],
        other=_in_words(line, conflict.other.answer),
        other_at=conflict.other.at,
        mine=_in_words(line, conflict.value),
        here=_url_of(sitting, line.item.position),
        client=client,
        base=conflict.other.client_id,
        fields=[
            (name, value)
            for name in request.form
            if name not in PAGE_FIELDS
            for value in request.form.getlist(name)
        ],
    )
    if _by_script():
        return jsonify(html=html), 409
    return html, 409


def _in_words(line: Line, answer: Any) -> str:
    if is_unknown(answer):
        return _("I do not know")
    return line.question.describe(answer, language())


def _unreadable(attempt_id: int, position: int, raw: Any, message: str) -> Answered:
    if _by_script():
        return jsonify(message=message), 422
    sitting = queries.sitting_of(current_user.id, attempt_id)
    line = sitting.line(position)
    return _question_page(sitting, line, feedback=False, typed=raw, error=message), 422


def _url_of(sitting: Sitting, position: int) -> str:
    return url_for("quiz.question", attempt_id=sitting.attempt.id, position=position)


def _overview(sitting: Sitting) -> str:
    return render_template(
        "quiz/overview.html",
        by_script=_by_script(),
        sitting=sitting,
        quiz=quiz_at(sitting.attempt.revision_id),
        url_of=_url_of,
    )


def _question_page(
    sitting: Sitting,
    line: Line,
    *,
    feedback: bool = True,
    typed: Any = None,
    error: str = "",
) -> str:
    answered = line.last is not None and feedback
    moment = Moment.ANSWERED if answered else Moment.ANSWERING
    mode = Mode(sitting.attempt.mode)
    seen = visibility(mode, moment)
    return render_template(
        "quiz/question.html",
        by_script=_by_script(),
        sitting=sitting,
        quiz=quiz_at(sitting.attempt.revision_id),
        shown=shown(line, seen, typed),
        line=line,
        visibility=seen,
        reviewing=seen.notes,
        practice=mode == Mode.PRACTICE,
        client=secrets.token_hex(8),
        error=error,
        url_of=_url_of,
    )


def shown(line: Line, seen: Visibility, typed: Any = None) -> dict[str, Any]:
    """What a question's template needs; what may not be seen yet is not in it."""
    question, variant = line.question, line.item.variant
    given = line.last.answer if line.last else None
    filled = question.filled(given, variant) if line.last else {}
    return {
        "face": question.face(variant, language()),
        "answer": filled if typed is None else typed,
        "unknown": "unknown" in filled,
        "reasons": question.reasons(given) if line.last and seen.notes else [],
        "solution": question.solution(language()) if seen.solution else [],
        "why": question.why if seen.solution else None,
        "see_url": _see_url(question.see),
        "see_label": question.see_label,
    }


def _see_url(see: str | None) -> str:
    if not see:
        return ""
    lesson, _hash, anchor = see.partition("#")
    return url_for("lesson.show", key=lesson, _anchor=anchor or None)


@bp.post("/attempts/<int:attempt_id>/end")
@allowed(May.LEARN)
def end(attempt_id: int) -> Response:
    """End the attempt: only this button does."""
    services.end_attempt(current_user.id, attempt_id)
    return redirect(url_for("quiz.review", attempt_id=attempt_id))


@bp.get("/attempts/<int:attempt_id>/review")
@allowed(May.LEARN)
def review(attempt_id: int) -> Response | str:
    """What I know, what to see again, linked to the paragraph."""
    sitting = queries.sitting_of(current_user.id, attempt_id)
    attempt = sitting.attempt
    if attempt.ended_at is None:
        return redirect(url_for("quiz.take", attempt_id=attempt_id))
    seen = visibility(Mode(attempt.mode), Moment.ENDED)
    lines = [(line, shown(line, seen)) for line in sitting.lines]
    quiz = quiz_at(attempt.revision_id)
    return render_template(
        "quiz/review.html",
        sitting=sitting,
        quiz=quiz,
        stamped=bool(attempt.passed) and _stamped(quiz.module),
        score=sitting.score(),
        known=[pair for pair in lines if pair[0].share == 1],
        again=[pair for pair in lines if pair[0].share != 1],
        visibility=seen,
        practice=attempt.mode == Mode.PRACTICE,
    )


def _stamped(module: str | None) -> bool:
    """Whether a passed check was the last one: its module's lab may still wait."""
    if not any(lab.module == module for lab in shelf().library.labs):
        return module is not None
    return module in stamps_of(current_user.id)


def _adopt(_sender: Any, guest_id: int, user_id: int) -> None:
    services.adopt(guest_id, user_id)


def init_app(app: Flask) -> None:
    """Add these pages, and the answers to the ledger."""
    app.register_blueprint(bp)
    if queries.answers not in LEDGERS:
        LEDGERS.append(queries.answers)
    adopted.connect(_adopt)
    PLACES["quiz"] = places.place_of
    merging.init_app()
