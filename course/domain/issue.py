"""Issue: what an author should put right, file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Values = Mapping[str, str | int]


class Severity(StrEnum):
    """Whether the item can be published all the same."""

    FATAL = "fatal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong, where, and the values that its sentence needs."""

    code: str
    path: str
    line: int
    values: Values = field(default_factory=dict[str, str | int])
    severity: Severity = Severity.FATAL

    @property
    def fatal(self) -> bool:
        """Whether it keeps its file from being published."""
        return self.severity is Severity.FATAL


class Margin:
    """The margin of a file: where its readers write what they noticed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.issues: list[Issue] = []

    def fatal(self, code: str, line: int, /, **values: str | int) -> None:
        """Note what keeps the file from being published."""
        self.issues.append(Issue(code, self.path, line, values))

    def warn(self, code: str, line: int, /, **values: str | int) -> None:
        """Note what had better be put right."""
        self.issues.append(Issue(code, self.path, line, values, Severity.WARNING))
