"""What the pages of a cohort share: whose it is, who learns in it, its address."""

import secrets
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from course.base.i18n import _
from course.features.account import queries as people
from course.features.account.models import User
from course.features.centre import queries
from course.features.centre.models import Cohort

bp = Blueprint("centre", __name__)
Page = str | Response | tuple[str, int]


def address_of(endpoint: str, **values: Any) -> str:
    """A page's whole address, as one types it."""
    return current_app.config["SETTINGS"].url + url_for(endpoint, **values)


def own_cohort(cohort_id: int) -> Cohort:
    """A cohort that the person who asks follows; else 404."""
    return queries.cohort_of(current_user, cohort_id) or abort(404)


def own_learner(cohort_id: int, user_id: int) -> tuple[Cohort, User]:
    """The same, and somebody who learns in it."""
    cohort = own_cohort(cohort_id)
    return cohort, queries.learner_of(cohort.id, user_id) or abort(404)


def to_cohort(cohort: Cohort) -> Response:
    """Go and see it."""
    return redirect(url_for("tracking.cohort", cohort_id=cohort.id))


def left_already(cohort: Cohort, user_id: int) -> Response:
    """What a second click is told; 404 for who was never here."""
    if not queries.was_done(cohort.id, user_id, "moved", "removed"):
        abort(404)
    name = people.names_of([user_id]).get(user_id, "")
    flash(_("%(name)s is no longer in this cohort.", name=name))
    return to_cohort(cohort)


def page_asked() -> int:
    """Which page of a list; the first one when the address does not say."""
    return max(1, min(request.args.get("page", 1, type=int), LAST))


LAST = 10**6  # further than any list; a larger number no database could skip


def new_form() -> str:
    """An id for a form: its second click finds what the first one made."""
    return secrets.token_hex(16)
