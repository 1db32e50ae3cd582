"""An installation of its own: settings, folders and the command `passeport`."""

import contextvars
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from course.cli import main
from tests.make.library import FILES, write


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


class Installation:
    """Call it with the words that follow `passeport`."""

    def __init__(self, folder: Path, database: str, monkeypatch, capture) -> None:
        self.instance, self.content = folder / "instance", folder / "content"
        self.database = database
        self.capture = capture
        self.monkeypatch = monkeypatch
        write(self.content, FILES)
        self.set(INSTANCE=self.instance, DATABASE=database, CONTENT=self.content)

    def set(self, **settings: object) -> None:
        """Change COURSE_… variables."""
        for name, value in settings.items():
            self.monkeypatch.setenv(f"COURSE_{name}", str(value))

    def __call__(self, *words: str) -> Said:
        """Run a command in this process."""
        self.capture.readouterr()
        opened: list[Any] = []

        def note(connection: Any, _record: object) -> None:
            opened.append(connection)

        event.listen(Engine, "connect", note)
        try:
            code = contextvars.Context().run(main, words)
        except SystemExit as stop:  # argparse's own way out
            code = stop.code if isinstance(stop.code, int) else 1
        finally:
            event.remove(Engine, "connect", note)
            for connection in opened:  # a process that ends closes them by itself
                connection.close()
        out, err = self.capture.readouterr()
        return Said(code, out, err)
