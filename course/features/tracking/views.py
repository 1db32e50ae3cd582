"""Pages by which trainers see their cohorts, a learner, an attempt."""

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from course.base.access import allowed
from course.domain.rights import May
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.centre.models import Cohort
from course.features.centre.queries import cohort_of, learner_of
from course.features.progress.queries import events_of, standings_of
from course.features.quiz.queries import attempt_of, attempts_of
from course.features.tracking import queries, words

bp = Blueprint("tracking", __name__)
EVENTS = 50
LAST_PAGE = 10_000


def _cohort(cohort_id: int) -> Cohort:
    return cohort_of(current_user, cohort_id) or abort(404)


def _learner(cohort: Cohort, user_id: int) -> User:
    return learner_of(cohort.id, user_id) or abort(404)


@bp.get("/cohorts/<int:cohort_id>")
@allowed(May.FOLLOW)
def cohort(cohort_id: int) -> str:
    """Where each learner stands, fifty at a time."""
    followed = _cohort(cohort_id)
    library = shelf().library
    module = request.args.get("module")
    page = min(LAST_PAGE, max(1, request.args.get("page", 1, type=int)))
    picture = queries.picture_of(followed.id, library, page, module)
    if not picture.columns:
        abort(404)
    said = words.words_of_states()
    return render_template(
        "tracking/cohort.html",
        cohort=followed,
        picture=picture,
        words=said,
        heads=[(words.short_of(c), words.long_of(c)) for c in picture.columns],
        lines=words.lines_of(picture, said),
        needs=[(need, *words.why_of(need)) for need in picture.needs],
        tones=words.TONES,
        module=library.module(module) if module else None,
        address=_address(url_for("centre.invitation", code=followed.code)),
    )


def _address(path: str) -> str:
    return current_app.config["SETTINGS"].url + path


@bp.get("/cohorts/<int:cohort_id>/learners/<int:user_id>")
@allowed(May.FOLLOW)
def learner(cohort_id: int, user_id: int) -> str:
    """One learner: each module, the attempts, what was done and when."""
    followed = _cohort(cohort_id)
    person = _learner(followed, user_id)
    library = shelf().library
    standings = standings_of(person.id)
    return render_template(
        "tracking/learner.html",
        cohort=followed,
        learner=person,
        modules=[words.module_of(each, library, standings) for each in library.modules],
        attempts=[
            (attempt, words.title_of(library, "quiz", attempt.quiz))
            for attempt in attempts_of(person.id)
        ],
        modes=words.MODES,
        events=[
            (event, words.sentence_of(event, library))
            for event in events_of(person.id, EVENTS)
        ],
    )


@bp.get("/cohorts/<int:cohort_id>/learners/<int:user_id>/attempts/<int:attempt_id>")
@allowed(May.FOLLOW)
def attempt(cohort_id: int, user_id: int, attempt_id: int) -> str:
    """One attempt: each question, each answer given, when, and what it is worth."""
    followed = _cohort(cohort_id)
    person = _learner(followed, user_id)
    sitting = attempt_of(person.id, attempt_id) or abort(404)
    return render_template(
        "tracking/attempt.html",
        cohort=followed,
        learner=person,
        sitting=sitting,
        title=words.title_of(shelf().library, "quiz", sitting.attempt.quiz),
        modes=words.MODES,
    )


def init_app(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
