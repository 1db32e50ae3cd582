"""Files put in their places together, or not at all."""

import pytest

from course.base.backup.placing import Placement


@pytest.fixture
def place(tmp_path):
    """A folder with something in it."""
    place = tmp_path / "place"
    (place / "lessons").mkdir(parents=True)
    (place / "lessons" / "old.md").write_text("old")
    (place / "secret").write_text("old")
    return place


def prepare(placement, place):
    """Both replaced, and a file where there was none."""
    secret = placement.write(place, "secret", [b"ne", b"w"])
    placement.write(place, "lessons/new.md", [b"new"])
    more = placement.write(place, "more", [b"new"])
    kept = place / "lessons.before"
    placement.later(secret, place / "secret")
    placement.later(secret.parent / "lessons", place / "lessons", kept)
    placement.later(more, place / "deep" / "more")


def held(place):
    return {
        path.relative_to(place).as_posix(): path.read_text()
        for path in place.rglob("*")
        if path.is_file()
    }


def test_nothing_moves_before_all_is_ready(place):
    before = held(place)

    with Placement() as placement:
        prepare(placement, place)

        assert (place / "secret").read_text() == "old"
    assert held(place) == before


def test_everything_is_placed_and_what_was_there_may_be_kept(place):
    for _time in range(2):
        with Placement() as placement:
            prepare(placement, place)
            placement.place()

    assert held(place) == {
        "secret": "new",
        "lessons/new.md": "new",
        "lessons.before/new.md": "new",
        "deep/more": "new",
    }


def test_a_failure_afterwards_puts_everything_back(place):
    before = held(place)

    with pytest.raises(ValueError, match="no commit"), Placement() as placement:
        prepare(placement, place)
        placement.place()
        raise ValueError("no commit")

    assert held(place) == before


def test_a_failure_half_way_puts_everything_back(place):
    (place / "deep").write_text("in the way")
    before = held(place)

    with pytest.raises(OSError, match="deep"), Placement() as placement:
        prepare(placement, place)
        placement.place()

    assert held(place) == before


def test_what_a_killed_restore_left_is_swept(place):
    with Placement() as placement:
        stage = placement.stage(place)
        (stage / "old").touch()
        placement.stages.clear()
        placement.stage(place)

        assert list(stage.iterdir()) == []
