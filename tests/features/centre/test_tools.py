"""What a trainer may do with a cohort and with its people: the links to it."""

import pytest
from flask import render_template_string, url_for

from course.features.centre import services
from tests.make.centre import make_cohort
from tests.page import parse

SHOWN = (
    '{% from "centre/tools.html" import learner_tools, tools %}'
    "<!doctype html><html><head><title>x</title></head><body>"
    "{{ learner_tools(cohort, learner) if learner else tools(cohort) }}"
    "</body></html>"
)


@pytest.fixture
def shown(app):
    """The addresses that a macro shows."""

    def addresses(cohort, learner=None):
        with app.test_request_context():
            text = render_template_string(SHOWN, cohort=cohort, learner=learner)
        tree = parse(text)
        forms = [form.get("action") for form in tree.iter("form")]
        return [link.get("href") for link in tree.iter("a")] + forms

    return addresses


def test_every_tool_leads_somewhere(app, shown, ada):
    cohort = make_cohort()
    with app.test_request_context():
        expected = {
            url_for(f"centre.{name}", cohort_id=cohort.id)
            for name in (
                "learner_new",
                "slips_choose",
                "poster",
                "cohort_edit",
                "merge_choose",
                "journal",
                "copy",
                "close",
            )
        }
        mine = {
            url_for("centre.slips_choose", cohort_id=cohort.id, who=ada.id),
            url_for("centre.move", cohort_id=cohort.id, user_id=ada.id),
            url_for("centre.merge_choose", cohort_id=cohort.id, a=ada.id),
            url_for("centre.removal", cohort_id=cohort.id, user_id=ada.id),
        }

    assert set(shown(cohort)) >= expected
    assert set(shown(cohort, ada)) == mine


def test_an_archived_cohort_takes_nobody_in(app, shown):
    cohort = make_cohort()
    services.close_cohort(cohort)

    found = shown(cohort)

    assert f"/cohorts/{cohort.id}/reopen" in found
    for gone in ("learners/new", "poster", "close"):
        assert f"/cohorts/{cohort.id}/{gone}" not in found
