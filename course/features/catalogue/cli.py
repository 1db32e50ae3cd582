"""passeport content check, passeport content sync."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from flask import Flask

from course.base import clock, i18n
from course.base.i18n import LANGUAGES, _, ngettext, speaking
from course.base.settings import Settings
from course.domain.issue import Issue
from course.domain.library import Library
from course.domain.reading import read
from course.features.catalogue import services
from course.features.catalogue.wording import sentence

TEMPLATES = Path(__file__).parents[2] / "templates"


def declare(nouns: Any) -> None:
    """Add the noun `content`."""
    verbs = nouns.add_parser("content", help="lessons and quizzes").add_subparsers(
        dest="verb", required=True
    )
    check = verbs.add_parser("check", help="say what should be put right in the files")
    check.set_defaults(run=run_check)
    sync = verbs.add_parser("sync", help="publish what changed in the files")
    sync.set_defaults(run=run_sync)
    for verb in (check, sync):
        _add_choices(verb)


def _add_choices(verb: ArgumentParser) -> None:
    verb.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="what holds lessons/ and quizzes/ (default: the application's own, "
        "or the one that COURSE_CONTENT names)",
    )
    verb.add_argument(
        "--language", choices=list(LANGUAGES), help="default: the terminal's"
    )


def run_check(_create_app: Callable[[], Flask], given: Namespace) -> int:
    """Read the files and say what is wrong; nothing is written anywhere."""
    folder = given.folder or Settings.from_environment().content
    with _words(given.language):
        if not _is_content(folder):
            return _refuse_folder(folder)
        library, issues = read(services.read_folder(folder), clock.today())
        _print(issues, sys.stderr)
        _summarise(library, issues)
    return 1 if services.fatal(issues) else 0


def run_sync(create_app: Callable[[], Flask], given: Namespace) -> int:
    """Publish what changed; when something is broken, nothing is."""
    app = create_app()
    settings: Settings = app.config["SETTINGS"]
    folder = given.folder or settings.content
    with app.app_context(), speaking(given.language or terminal_language()):
        if not _is_content(folder):
            return _refuse_folder(folder)
        report = services.sync_folder(folder)
        _print(report.issues, sys.stderr)
        if services.fatal(report.issues):
            return _refuse(_("Nothing was published: put right what is said above."))
        _tell(report)
    return 0


def print_issues(app: Flask, issues: Iterable[Issue], stream: TextIO) -> None:
    """Say each issue on its line, the fatal ones first, in the terminal's language."""
    with app.app_context(), speaking(terminal_language()):
        _print(issues, stream)


def terminal_language() -> str:
    """French when the terminal speaks French, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


@contextmanager
def _words(language: str | None) -> Iterator[None]:
    """The words alone: checking needs neither the database nor a folder to write."""
    app = Flask("check", template_folder=str(TEMPLATES))
    i18n.init_app(app, "UTC")
    with app.app_context(), speaking(language or terminal_language()):
        yield


def _is_content(folder: Path) -> bool:
    return any((folder / name).is_dir() for name in services.FOLDERS)


def _refuse_folder(folder: Path) -> int:
    return _refuse(
        _("There is neither lessons/ nor quizzes/ in %(folder)s.", folder=folder)
    )


def _print(issues: Iterable[Issue], stream: TextIO) -> None:
    for issue in sorted(issues, key=lambda i: (not i.fatal, i.path, i.line)):
        mark = _("to mend") if issue.fatal else _("warning")
        line = f"{issue.path}:{issue.line}: {mark}: {sentence(issue)}"
        print(line, file=stream, flush=True)


def _summarise(library: Library, issues: list[Issue]) -> None:
    for module in library.modules:
        written = sum(lesson.minutes for lesson in module.lessons)
        _say(
            _(
                "%(place)s. %(title)s: %(minutes)s min (lessons: %(lessons)s min)",
                place=module.place,
                title=module.title.say(i18n.language()),
                minutes=module.minutes,
                lessons=written,
            )
        )
    for lab in library.labs:
        _say(
            ngettext(
                "Lab “%(title)s”: %(num)s recorded run was played",
                "Lab “%(title)s”: %(num)s recorded runs were played",
                len(lab.samples),
                title=lab.title.say(i18n.language()),
            )
        )
    fatal = len(services.fatal(issues))
    others = len(issues) - fatal
    _say(ngettext("%(num)s fault to mend", "%(num)s faults to mend", fatal))
    _say(ngettext("%(num)s warning", "%(num)s warnings", others))


def _tell(report: services.Report) -> None:
    for name in report.published:
        _say(_("published: %(name)s", name=name))
    for name in report.kept:
        _say(_("kept as it was edited in the browser: %(name)s", name=name))
    for name in report.removed:
        _say(_("removed: %(name)s", name=name))
    if not (report.published or report.kept or report.removed):
        _say(_("Nothing has changed."))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command's words


def _refuse(words: str) -> int:
    print(f"passeport: {words}", file=sys.stderr)  # noqa: T201
    return 1
