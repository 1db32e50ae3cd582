"""Whatever can identify somebody has a purpose and an end, said in personal.py."""

import pytest

from course.base.db import Model
from course.base.personal import LIMITS, Until
from course.features.privacy.queries import HOLDINGS
from course.features.privacy.views import UNTIL

# Tables that hold nothing about anybody, each with its reason.
IMPERSONAL = {
    "centre": "a place, not a person",
    "cohort": "a course of a centre, its days and its code",
    "finding": "what is wrong in the folders",
    "synced": "what was last read from the folders",
    "proof": "about people, shown on a page of its own and never tied to an account",
}
DECLARED = {holding.name: holding for holding in HOLDINGS}


def about_people() -> set[str]:
    """Tables that lead to a person, at once or through another table."""
    found = {"user"}
    tables = Model.metadata.tables.values()
    while True:
        more = {
            table.name
            for table in tables
            if any(key.column.table.name in found for key in table.foreign_keys)
        }
        if more <= found:
            return found
        found |= more


def test_each_table_is_declared_or_holds_nothing_about_anybody(app):
    tables = set(Model.metadata.tables)

    assert tables - set(DECLARED) - set(IMPERSONAL) == set()
    assert set(IMPERSONAL) & set(DECLARED) == set()


def test_a_table_that_leads_to_a_person_is_never_impersonal(app):
    assert about_people() - set(DECLARED) == set()


@pytest.mark.parametrize("name", DECLARED)
def test_each_column_has_a_purpose_or_says_nothing(name, app):
    holding = DECLARED[name]

    assert holding.undeclared() == set(), f"say in personal.py why {name} holds these"
    known = {column.name for column in holding.model.__table__.columns}
    assert set(holding.fields) | holding.plain <= known


def test_a_new_column_would_be_noticed(app):
    user = DECLARED["user"]
    forgetful = {name: one for name, one in user.fields.items() if name != "name"}

    holding = type(user)(user.model, user.title, forgetful, user.rows, None, user.plain)

    assert holding.undeclared() == {"name"}


def test_each_end_is_said_and_has_its_days():
    assert set(UNTIL) == set(Until)
    assert set(LIMITS) == set(Until) - {Until.WORK}
