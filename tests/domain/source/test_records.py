"""Recorded runs: each fault with its line."""

import pytest

from tests.domain.labs import RUNS, faults, line_of
from tests.domain.samples import noted, read_files
from tests.make.library_lab import FILES_AND_LAB, PATH_EN


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("### plein (5)", "### plein", "lab.no-points", "### plein"),
        ("### ouvrir (2)", "### plein (2)", "lab.second-name", "### ouvrir"),
        ("- springs: ouvert", "- leads: ouvert", "lab.unknown-key", "- springs:"),
        ("1. antivirus protect on=yes", "1. Protect, please", "lab.bad-act",
         "1. antivirus protect on=yes"),
        ("1. antivirus protect on=yes", "1. antivirus protect on=yes please",
         "lab.bad-act", "1. antivirus protect on=yes"),
        ("1. antivirus protect on=yes", "1. tractor plough", "lab.unknown-simulator",
         "1. antivirus protect on=yes"),
        ("1. antivirus protect on=yes", "1. antivirus sing", "lab.unknown-act",
         "1. antivirus protect on=yes"),
        ("1. antivirus protect on=yes", "1. antivirus protect off=no",
         "lab.unknown-field", "1. antivirus protect on=yes"),
        ("lab hint goal=fichier", "lab dance", "lab.unknown-act", "2. lab hint"),
        ("lab hint goal=fichier", "lab hint", "lab.unknown-field", "2. lab hint"),
        ("lab undo", "lab undo goal=calme", "lab.unknown-field", "4. lab undo"),
    ],
)  # fmt: skip
def test_a_fault_is_noted_on_its_line(old: str, new: str, code: str, at: str) -> None:
    assert (code, line_of(at)) in faults((old, new))


def test_a_run_without_an_act_is_noted() -> None:
    acts = RUNS[RUNS.index("1. ") : RUNS.index("### ouvrir")]

    assert ("lab.no-act", line_of("### plein")) in faults((acts, ""))


def test_runs_are_written_once() -> None:
    found = dict(FILES_AND_LAB)
    line = found[PATH_EN].count("\n") + 2
    found[PATH_EN] += "\n" + RUNS

    issues = read_files(found)[1]

    assert ("lab.runs-twice", line) in noted(issues, PATH_EN)
