"""What a screen reader is given of each lab, state by state: see test_snapshots."""

import pytest

from tests.journeys.test_snapshots import same

STATES = {
    "desk": "beginner",
    "half": "worker",
    "trap": "worker",
    "failed": "worker",
    "passed": "worker",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lab", ["console", "envoi"])
def test_a_lab_is_read_aloud(world, device, language, lab, state):
    person = device(world, world.people[STATES[state]], language)

    person.go(f"/runs/{world.places[f'{lab}_{state}']}")

    same(person, f"lab-{lab}-{state}")
