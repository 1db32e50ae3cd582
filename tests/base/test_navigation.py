"""The menu shows what one may use."""

from course.base import navigation
from tests.page import parse, said


def menu(client):
    tree = parse(client.get("site.help").text)
    return [
        link.get("href")
        for nav in tree.iter("nav")
        for link in nav.iter("a")
        if said(link)
    ]


def test_it_grows_with_the_rights(visitor, as_learner, as_trainer, as_admin):
    menus = [set(menu(one)) for one in (visitor, as_learner, as_trainer, as_admin)]

    assert "/accounts" not in menus[0] | menus[1] | menus[2]
    assert "/accounts" in menus[3]
    assert menus[0] <= menus[1] <= menus[2]


def test_the_entry_one_is_in_is_marked(as_admin):
    tree = parse(as_admin.get("account.accounts").text)

    here = [
        one.get("href") for one in tree.iter("a") if one.get("aria-current") == "page"
    ]

    assert "/accounts" in here


def test_entries_are_in_order(app):
    places = [entry.place for entry in navigation.entries()]

    assert places == sorted(places)
