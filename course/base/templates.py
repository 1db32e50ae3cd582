# pyright: standard
"""Templates: compiled once and kept, their globals in one plain dictionary."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache


class Templates(Environment):
    """Flask's own, without a map of maps for the globals of each template.

    No template of ours has globals of its own; looking through two maps at each
    import and each macro cost a tenth of a page.
    """

    def make_globals(
        self, d: MutableMapping[str, Any] | None
    ) -> MutableMapping[str, Any]:
        """The globals of all, unless a template is given some of its own."""
        return {**self.globals, **d} if d else self.globals


def compiled(instance: Path) -> FileSystemBytecodeCache:
    """Compiled templates are kept: the first pages after a start come at once."""
    folder = instance / "templates"
    folder.mkdir(mode=0o700, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
