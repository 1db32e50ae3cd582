"""A scratch installation: a folder, a database, its commands and its servers."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from functools import cache
from pathlib import Path

import psutil
from flask import Flask

from course.app import create_app
from course.base import logs
from course.base.db import db
from course.base.settings import Settings
from tests.make.postgresql import Cluster

KINDS = ("sqlite", "postgresql")
ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
QUESTIONS = 10  # of each attempt: the real quizzes draw fewer
PATIENCE = 30  # seconds for a server to answer
BEAT = 0.002  # between two looks at a server that starts
# What the command `passeport` is, whether or not the project was installed.
PASSEPORT = ("-c", "import sys; from course.cli import main; sys.exit(main())")
Tree = Callable[[], list[psutil.Process]]


class StartError(RuntimeError):
    """A command or a server that did not do what it should; says what it wrote."""


def tree(pid: int) -> list[psutil.Process]:
    """A process and all that it started."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


class Server:
    """A process in a session of its own, so that all of it can be ended at once."""

    def __init__(
        self, words: tuple[str, ...], environ: dict[str, str], log: Path
    ) -> None:
        self.port = int(environ["COURSE_PORT"])
        self.log = log
        self.began = time.perf_counter()
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                env=environ,
                cwd=ROOT,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )

    def seconds_to(self, ready: Callable[[int], bool]) -> float:
        """How long after its start the server is ready."""
        while not ready(self.port):
            if self.process.poll() is not None or self.age > PATIENCE:
                self.kill()
                raise StartError(self.log.read_text("utf-8", "replace")[-2000:])
            time.sleep(BEAT)
        return self.age

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self.began

    def tree(self) -> list[psutil.Process]:
        """The processes of this server."""
        return tree(self.process.pid)

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does; insist when it does not listen."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the whole group at once: nobody gets a word to say."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def listens(port: int) -> bool:
    """Whether somebody takes calls at this port."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def answers(port: int) -> bool:
    """Whether the first page comes."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    """A port where nobody listens now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Installation:
    """A folder and a database that are thrown away afterwards."""

    def __init__(self, folder: Path, database: str, cluster: Cluster | None) -> None:
        self.folder = folder
        self.cluster = cluster
        # One port for all its life: a server that comes back is found again.
        self.environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("COURSE_")},
            "COURSE_INSTANCE": str(folder / "instance"),
            "COURSE_CONTENT": str(folder / "content"),
            "COURSE_DATABASE": database,
            "COURSE_SECRET": "known to the bench, which signs its own sessions",
            "COURSE_HOST": HOST,
            "COURSE_PORT": str(free_port()),
        }
        self.log = folder / "server.log"
        _copy_content(folder / "content")

    @property
    def settings(self) -> Settings:
        """The settings that its server reads."""
        return Settings.from_environment(self.environ)

    def app(self) -> Flask:
        """The application in this process, on the same database."""
        return create_app(self.settings)

    def command(self, *words: str) -> str:
        """Run `passeport …`; returns what it printed."""
        done = subprocess.run(
            [sys.executable, *PASSEPORT, *words],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            raise StartError(f"passeport {' '.join(words)}: {done.stderr}")
        return done.stdout

    def prepare(self) -> None:
        """Make the tables and publish the content."""
        self.command("db", "upgrade")
        self.command("content", "sync")

    def serve(self, *words: str, port: int | None = None) -> Server:
        """Start `passeport serve`, or Python with other words."""
        environ = dict(self.environ)
        if port is not None:
            environ["COURSE_PORT"] = str(port)
        return Server(words or (*PASSEPORT, "serve"), environ, self.log)

    def database_tree(self) -> list[psutil.Process]:
        """The processes of the database's own server, when it has one."""
        return tree(self.cluster.server.pid) if self.cluster else []


def _copy_content(folder: Path) -> None:
    """The real lessons and quizzes; attempts are of ten questions."""
    for name in ("lessons", "quizzes"):
        shutil.copytree(ROOT / name, folder / name)
    for path in (folder / "quizzes").glob("*.*.md"):
        text = path.read_text("utf-8")
        drawn = re.sub(r"^draw: \d+$", f"draw: {QUESTIONS}", text, flags=re.MULTILINE)
        path.write_text(drawn, "utf-8")


@contextmanager
def installation(kind: str) -> Iterator[Installation]:
    """A new installation, on `sqlite` or `postgresql`; nothing is left of it."""
    with tempfile.TemporaryDirectory(prefix="course-bench-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield Installation(folder, f"sqlite:///{folder / 'bench.sqlite'}", None)
            return
        # Waiting for the disk belongs to what a request costs.
        cluster = Cluster(hurried=False)
        try:
            yield Installation(folder, cluster.new_database(), cluster)
        finally:
            cluster.stop()


@cache
def _log_nowhere() -> None:
    """Lines of the log are made in this process too, and nobody reads them."""
    # Open as long as the process: loggers keep what they once wrote to.
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    with redirect_stderr(nowhere):
        logs.configure()


@contextmanager
def opened(app: Flask) -> Iterator[Flask]:
    """The application in a context; its connections are closed at the end."""
    _log_nowhere()
    with app.app_context():
        try:
            yield app
        finally:
            db.session.close()
            db.engine.dispose()
