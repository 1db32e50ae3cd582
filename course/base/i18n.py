# pyright: standard
"""Languages: which one this request speaks, and the words in it."""

from datetime import date, datetime
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import flask_babel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import (
    Babel,
    Domain,
    format_date,
    format_decimal,
    format_percent,
    get_locale,
    lazy_gettext,
    to_user_timezone,
)
from flask_login import current_user

from course.base import clock

LANGUAGES = {"fr": "Français", "en": "English"}
COOKIE = "language"
TRANSLATIONS = Path(__file__).parents[1] / "translations"

_ = flask_babel.gettext  # noqa: TID251 - the one place
ngettext = flask_babel.ngettext
_l: Any = lazy_gettext  # what form fields, made before any request, are labelled with


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one language, read from its .po: nothing has to be compiled."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(fp=compiled)


class _Words(Domain):
    def get_translations(self) -> NullTranslations:
        return translations(language())


class _Babel(Babel):
    @cached_property
    def domain_instance(self) -> _Words:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Our catalogues, in place of compiled files."""
        return _Words()


def language() -> str:
    """The language of this request, or of this command."""
    locale = get_locale()
    return locale.language if locale else "fr"


def choose_language() -> str:
    """The profile's, then the cookie's, then the browser's; French when in doubt."""
    if not has_request_context():
        return "fr"
    wanted = request.cookies.get(COOKIE)
    if current_user.is_authenticated and current_user.language:
        wanted = current_user.language
    if wanted in LANGUAGES:
        return wanted
    return request.accept_languages.best_match(LANGUAGES, "fr")


def show_date(day: date) -> str:
    """23/11/2026 in French, 23 November 2026 in English."""
    if isinstance(day, datetime):
        day = to_user_timezone(day).date()
    return format_date(day, "dd/MM/yyyy" if language() == "fr" else "d MMMM yyyy")


def show_time(instant: datetime) -> str:
    """10 h 42 in French, 10:42 in English."""
    local = to_user_timezone(instant)
    if language() == "fr":
        return f"{local.hour}\u202fh\u202f{local.minute:02}"
    return f"{local.hour}:{local.minute:02}"


def show_instant(instant: datetime) -> str:
    """The day and the hour."""
    return _("%(day)s at %(hour)s", day=show_date(instant), hour=show_time(instant))


def show_ago(instant: datetime) -> str:
    """How long ago, as one says it: today, yesterday, 3 days ago."""
    today = to_user_timezone(clock.now()).date()
    days = (today - to_user_timezone(instant).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(num)s day ago", "%(num)s days ago", days)


def show_number(value: float) -> str:
    """3,5 in French, 3.5 in English."""
    return format_decimal(value)


def show_share(value: float) -> str:
    """A share from 0 to 1 as a percentage."""
    return format_percent(value)


def init_app(app: Flask, timezone: str) -> None:
    """Give the templates their words and their ways of writing."""
    babel = _Babel()
    babel.init_app(
        app,
        default_locale="fr",
        default_timezone=timezone,
        locale_selector=choose_language,
    )
    filters: dict[str, Any] = {
        "date": show_date,
        "time": show_time,
        "instant": show_instant,
        "ago": show_ago,
        "number": show_number,
        "share": show_share,
    }
    app.jinja_env.filters.update(filters)
    app.context_processor(lambda: {"language": language(), "languages": LANGUAGES})
