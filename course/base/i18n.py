# pyright: standard
"""Languages: which one this request speaks, and the words in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    format_currency,
    format_date,
    format_decimal,
    format_percent,
    get_locale,
    to_user_timezone,
)
from flask_babel.speaklater import LazyString
from flask_login import current_user
from markupsafe import Markup

from course.base import clock
from course.base.markdown import french

LANGUAGES = {"fr": "Français", "en": "English"}
COOKIE = "language"
TRANSLATIONS = Path(__file__).parents[1] / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of one language, read from its .po: nothing has to be compiled."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    for message in catalogue:
        message.string = _spaced(message.string)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(fp=compiled)


def _spaced(said: Any) -> Any:
    """With the unbreakable spaces of French, which nobody sees in a .po file."""
    if isinstance(said, str):
        return french(said)
    return tuple(french(form) for form in said)


def _words() -> NullTranslations:
    """The words of this request: asked for each sentence, so looked for only once."""
    if not has_app_context():
        return translations(language())
    if "words" not in g:
        g.words = translations(language())
    return g.words


def _(sentence: str, **values: Any) -> str:
    """A sentence in the language of this request."""
    said = _words().gettext(sentence)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, **values: Any) -> str:
    """A sentence that depends on a number, which it may quote as %(num)s."""
    return _words().ngettext(one, many, number) % {"num": number, **values}


def _l(sentence: str, **values: Any) -> Any:
    """A sentence said when it is shown: labels are made before any request."""
    return LazyString(_, sentence, **values)


def language() -> str:
    """The language of this request, or of this command."""
    if not has_app_context():
        return "fr"
    if "language" not in g:
        locale = get_locale()
        g.language = locale.language if locale else "fr"
    return g.language


@contextmanager
def speaking(other: str) -> Iterator[None]:
    """Say what follows in another language, then come back."""
    before = g.get("language")
    with force_locale(other):
        g.language, g.words = other, translations(other)
        try:
            yield
        finally:
            g.pop("words")
            g.pop("language")
            if before:
                g.language = before


def choose_language() -> str:
    """The profile's, then the cookie's, then the browser's; French when in doubt."""
    if not has_request_context():
        return "fr"
    if current_user.is_authenticated and current_user.language in LANGUAGES:
        return current_user.language
    return language_of_browser()


def language_of_browser() -> str:
    """What can be known without asking the database who this is."""
    wanted = request.cookies.get(COOKIE)
    if wanted in LANGUAGES:
        return wanted
    return request.accept_languages.best_match(LANGUAGES, "fr")


def show_date(day: date) -> str:
    """23/11/2026 in French, 23 November 2026 in English."""
    if isinstance(day, datetime):
        day = to_user_timezone(day).date()
    return format_date(day, "dd/MM/yyyy" if language() == "fr" else "d MMMM yyyy")


def show_month_day(day: date) -> str:
    """12 novembre, 12 November: a day of these months, inside a sentence."""
    return format_date(day, "d MMMM")


def show_weekday(day: date) -> str:
    """Lundi 23 novembre 2026, Monday 23 November 2026."""
    said = format_date(day, "EEEE d MMMM y")
    return said[:1].upper() + said[1:]


def show_day(instant: datetime) -> str:
    """20 nov. 2026, as a rubber stamp has it."""
    return format_date(to_user_timezone(instant).date(), "d MMM yyyy")


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
    return days_ago((today - to_user_timezone(instant).date()).days)


def days_ago(days: int) -> str:
    """So many days ago, as one says it."""
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(num)s day ago", "%(num)s days ago", days)


def show_duration(minutes: int) -> str:
    """42 min, then 1 h 04 in French and 1 h 4 min in English."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u202fmin"
    if language() == "fr":
        return f"{hours}\u202fh\u202f{rest:02}"
    return f"{hours}\u202fh\u202f{rest}\u202fmin"


def show_number(value: float, decimals: int | None = None) -> str:
    """3,5 in French, 3.5 in English; with as many decimals as asked."""
    pattern = None if decimals is None else f"#,##0.{'0' * decimals}"
    return format_decimal(value, pattern)


def show_money(amount: Decimal) -> str:
    """1 236,00 € in French, €1,236.00 in English; a true minus before what is owed."""
    return format_currency(amount, "EUR").replace("-", "\N{MINUS SIGN}")


def show_share(value: float) -> str:
    """A share from 0 to 1 as a percentage."""
    return format_percent(value)


def said_in_page(sentence: str, **values: Any) -> Markup:
    """`_` in a template: what is put into the sentence is escaped.

    Ours rather than Jinja's, which looks for the words anew at each sentence.
    """
    return Markup(_words().gettext(sentence)) % values  # noqa: S704 - our own words


def counted_in_page(one: str, many: str, number: int, **values: Any) -> Markup:
    """`ngettext` in a template, likewise."""
    said = _words().ngettext(one, many, number)
    return Markup(said) % {"num": number, **values}  # noqa: S704 - our own words


def init_app(app: Flask, timezone: str) -> None:
    """Give the templates their words and their ways of writing."""
    babel = Babel()
    babel.init_app(
        app,
        default_locale="fr",
        default_timezone=timezone,
        locale_selector=choose_language,
    )
    filters: dict[str, Any] = {
        "date": show_date,
        "day": show_day,
        "time": show_time,
        "instant": show_instant,
        "ago": show_ago,
        "duration": show_duration,
        "number": show_number,
        "money": show_money,
        "share": show_share,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals |= {
        "_": said_in_page,
        "ngettext": counted_in_page,
        "languages": tuple(LANGUAGES.items()),
    }
    app.context_processor(lambda: {"language": language()})
