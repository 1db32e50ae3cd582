"""Who is in the network: believable, each seed its own, and nobody's password."""

import re
from random import Random

import pytest

from course.domain.profile import Profile, Trade
from course.features.account.words import login_for
from course.features.demo import people


def test_names_are_drawn_once_each():
    found = people.names(500, Random(1))

    assert len(set(found)) == 500


def test_names_have_accents_and_hyphens():
    everybody = " ".join(people.names(500, Random(1)))

    assert re.search("[éèêëïôçÉ]", everybody)
    assert "-" in everybody
    assert "’" in everybody


def test_every_name_makes_a_sign_in_name():
    logins = [login_for(name, ()) for name in people.names(500, Random(1))]

    assert all(re.fullmatch(r"[a-z0-9.]+", login) for login in logins)


@pytest.mark.parametrize("learners", [6, 24, 119, 120, 121, 300])
def test_the_sizes_of_the_classes_add_up(learners):
    found = people.sizes(learners)

    assert sum(found) == learners
    assert len(found) == len(people.CLASSES)


def test_a_class_is_mostly_of_its_trade():
    rng = Random(1)
    found = [people.person("Ada", Trade.BAKER, rng).profile for _ in range(200)]

    bakers = sum(profile.trade == Trade.BAKER for profile in found)
    assert bakers > 100
    assert Profile() in found  # the four questions may be skipped
    assert len({profile.trade for profile in found}) > 3


def test_the_password_is_the_installations_own():
    password = people.password_of("a secret")

    assert password == people.password_of("a secret")
    assert password != people.password_of("another secret")
    assert len(password) >= 10
    assert re.fullmatch(r"[a-z]+(-[a-z]+){3}", password)


def test_every_centre_has_classes_and_trainers():
    assert {each.centre for each in people.CLASSES} == set(range(len(people.PLACES)))
    assert sum(len(place.trainers) for place in people.PLACES) == 5
