"""The roof: settings, tools, features, error pages."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from course.base import (
    access,
    compression,
    fragments,
    i18n,
    logs,
    navigation,
    routing,
    security,
    static,
    templates,
)
from course.base.db import db
from course.base.settings import Settings, kept_secret
from course.features.account import views as account
from course.features.author import views as author
from course.features.catalogue import links
from course.features.catalogue import views as catalogue
from course.features.centre import views as centre
from course.features.lab import views as lab
from course.features.lesson import views as lesson
from course.features.passport import views as passport
from course.features.path import views as path
from course.features.privacy import views as privacy
from course.features.progress import jobs as progress
from course.features.quiz import views as quiz
from course.features.roster import views as roster
from course.features.site import views as site
from course.features.specimen import views as specimen
from course.features.tracking import views as tracking

FEATURES = (
    site,
    account,
    centre,
    catalogue,
    progress,
    path,
    lesson,
    quiz,
    lab,
    specimen,
    passport,
    roster,
    tracking,
    author,
    privacy,
)


class Course(Flask):
    """Flask, with templates of ours."""

    jinja_environment = templates.Templates


def create_app(settings: Settings | None = None, **config: Any) -> Flask:
    """The application, ready to serve; it neither migrates nor publishes."""
    settings = settings or Settings.from_environment()
    settings.instance.mkdir(parents=True, exist_ok=True)
    app = Course(__name__, instance_path=str(settings.instance), static_folder=None)
    app.config.update(
        SECRET_KEY=kept_secret(settings),
        SETTINGS=settings,
        SQLALCHEMY_ENGINES={"default": engine_options(settings)},
        **config,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = app.debug
    app.jinja_env.bytecode_cache = templates.compiled(settings.instance)
    routing.init_app(app)
    db.init_app(app)
    compression.init_app(app)
    logs.init_app(app)
    security.init_app(app)
    i18n.init_app(app, settings.timezone)
    access.init_app(app)
    navigation.init_app(app)
    static.init_app(app)
    fragments.init_app(app)
    links.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
    return app


def engine_options(settings: Settings) -> dict[str, Any]:
    """How the database is reached: as many connections as threads that ask."""
    options: dict[str, Any] = {"url": settings.database}
    if settings.database.startswith("postgresql"):
        options |= {"pool_size": settings.threads, "max_overflow": 4}
        # The last connection first: its statements are prepared already.
        options |= {"pool_use_lifo": True, "pool_recycle": 1800}
    return options
