"""Pages by which trainers see their cohorts and a learner, and note what they saw."""

from functools import partial
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import get_timezone
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base import clock
from course.base.access import allowed
from course.base.i18n import _, language
from course.base.spreadsheet.writing import CSV, download, write_csv, write_xlsx
from course.domain.einvoice import rules
from course.domain.rights import May
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.centre.models import Cohort
from course.features.centre.queries import cohort_of, learner_of
from course.features.lab.queries import panels, runs_of
from course.features.passport.queries import stamps_of
from course.features.progress.queries import standings_of
from course.features.quiz.queries import attempt_of, attempts_of
from course.features.specimen import wording
from course.features.specimen.checker import digest_of
from course.features.tracking import (
    evidence,
    goals,
    merging,
    queries,
    replay,
    services,
    words,
)
from course.features.tracking import export as sheet
from course.features.tracking.forms import NoteForm
from course.features.tracking.needs import course_of, needs_of, seen_of, times_of
from course.features.tracking.queries import Order

bp = Blueprint("tracking", __name__)
SAT = 20  # attempts on a page, or runs
LAST_PAGE = 10_000
FIRST_NEEDY = 5


def _cohort(cohort_id: int) -> Cohort:
    return cohort_of(current_user, cohort_id) or abort(404)


def _learner(cohort: Cohort, user_id: int) -> User:
    return learner_of(cohort.id, user_id) or abort(404)


def _page(name: str = "page") -> int:
    return min(LAST_PAGE, max(1, request.args.get(name, 1, type=int)))


@bp.get("/cohorts/<int:cohort_id>")
@allowed(May.FOLLOW)
def cohort(cohort_id: int) -> str:
    """Where each learner stands, fifty at a time; who needs help first."""
    followed = _cohort(cohort_id)
    library = shelf().library
    module = request.args.get("module")
    order = Order.NAME if request.args.get("order") == Order.NAME else Order.HELP
    picture = queries.picture_of(followed, library, _page(), order=order, module=module)
    if not picture.columns:
        abort(404)
    everyone = request.args.get("needs") == "all"
    needy = picture.needy if everyone else picture.needy[:FIRST_NEEDY]
    return render_template(
        "tracking/cohort.html",
        cohort=followed,
        picture=picture,
        words=words.words_of_states(),
        heads=[(words.short_of(c), words.long_of(c)) for c in picture.columns],
        lines=words.lines_of(picture),
        helps=evidence.helps_of(needy, library),
        tones=evidence.TONES,
        module=library.module(module) if module else None,
        order=order,
        as_table=request.args.get("view") == "table",
        has_labs=bool(library.labs),
        here=_here(followed.id, order, module),
        address=_address(url_for("centre.invitation", code=followed.code)),
    )


def _here(cohort_id: int, order: Order, module: str | None) -> Any:
    """Gives the address of this page, with something else than what it shows now."""
    now: dict[str, Any] = {
        "order": order.value if order == Order.NAME else None,
        "module": module,
        "view": "table" if request.args.get("view") == "table" else None,
    }

    def address(**other: Any) -> str:
        return url_for("tracking.cohort", cohort_id=cohort_id, **(now | other))

    return address


def _address(path: str) -> str:
    return current_app.config["SETTINGS"].url + path


@bp.get("/cohorts/<int:cohort_id>/export.<any(csv, xlsx):format>")
@allowed(May.FOLLOW)
def export(cohort_id: int, format: str) -> Response:  # noqa: A002 - as its address says
    """The whole cohort as a file for a spreadsheet."""
    followed = _cohort(cohort_id)
    library = shelf().library
    columns, rows = sheet.columns_of(library), sheet.rows_of(followed, library)
    spoken: Any = {"language": language(), "zone": get_timezone()}
    if format == CSV:
        data = write_csv(columns, rows, **spoken)
    else:
        data = write_xlsx(followed.name, columns, rows, **spoken)
    return download(data, sheet.name_of(followed, format))


