"""A long run read again from its snapshot is the same run."""

import pytest

from course.base.db import db, transaction
from course.domain.simulators.base import RefusedError
from course.features.lab import queries
from course.features.lab.models import Run
from tests.make.lab import (
    act,
    do,
    end,
    fact,
    kept,
    opened,
    start,
    switch,
)

pytestmark = pytest.mark.usefixtures("lab_library")


@pytest.mark.parametrize("count", [24, 25, 26, 27, 50, 51, 60])
def test_a_long_run_read_from_its_snapshot_is_the_same(ada, count):
    run = start(ada)

    switch(run, count)

    near, whole = opened(run), opened(run, whole=True)
    assert near.play.world == whole.play.world
    assert near.play.count == whole.play.count == count
    assert 1 <= len(near.lines) <= 26
    assert near.lines[-1].position == count


def test_taking_back_goes_beyond_the_snapshot_until_nothing_is_left(ada):
    run = start(ada)
    act(run, "antivirus.update")
    switch(run, 28)

    for left in range(28, -1, -1):
        assert opened(run).play.can_undo
        act(run, "lab.undo")
        switched = max(left - 1, 0)
        assert fact(run, "protection") == ("on" if switched % 2 else "off"), left

    assert fact(run, "update") == "none"
    with pytest.raises(RefusedError) as refused:
        act(run, "lab.undo")
    assert refused.value.code == "act.nothing-to-undo"
    assert opened(run).play.world == opened(run, whole=True).play.world


def test_an_older_simulator_s_snapshot_is_left_aside(ada):
    run = start(ada)
    switch(run, 30)
    with transaction():
        old = db.session.get_one(Run, run.id)
        old.versions = {"antivirus": 0}
        old.snapshot = {"count": 25, "world": "of another age"}

    assert fact(run, "protection") == "off"
    switch(run, 1)

    assert opened(run).run.versions == queries.versions_of(queries.lab_of(run))
    assert fact(run, "protection") == "on"


def test_what_a_newer_simulator_refuses_is_passed_over(ada):
    run = do(start(ada))
    with transaction():
        kept(run)[0].fields = {"on": "sideways"}
        kept(run)[1].name = "gone"

    found = opened(run)

    assert found.play.count == 2
    assert found.play.facts["antivirus"]["protection"] == "off"
    assert [dict(line.words) for line in found.history("fr")] == [{}, {}]
    assert end(run).points == 0
