"""Every page says who may come in; a page that does not is closed."""

import pytest

from course.base.access import allowed, public
from course.domain.rights import May


@pytest.fixture
def pages(app, real_commits, new_app):
    """An application with one page of each kind."""
    other = new_app()
    views = {
        "open": public(lambda: "open"),
        "undecided": lambda: "undecided",
        "follow": allowed(May.FOLLOW)(lambda: "follow"),
        "either": allowed(May.FOLLOW, May.PUBLISH)(lambda: "either"),
    }
    for name, view in views.items():
        other.add_url_rule(f"/{name}", name, view)
    return other


def status(app, path, user=None, **given):
    client = app.test_client()
    if user:
        client.sign_in(user)
    return client.get(path, check=False, **given).status_code


def test_a_public_page_is_open_to_everybody(pages, ada):
    assert status(pages, "/open") == 200
    assert status(pages, "/open", ada) == 200


def test_a_page_that_says_nothing_is_closed_to_everybody(pages, linus):
    assert status(pages, "/undecided") == 403
    assert status(pages, "/undecided", linus) == 403


def test_who_has_one_of_the_rights_comes_in(pages, ada, grace, linus):
    assert [status(pages, "/follow", one) for one in (ada, grace, linus)] == [
        403,
        200,
        200,
    ]
    assert [status(pages, "/either", one) for one in (ada, grace, linus)] == [
        403,
        200,
        200,
    ]


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(pages):
    answer = pages.test_client().get("/follow?page=2")

    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/follow?page%3D2"


def test_a_script_is_told_by_a_status(pages):
    json = {"Accept": "application/json"}

    assert status(pages, "/follow", headers=json) == 401


def test_an_address_that_leads_nowhere_is_a_404_for_everybody(pages, ada):
    assert status(pages, "/nowhere") == 404
    assert status(pages, "/nowhere", ada) == 404


def test_every_page_of_the_application_says_who_may_come_in(app):
    silent = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not getattr(app.view_functions[rule.endpoint], "rights", None)
    ]

    assert silent == []
