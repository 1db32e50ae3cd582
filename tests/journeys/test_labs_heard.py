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
# Where papers are: the one that was being worked on.
OPEN = {
    "devis_desk": "?list=invoices",
    "devis_half": "?list=invoices&open=made-1",
    "devis_trap": "?list=invoices&open=made-1",
    "recues_half": "?list=received&open=transport",
    "recues_trap": "?list=received&open=papier",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lab", ["console", "envoi", "devis", "recues"])
def test_a_lab_is_read_aloud(world, device, language, lab, state):
    person, name = (
        device(world, world.people[STATES[state]], language),
        f"{lab}_{state}",
    )

    person.go(f"/runs/{world.places[name]}{OPEN.get(name, '')}")

    same(person, f"lab-{lab}-{state}")