@bp.get("/cohorts/<int:cohort_id>/learners/<int:user_id>")
@allowed(May.FOLLOW)
def learner(cohort_id: int, user_id: int) -> str:
    """One learner: what is needed, each module, the notes, what was done and when."""
    followed = _cohort(cohort_id)
    return _learner_page(followed, _learner(followed, user_id), NoteForm())


def _learner_page(followed: Cohort, person: User, form: NoteForm) -> str:
    library = shelf().library
    standings, stamps = standings_of(person.id), stamps_of(person.id)
    who = queries.person_of(followed.id, person.id) or abort(404)
    needs = needs_of(
        standings,
        stamps,
        who.since,
        course_of(library),
        times_of(followed, clock.now()),
        opened=who.opened,
    )
    sat = attempts_of(person.id, limit=SAT + 1, offset=SAT * (_page("sat") - 1))
    return render_template(
        "tracking/learner.html",
        cohort=followed,
        learner=person,
        # Nobody can be helped behind a pseudonym.
        help=evidence.help_of(who, needs, library, words.how_long())
        if needs and who.login
        else None,
        tones=evidence.TONES,
        seen=seen_of(standings, who.opened),
        spent=words.duration(sum(each.seconds for each in standings.values())),
        modules=[
            words.module_of(module, steps, standings, stamps.get(module.key))
            for module, steps in course_of(library)
        ],
        attempts=[
            (attempt, words.title_of(library, "quiz", attempt.quiz), result)
            for attempt in sat[:SAT]
            for result in [words.result_in_words(attempt.share)]
        ],
        sat=_page("sat"),
        more_sat=len(sat) > SAT,
        modes=words.MODES,
        notes=[
            (note, name, services.may_remove(note, current_user))
            for note, name in queries.notes_about(person.id)
        ],
        form=form,
        **_runs(person.id),
        **_timeline(person.id),
    )


def _runs(user_id: int) -> dict[str, Any]:
    """One page of the runs of labs, with the minutes of each."""
    page, library = _page("ran"), shelf().library
    found = runs_of(user_id, limit=SAT + 1, offset=SAT * (page - 1))
    seconds = replay.seconds_of(run.id for run in found[:SAT])
    return {
        "runs": [
            (
                run,
                words.title_of(library, "lab", run.lab),
                words.duration(seconds.get(run.id, 0)),
                words.result_of_run(run),
            )
            for run in found[:SAT]
        ],
        "ran": page,
        "more_ran": len(found) > SAT,
    }


def _timeline(user_id: int) -> dict[str, Any]:
    page, library = _page(), shelf().library
    days, more = queries.days_of(user_id, page, words.day_of)
    return {
        "page": page,
        "more": more,
        "days": [words.day_in_words(day, visits, library) for day, visits in days],
    }


