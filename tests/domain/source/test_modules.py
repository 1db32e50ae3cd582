"""What an author may do wrong in a module, and what is noted."""

import pytest

from tests.domain.samples import (
    MODULE_FILE,
    files,
    line_of,
    noted,
    read_files,
    spoilt,
)

MODULE_FAULTS = [
    ("minutes: 12", "minutes: 11", "module.too-short", 0),
    ("quiz: antivirus", "quiz: what", "link.unknown-quiz", 0),
    ("digcomp: 4.1, 5.1", "digcomp: four", "header.bad-value", 0),
    ("Tomorrow, you will know what to do.", "", "module.no-promise", -2),
    ("Tomorrow, you", "{{ trade.supplier }}, you", "quote.no-trade-here", 0),
    ("Antivirus\n\n## obj", "\n## obj", "module.no-short", -5),
    ("Antivirus\n\n## obj", "Antivirus software\n\n## obj", "module.long-short", 0),
    ("## short", "## brief", "module.unknown-section", 0),
    ("- sort: You", "- You", "module.bad-objective", 0),
    ("- sort: You", "- Sort it: You", "module.bad-name", 0),
    ("- act: You", "- sort: You", "module.same-objective", 0),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "shift"), MODULE_FAULTS)
def test_a_faulty_module_is_noted_at_its_line(
    old: str, new: str, code: str, shift: int
) -> None:
    issues = spoilt(MODULE_FILE, old, new)

    line = line_of(MODULE_FILE, old) + shift
    assert (code, line) in noted(issues, MODULE_FILE), issues


def test_a_module_without_objectives_is_noted() -> None:
    path = MODULE_FILE.replace(".fr.", ".en.")
    found = files()
    found[MODULE_FILE] = found[path] = found[path].partition("- sort")[0]

    assert ("module.no-objective", 10) in noted(read_files(found)[1], MODULE_FILE)


def test_an_objective_in_one_language_is_noted() -> None:
    path = MODULE_FILE.replace(".fr.", ".en.")

    issues = spoilt(path, "- act:", "- move:", both=False)

    assert ("twin.missing-objective", 1) in noted(issues, path)
    assert ("twin.missing-objective", 1) in noted(issues, MODULE_FILE)
