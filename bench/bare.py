"""The yardstick: a bare Flask page that reads one row, on the same server."""

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from course.app import engine_options
from course.base.settings import Settings
from course.features.account.models import User
from course.features.site import cli as site

PAGE = """\
<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>{{ user.name }}</title></head>
<body><h1>{{ user.name }}</h1><p>{{ user.login }}</p></body>
</html>
"""


def create_bare_app(settings: Settings) -> Flask:
    """One page, and nothing around it: no session, log, header or extension."""
    app = Flask(__name__, static_folder=None)
    # A named template is compiled once, as those of the course are.
    app.jinja_loader = DictLoader({"show.html": PAGE})
    options = engine_options(settings)
    engine = create_engine(options.pop("url"), **options)

    @app.get("/users/<int:user_id>")
    def show(user_id: int) -> str:
        """One person, read with the ORM."""
        with Session(engine) as session:
            user = session.scalars(select(User).where(User.id == user_id)).one()
            return render_template("show.html", user=user)

    return app


def main() -> None:
    """Serve the page with the settings of the environment."""
    settings = Settings.from_environment()
    site._serve(create_bare_app(settings), settings)  # noqa: SLF001 - the very same server


if __name__ == "__main__":
    main()
