"""A browser without a screen: goes to endpoints, sends tokens, checks every page."""

import contextvars
import secrets
from typing import Any

from flask import has_app_context, url_for
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from course.base.db import db
from course.features.account.models import User
from tests import page

# What a request is made of; any other word is part of the address.
BUILT_OF = frozenset(
    {"base_url", "content_type", "data", "environ_base", "follow_redirects", "headers"}
    | {"json", "method", "query_string"}
)


class Client(FlaskClient):
    """`client.get("lesson.read", key="contagion")`; a path works as well.

    A POST carries a real token unless `csrf=False`. Each page that comes back is
    checked by tests/page.py; `check=False` leaves that out.
    """

    def open(self, *args: Any, csrf: bool = True, check: bool = True, **given: Any):
        if not args or not isinstance(args[0], str):
            return super().open(*args, **given)
        place = args[0]
        values = {name: given.pop(name) for name in set(given) - BUILT_OF}
        if not place.startswith(("/", "http")):
            with self.application.test_request_context():
                place = url_for(place, **values)
        if given.get("method") == "POST" and csrf:
            headers = dict(given.pop("headers", None) or {})
            given["headers"] = {"X-CSRFToken": self.token(), **headers}
        if has_app_context():
            # What the test has read is a moment ago: it asks again after the request.
            db.session.close()
        # In an empty context, or Flask would lend the test's own `g` to the request.
        response = contextvars.Context().run(super().open, place, **given)
        shown = response.mimetype == "text/html" and not response.location
        if check and shown:
            page.check(response)
        return response

    def token(self) -> str:
        """What the forms of this session carry."""
        with self.session_transaction() as session:
            kept = session.setdefault("csrf_token", secrets.token_hex(20))
        signer = URLSafeTimedSerializer(
            self.application.secret_key, salt="wtf-csrf-token"
        )
        return signer.dumps(kept)

    def sign_in(self, user: User) -> "Client":
        """Open this person's session, without the page that asks for a password."""
        with self.session_transaction() as session:
            session["_user_id"] = user.get_id()
            session.permanent = True  # tests change the time: it does not end by itself
            session["_fresh"] = True
        return self

    def speak(self, language: str) -> "Client":
        """Ask for a language, as who has chosen it before."""
        self.set_cookie("language", language)
        return self
