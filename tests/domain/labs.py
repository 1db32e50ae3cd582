"""A lab without a fault, and the ways to spoil it."""

from course.domain.issue import Issue
from course.domain.lab import Lab
from tests.domain.samples import noted, read_files
from tests.make.library_lab import FILES_AND_LAB, LAB_FR, PATH_EN, PATH_FR

RUNS = LAB_FR[LAB_FR.index("## runs") :]


def read_lab(*edits: tuple[str, str], both: bool = True) -> tuple[Lab, list[Issue]]:
    """The lab and what is noted once some words are replaced."""
    found = spoil(*edits, both=both)
    library, issues = read_files(found)
    return library.lab("console"), issues


def spoil(*edits: tuple[str, str], both: bool = True) -> dict[str, str]:
    found = dict(FILES_AND_LAB)
    for path in (PATH_FR, PATH_EN) if both else (PATH_FR,):
        for old, new in edits:
            if path == PATH_FR:
                assert old in found[path], old
            found[path] = found[path].replace(old, new, 1)
    return found


def faults(*edits: tuple[str, str], both: bool = True) -> list[tuple[str, int]]:
    """What is noted in the French file."""
    return noted(read_files(spoil(*edits, both=both))[1], PATH_FR)


def line_of(words: str) -> int:
    before, found, _ = LAB_FR.partition(words)
    assert found, words
    return before.count("\n") + 1
