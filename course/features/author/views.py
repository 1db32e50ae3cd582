"""Pages to write: what is published, the editor, its preview, the revisions."""

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
from markupsafe import Markup
from werkzeug.wrappers import Response

from course.base import navigation
from course.base.access import allowed
from course.base.i18n import LANGUAGES, _, _l, language, show_duration, speaking
from course.domain.lesson import Module
from course.domain.library import Library
from course.domain.profile import Trade
from course.domain.rights import May
from course.domain.visibility import Mode
from course.features.author import queries, services
from course.features.author.difference import Change, changes
from course.features.author.forms import PublishForm, TextsForm
from course.features.author.goals import report_on
from course.features.author.queries import Look, Work
from course.features.catalogue import queries as catalogue
from course.features.catalogue.services import BrokenContentError
from course.features.catalogue.wording import sentence

bp = Blueprint("author", __name__)
# Other kinds have no page: their address does not exist.
THING = "/content/<any(lesson, lab, quiz):kind>/<key>"
REVISION = f"{THING}/revisions/<int:revision_id>"
OK = 200
MINUTE = 60
MODES = (Mode.CHECK, Mode.PRACTICE)
NAMES = {"fr": _l("French"), "en": _l("English")}
Page = str | tuple[str, int]


@bp.context_processor
def _names() -> dict[str, Any]:
    """The languages by their names in the author's, rather than in their own."""
    return {"names": NAMES}


@bp.get("/content")
@allowed(May.PUBLISH)
def contents() -> str:
    """Everything published, what the folders said, and the drafts that wait."""
    shelf = catalogue.shelf()
    found = catalogue.findings()
    return render_template(
        "author/contents.html",
        modules=_modules(shelf.library),
        revisions=shelf.revisions,
        origins=catalogue.origins_of(shelf.revisions.values()),
        drafts=queries.drafts(),
        faults=[(f.path, f.line, sentence(f)) for f in found if f.severity == "fatal"],
        warnings=[
            (f.path, f.line, sentence(f)) for f in found if f.severity != "fatal"
        ],
    )


def _modules(library: Library) -> list[tuple[Module, list[tuple[str, Any]]]]:
    return [
        (
            module,
            [
                ("module", module),
                *(("lesson", lesson) for lesson in module.lessons),
                *(("lab", lab) for lab in library.labs if lab.module == module.key),
                *(("quiz", q) for q in library.quizzes if q.module == module.key),
            ],
        )
        for module in library.modules
    ]


@bp.get(THING)
@allowed(May.PUBLISH)
def edit(kind: str, key: str) -> Page:
    """The text of both languages, what the checker says, and the learner's view."""
    work = queries.work(kind, key)
    form = TextsForm(
        formdata=None,
        data={
            "seen": work.seen,
            "language": request.args.get("language"),
            "trade": request.args.get("trade"),
            **work.texts,
        },
    )
    return _page(work, form)


def _page(work: Work, form: TextsForm, status: int = OK, **more: Any) -> Page:
    page = render_template(
        "author/edit.html",
        work=work,
        form=form,
        history=catalogue.publications_of(work.kind, work.key),
        origins=catalogue.origins_of({work.revision, work.begun_from}),
        **_seen(work, form),
        **({"conflict": None, "broken": False, "typed": status != OK} | more),
    )
    return page, status


def _seen(work: Work, form: TextsForm) -> dict[str, Any]:
    library, messages = queries.check(work, form.texts())
    spoken, trade = form.language.data, Trade(form.trade.data)
    look = queries.look(library, work, spoken, trade)
    return {
        "look": look,
        "view": _view(look),
        "messages": messages,
        "lines": queries.numbered(form.texts(), messages),
    }


def _view(look: Look | None) -> Markup:
    """The learner's view, in the learner's language from end to end."""
    if look is None:
        return Markup()
    with speaking(look.language):
        page = render_template("author/look.html", look=look)
    return Markup(page)  # noqa: S704 - a template's own output


@bp.post(f"{THING}/preview")
@allowed(May.PUBLISH)
def preview(kind: str, key: str) -> Page | Response:
    """The same page with the typed text, which is not kept; for scripts its part."""
    work, form = queries.work(kind, key), TextsForm()
    if not form.validate_on_submit():
        return _refused(work, form)
    if not _asks_json():
        return _page(work, form, typed=True)
    seen = _seen(work, form)
    messages = [
        {
            "language": each.language,
            "path": each.path,
            "line": each.line,
            "fatal": each.fatal,
            "sentence": each.sentence,
        }
        for each in seen["messages"]
    ]
    page = render_template("author/preview.html", work=work, form=form, **seen)
    return jsonify(html=page, messages=messages)


def _asks_json() -> bool:
    return (
        request.accept_mimetypes.best_match(["text/html", "application/json"])
        == "application/json"
    )


def _refused(work: Work, form: TextsForm) -> Page | Response:
    if not _asks_json():
        return _page(work, form, 422)
    response = jsonify(message=form.problems()[0][1])
    response.status_code = 422
    return response


