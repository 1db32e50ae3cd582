"""The house as text: its modules, and what each imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

COURSE = ROOT / "course"
TEMPLATES = COURSE / "templates"


def modules(*folders: str) -> list[Path]:
    """Every Python file of some folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """course/base/db.py → course.base.db."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imports(path: Path) -> Iterator[str]:
    """The full name of each thing that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def templates() -> list[Path]:
    """Every template."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
