"""A real server, `python run.py`, in its own process on a port of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
PATIENCE = 40  # seconds; a busy machine takes two to start
BETWEEN = 0.03
COMMAND = "import sys; from course.cli import main; sys.exit(main(sys.argv[1:]))"


class ServerError(RuntimeError):
    """The server did not start; the text is its log."""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """Start it, kill it, start it again: same port, same instance."""

    def __init__(self, instance: Path, content: Path = ROOT) -> None:
        instance.mkdir(parents=True, exist_ok=True)
        self.instance = instance
        self.content = content
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = instance / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Mapping[str, str]:
        """What the server is told, and whatever else serves the same instance."""
        return {
            "COURSE_INSTANCE": str(self.instance),
            "COURSE_CONTENT": str(self.content),
            "COURSE_PORT": str(self.port),
        }

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Start it, and come back once it answers."""
        with self.log.open("ab") as log:
            # A group of its own: its worker ends with it, and nothing else does.
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "run.py")],
                cwd=self.instance,
                env={**os.environ, **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise ServerError(self.said())
            time.sleep(BETWEEN)
        return self

    def _answers(self) -> bool:
        with socket.socket() as knock:
            return knock.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            process.wait(PATIENCE / 4)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def run(self, *words: str) -> str:
        """`passeport …` on the same instance; what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=ROOT,
            env={**os.environ, **self.settings},
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    def said(self) -> str:
        """The log."""
        return self.log.read_text("utf-8", errors="replace")

    @property
    def first_admin_link(self) -> str:
        """The link that the last start printed."""
        return re.findall(r"http\S+/links/\S+", self.said())[-1]

    def crashes(self) -> list[str]:
        """The lines of the log that tell of a crash."""
        return [line for line in self.said().splitlines() if '"crash"' in line]

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database holds, read from outside."""
        path = self.instance / "course.sqlite"
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()
