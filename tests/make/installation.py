"""An installation of its own: settings, folders and the command `passeport`."""

import contextvars
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from course.base.db import db
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
        try:
            code = contextvars.Context().run(main, words)
        except SystemExit as stop:  # argparse's own way out
            code = stop.code if isinstance(stop.code, int) else 1
        out, err = self.capture.readouterr()
        return Said(code, out, err)

    def close(self) -> None:
        """Let go of the databases that commands opened."""
        for state in list(db._app_state.values()):
            for engine in state.engines.values():
                if engine.url == make_url(self.database):
                    engine.dispose()