@bp.post("/cohorts/<int:cohort_id>/learners/<int:user_id>/notes")
@allowed(May.FOLLOW)
def note_add(cohort_id: int, user_id: int) -> Response | tuple[str, int]:
    """Keep a note, then show it among the others."""
    followed = _cohort(cohort_id)
    person = _learner(followed, user_id)
    form = NoteForm()
    if not form.validate_on_submit():
        page = _learner_page(followed, person, form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    services.add_note(current_user, person.id, form.text.data or "")
    flash(_("The note is kept. %(name)s can read it.", name=person.name), "good")
    return _to_notes(followed, person)


@bp.post("/cohorts/<int:cohort_id>/learners/<int:user_id>/notes/<int:note_id>/removal")
@allowed(May.FOLLOW)
def note_remove(cohort_id: int, user_id: int, note_id: int) -> Response:
    """Take a note back."""
    followed = _cohort(cohort_id)
    person = _learner(followed, user_id)
    note = queries.note_of(person.id, note_id) or abort(404)
    if not services.may_remove(note, current_user):
        abort(403)
    services.remove_note(note.id)
    flash(_("The note is taken back: nobody reads it any more."), "good")
    return _to_notes(followed, person)


def _to_notes(followed: Cohort, person: User) -> Response:
    values: dict[str, Any] = {"cohort_id": followed.id, "user_id": person.id}
    return redirect(url_for("tracking.learner", **values, _anchor="notes"))


@bp.get("/notes")
@allowed(May.LEARN)
def notes() -> str:
    """What one's trainers noted: nothing is written in secret."""
    return render_template(
        "tracking/notes.html", notes=queries.notes_about(current_user.id)
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
        result=words.result_in_words(sitting.attempt.share),
        modes=words.MODES,
    )


@bp.get("/cohorts/<int:cohort_id>/learners/<int:user_id>/runs/<int:run_id>")
@allowed(May.FOLLOW)
def run(cohort_id: int, user_id: int, run_id: int) -> str:
    """One run of a lab, played again step by step; nothing can be pressed."""
    followed = _cohort(cohort_id)
    person = _learner(followed, user_id)
    step = request.args.get("step", type=int)
    found = replay.replay_of(person.id, run_id, step, language()) or abort(404)
    return render_template(
        "tracking/run.html",
        cohort=followed,
        learner=person,
        run=found.run,
        title=words.title_of(shelf().library, "lab", found.run.lab),
        result=words.result_of_run(found.run),
        modes=words.MODES,
        outcomes=found.outcomes,
        stored=found if isinstance(found, replay.Stored) else None,
        **(_desk(followed, found) if isinstance(found, replay.Replay) else {}),
    )


def _desk(followed: Cohort, played: replay.Replay) -> dict[str, Any]:
    """The desk at this step, as the learner saw it or looking at something else."""
    ran = played.run
    view = played.view(request.args)
    here: dict[str, Any] = {
        "cohort_id": followed.id,
        "user_id": ran.user_id,
        "run_id": ran.id,
    }
    return {
        "played": played,
        "told": words.told_in_words,
        "left": played.left(language()),
        "panels": panels(played.lab, played.world, view, language()),
        "desk": {
            "run": ran.id,
            "live": False,
            "url": url_for("tracking.run", **here),
            "client": "",
            "view": {**view, "step": str(played.step)},
            "practice": played.opened.practice,
            "typed": {},
            "invoice": partial(url_for, "tracking.invoice", **here, step=played.step),
        },
    }


@bp.get(
    "/cohorts/<int:cohort_id>/learners/<int:user_id>/runs/<int:run_id>/invoices/<name>"
)
@allowed(May.FOLLOW)
def invoice(cohort_id: int, user_id: int, run_id: int, name: str) -> str:
    """An invoice of a run as it was at a step, beside its data; nothing is asked.

    What the official rules found is shown to who follows the learner, once it is known.
    """
    followed = _cohort(cohort_id)
    person = _learner(followed, user_id)
    step = request.args.get("step", type=int)
    found = replay.invoice_of(person.id, run_id, name, step, language()) or abort(404)
    played, paper = found
    # Nothing is checked here: the rules may have looked at it already.
    progress = current_app.extensions["specimen"].progress(digest_of(paper.xml))
    return render_template(
        "tracking/invoice.html",
        cohort=followed,
        learner=person,
        played=played,
        specimen=paper,
        run=played.run,
        lab=played.lab,
        title=wording.heading(paper.invoice),
        words=wording,
        report=progress.report,
        lacks=rules.explained(progress.report or (), paper.invoice),
        others=rules.unexplained(progress.report or ()),
        beyond=rules.beyond(paper.invoice),
        is_whole=rules.is_whole(progress.report or ()),
    )


@bp.get("/cohorts/<int:cohort_id>/goals")
@allowed(May.FOLLOW)
def missed(cohort_id: int) -> str:
    """Which goals of a lab the cohort misses, who, and what to say."""
    followed = _cohort(cohort_id)
    labs = goals.labs_of(shelf().library)
    key = request.args.get("lab")
    chosen = next((lab for lab in labs if key in {None, lab.key}), None)
    if key and chosen is None:
        abort(404)
    return render_template(
        "tracking/missed.html",
        cohort=followed,
        labs=labs,
        chosen=chosen,
        found=goals.practical_of(followed.id, chosen.for_trade(None))
        if chosen
        else None,
    )


def init_app(app: Flask) -> None:
    """Add these pages; the notes follow who joins two accounts."""
    app.register_blueprint(bp)
    merging.init_app()
