"""An application to which a test may add pages."""

import pytest

from course.app import create_app
from course.base.db import db
from tests.make.client import Client
from tests.make.settings import make_settings


@pytest.fixture
def new_app(database, tmp_path):
    """`new_app(PROXIES=1)`: another application on the same database."""
    made = []

    def make(**given):
        app = create_app(
            make_settings(tmp_path, database=database.url, **given), TESTING=True
        )
        app.test_client_class = Client
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
