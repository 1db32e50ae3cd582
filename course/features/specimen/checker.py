"""The check of an invoice, done beside the pages: one at a time, in another process.

Whoever asks waits in a short queue; what was found is kept under the digest of the
data alone, so that the same invoice is never checked twice. The process ends by itself
once nobody has asked for a while: the rules' engine holds 200 MB.

Each node of a network checks what it is asked: nothing is shared but the rules.
"""

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import structlog

from course.domain.einvoice import rules
from course.domain.einvoice.rules import Report, Step

WORKER = (sys.executable, "-m", "course.features.specimen.worker")
ROOT = Path(__file__).parents[3]
MOST_WAITING = 40  # checks: three classes at once
PATIENCE = 60.0  # seconds that one check may last
LINGER = 30.0  # seconds that the process waits for another one
KEPT = 500  # reports, some hundred bytes each
REMEMBERED = 100  # of those that could not be run, in memory: one may try again
SIGNS = 32  # of a digest


class BusyError(Exception):
    """Too many checks wait already."""


class Stage(StrEnum):
    """How far a check is."""

    UNKNOWN = "unknown"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is, and what came of it."""

    stage: Stage
    before: int = 0  # checks that go first
    step: Step | None = None
    report: Report | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is more to come."""
        return self.stage in {Stage.QUEUED, Stage.RUNNING}


UNKNOWN = Progress(Stage.UNKNOWN)


@dataclass(slots=True)
class _Job:
    xml: str
    step: Step | None = None


class Checker:
    """The queue, the process, and what was found."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str] = WORKER,
        *,
        patience: float = PATIENCE,
        linger: float = LINGER,
    ) -> None:
        self.folder = folder
        self.command = command
        self.patience, self.linger = patience, linger
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._jobs: dict[str, _Job] = {}  # in the order in which they were asked
        self._not_run: dict[str, Report] = {}
        self._thread: threading.Thread | None = None

    def ask(self, xml: bytes) -> str:
        """Have these data checked, unless they were; BusyError when too many wait."""
        digest = digest_of(xml)
        if self._kept(digest) is not None:
            return digest
        with self._lock:
            if digest in self._jobs:
                return digest
            if len(self._jobs) >= MOST_WAITING:
                raise BusyError
            self._begin(f"check-{digest}")
            self._not_run.pop(digest, None)
            self._jobs[digest] = _Job(xml.decode())
            self._queue.put(digest)
        return digest

    def _begin(self, name: str) -> None:
        """Begun with the first check: a server forks after it made this."""
        if self._thread is not None:
            return
        thread = threading.Thread(target=self._work, name=name, daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the system gives no more threads for now
            raise BusyError from None
        self._thread = thread

    def progress(self, digest: str) -> Progress:
        """How far this check is, as this node knows it."""
        with self._lock:
            if digest in self._jobs:
                before = list(self._jobs).index(digest)
                stage = Stage.QUEUED if before else Stage.RUNNING
                return Progress(stage, before, self._jobs[digest].step)
            report = self._not_run.get(digest)
        report = report or self._kept(digest)
        return Progress(Stage.DONE, report=report) if report else UNKNOWN

    @property
    def is_working(self) -> bool:
        """Whether the process may still be there."""
        return self._thread is not None

    # ---- What was found

    def _kept(self, digest: str) -> Report | None:
        try:
            stored = json.loads((self.folder / f"{digest}.json").read_text("utf-8"))
            return rules.load(stored)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, digest: str, report: Report) -> None:
        if rules.is_whole(report):
            with suppress(OSError):  # a full disk: it is said once, and forgotten
                self._write(digest, report)
                return
        while len(self._not_run) >= REMEMBERED:
            self._not_run.pop(next(iter(self._not_run)))
        self._not_run[digest] = report

    def _write(self, digest: str, report: Report) -> None:
        """Written beside, then named: whole or not at all."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        draft = self.folder / f"{digest}.{os.getpid()}"
        try:
            draft.write_text(json.dumps([each.dump() for each in report]), "utf-8")
            draft.replace(self.folder / f"{digest}.json")
        finally:  # on a full disk, half of it
            draft.unlink(missing_ok=True)
        kept = sorted(self.folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for path in kept[:-KEPT]:
            path.unlink(missing_ok=True)

    # ---- The thread

    def _work(self) -> None:
        """One check after the other, until nobody has asked for a while."""
        process: subprocess.Popen[str] | None = None
        try:
            while (digest := self._next()) is not None:
                if process is None or process.poll() is not None:
                    process = self._start()
                report = self._run(process, self._jobs[digest])
                with self._lock:
                    self._keep(digest, report)
                    del self._jobs[digest]
        finally:
            if process is not None:
                _end(process)

    def _next(self) -> str | None:
        """What was asked next; nothing once nobody has asked for a while."""
        while True:
            with suppress(queue.Empty):
                return self._queue.get(timeout=self.linger)
            with self._lock:
                if not self._jobs:
                    self._thread = None
                    return None

    def _start(self) -> subprocess.Popen[str] | None:
        try:
            return subprocess.Popen(  # noqa: S603 - our own program
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=_environment(),
            )
        except OSError as error:
            structlog.get_logger().error("check not started", error=str(error))
            return None

    def _run(self, process: subprocess.Popen[str] | None, job: _Job) -> Report:
        """What the process finds; whatever stops it, the check was not run."""
        if process is None:
            return rules.nothing_ran()
        alarm = threading.Timer(self.patience, process.kill)
        try:
            alarm.start()
            for said in _conversation(process, job.xml):
                if "report" in said:
                    return rules.load(said["report"])
                job.step = Step(said["step"])
        except Exception as error:  # noqa: BLE001 - the others still wait their turn
            structlog.get_logger().error("check failed", error=repr(error))
        finally:
            alarm.cancel()
        _end(process)
        return rules.nothing_ran()


def _conversation(process: subprocess.Popen[str], xml: str) -> Iterator[dict[str, Any]]:
    asked: Any = process.stdin
    answers: Any = process.stdout
    asked.write(json.dumps(xml) + "\n")
    asked.flush()
    for line in answers:
        yield json.loads(line)


def _end(process: subprocess.Popen[str]) -> None:
    """Let it go, and leave no trace of it among the system's processes."""
    process.kill()
    streams: tuple[Any, ...] = (process.stdin, process.stdout)
    for stream in streams:
        with suppress(OSError):  # what was not sent yet goes nowhere
            stream.close()
    process.wait()


def _environment() -> dict[str, str]:
    """Ours without its settings: the rules need to know neither secret nor database."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("COURSE_")}
    return ours | {"PYTHONPATH": str(ROOT)}


def digest_of(xml: bytes) -> str:
    """The name of a check: the data, and the rules that look at them."""
    text = b"\0".join([version("factur-x").encode(), xml])
    return hashlib.sha256(text).hexdigest()[:SIGNS]
