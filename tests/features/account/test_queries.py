"""Reading people."""

import pytest

from course.domain.rights import Role
from course.features.account import queries
from tests.make.account import make_guest, make_user


def test_a_person_and_the_roles_are_read_in_one_statement(linus, count_queries):
    with count_queries() as sent:
        user = queries.user_by_id(linus.id)
        roles = user.roles()

    assert roles == {Role.LEARNER, Role.ADMIN}
    assert len(sent) == 1


def test_people_are_found_by_name_or_sign_in_name(app):
    make_user("Zoé Durand")
    make_user("Marc Leroy")

    found = [
        [one.name for one in queries.people(word, 1)[0]] for word in ("ZOÉ", "oy", "x")
    ]

    assert found == [["Zoé Durand"], ["Marc Leroy"], []]


@pytest.mark.parametrize("sign", ["%", "_", "\\"])
def test_a_sign_of_the_database_finds_itself_only(ada, sign):
    assert queries.people(sign, 1) == ([], 0)


def test_guests_are_not_listed(ada):
    make_guest()

    users, count = queries.people("", 1)

    assert [user.id for user in users] == [ada.id]
    assert count == 1


def test_a_page_of_people_costs_the_same_whatever_their_number(app, count_queries):
    costs = []
    for number in (2, 6):
        for _ in range(number):
            make_user("Ada Lovelace", role=Role.TRAINER)
        with count_queries() as sent:
            queries.people("", 1)
        costs.append(len(sent))

    assert costs == [3, 3]
