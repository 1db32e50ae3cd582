"""Sizes, weights, and the one place that commits."""

import gzip

import pytest

from tests.conftest import ROOT
from tests.house.source import COURSE, modules, name_of

LONGEST = 400  # lines
HEAVIEST = {  # bytes, compressed; a lab's page has its own beside those of all pages
    "course.css": 10 * 1024,
    "course.js": 8 * 1024,
    "lab.css": 5 * 1024,
    "lab.js": 4 * 1024,
    "specimen.css": 2 * 1024,
    "specimen.js": 1024,
}


def test_no_module_is_longer_than_400_lines():
    lengths = {
        name_of(path): path.read_text("utf-8").count("\n")
        for path in modules("course", "tests", "bench")
    }

    assert {name: size for name, size in lengths.items() if size > LONGEST} == {}


def test_what_every_test_may_ask_for_fits_in_200_lines():
    assert (ROOT / "tests/conftest.py").read_text("utf-8").count("\n") < 200


def test_every_package_says_what_it_holds_and_nothing_else():
    silent = [
        name_of(path)
        for path in COURSE.rglob("__init__.py")
        if not path.read_text("utf-8").startswith('"""')
    ]

    assert silent == []


def test_only_the_database_module_commits():
    words = (".commit(", ".rollback(")

    elsewhere = [
        name_of(path)
        for path in modules("course")
        if any(word in path.read_text("utf-8") for word in words)
        if name_of(path) != "course.base.db"
    ]

    assert elsewhere == []


@pytest.mark.parametrize("name", HEAVIEST)
def test_style_and_script_stay_light(name):
    packed = gzip.compress((COURSE / "static" / name).read_bytes(), mtime=0)

    assert len(packed) <= HEAVIEST[name]