@bp.post(f"{THING}/draft")
@allowed(May.PUBLISH)
def save(kind: str, key: str) -> Page | Response:
    """Keep the text typed, for oneself and the other authors only."""
    work, form = queries.work(kind, key), TextsForm()
    if not form.validate_on_submit():
        return _refused(work, form)
    texts = form.texts()
    if work.draft is None and work.files(texts) == work.files(work.published):
        flash(_("Nothing has changed: there was nothing to keep."), "message")
        return _back(work, form)
    try:
        services.save_draft(
            catalogue.current_revision(kind, key),
            work.files(texts),
            seen=form.over.data or form.seen.data or "",
            by=current_user.id,
        )
    except services.ConflictError:
        return _conflict(kind, key, form)
    flash(_("Your draft is kept. Learners still see the published text."), "good")
    return _back(work, form)


def _back(work: Work, form: TextsForm) -> Response:
    here = url_for(
        "author.edit",
        kind=work.kind,
        key=work.key,
        language=form.language.data,
        trade=form.trade.data,
    )
    return redirect(here, 303)


def _conflict(kind: str, key: str, form: TextsForm) -> Page:
    """Both texts on one page: the one typed stays in the form."""
    work = queries.work(kind, key)
    theirs = work.texts
    return _page(work, form, 409, conflict=_changes(form.texts(), theirs))


def _changes(ours: queries.Texts, theirs: queries.Texts) -> list[Change]:
    return [
        change
        for code in LANGUAGES
        for change in changes(code, ours.get(code, ""), theirs.get(code, ""))
    ]


@bp.post(f"{THING}/publish")
@allowed(May.PUBLISH)
def publish(kind: str, key: str) -> Page | Response:
    """Give the text typed to the learners, and keep why."""
    work, form = queries.work(kind, key), PublishForm()
    if not form.validate_on_submit():
        return _refused(work, form)
    try:
        revision = services.publish_draft(
            kind,
            key,
            work.files(form.texts()),
            seen=form.over.data or form.seen.data or "",
            by=current_user.id,
            why=form.why.data or "",
        )
    except services.ConflictError:
        return _conflict(kind, key, form)
    except BrokenContentError:
        return _page(work, form, 422, broken=True)
    if revision.id == work.revision:
        flash(_("This text is the published one: nothing has changed."), "message")
    else:
        flash(
            _(
                "It is published. New attempts use this text. Attempts already begun "
                "or ended keep their text, their answers and their score."
            ),
            "good",
        )
    return _back(work, form)


@bp.post(f"{THING}/discard")
@allowed(May.PUBLISH)
def discard(kind: str, key: str) -> Response:
    """Throw the draft away: what is published stays."""
    try:
        services.throw_draft(kind, key, seen=request.form.get("seen", ""))
        flash(_("The draft was thrown away. Here is the published text."), "good")
    except services.ConflictError:
        flash(
            _("Somebody saved this draft after you opened it. Read it first."),
            "attention",
        )
    return redirect(url_for("author.edit", kind=kind, key=key), 303)


@bp.get(REVISION)
@allowed(May.PUBLISH)
def revision(kind: str, key: str, revision_id: int) -> str:
    """A revision as it was published; it never changes."""
    found = queries.revision_of(kind, key, revision_id)
    work = queries.work(kind, key)
    texts = queries.texts_of(kind, key, found.source)
    spoken = request.args.get("language", "")
    look = queries.look_at(found, spoken if spoken in LANGUAGES else language())
    return render_template(
        "author/revision.html",
        work=work,
        revision=found,
        origin=catalogue.origins_of([found.id])[found.id],
        texts=texts,
        look=look,
        view=_view(look),
        changes=_changes(texts, work.published),
    )


@bp.post(f"{REVISION}/draft")
@allowed(May.PUBLISH)
def start(kind: str, key: str, revision_id: int) -> Response:
    """Begin a draft from a revision, unless somebody is writing one."""
    found = queries.revision_of(kind, key, revision_id)
    work = queries.work(kind, key)
    files = work.files(queries.texts_of(kind, key, found.source))
    try:
        services.start_draft(found, files, by=current_user.id)
        flash(_("A draft was begun from this text. Learners do not see it."), "good")
    except services.ConflictError:
        flash(
            _("There is a draft already. Publish it or throw it away first."),
            "attention",
        )
    return redirect(url_for("author.edit", kind=kind, key=key), 303)


@bp.get("/content/lab/<key>/goals")
@allowed(May.PUBLISH)
def goals(key: str) -> str:
    """What becomes of each goal of a lab: reached or not, how long, which hints."""
    lab = catalogue.shelf().lab(key).for_trade(None)
    mode = request.args.get("mode")
    return render_template(
        "author/goals.html",
        report=report_on(lab, mode if mode in MODES else None),
        mode=mode if mode in MODES else None,
        seconds=_short_time,
    )


def _short_time(seconds: int) -> str:
    """Half a minute is not a minute: goals are reached in few seconds."""
    if seconds < MINUTE:
        return f"{seconds}\u202fs"
    return show_duration(round(seconds / MINUTE))


def init_app(app: Flask) -> None:
    """Add these pages."""
    app.register_blueprint(bp)
    navigation.declare("author.contents", _l("Content"), right=May.PUBLISH, place=70)
