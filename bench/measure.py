"""The measures: statements, processor time, waiting time, memory, starting time."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Barrier, Thread
from typing import Any

from flask import Flask
from sqlalchemy import event

from bench.installation import Installation, Server, Tree, answers, listens
from bench.scenarios import BARE, Deed, NobodyLeftError, Scenario
from bench.visitor import Asking, Line, inside
from course.base.db import db

# They are sent with every transaction, and ask for nothing.
TRANSACTION_WORDS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
MILLI = 1000
WARM_UP = 20  # deeds: every thread of the server has had its turn
Figures = dict[str, Any]


# ---- Statements


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    """Each statement sent to the database, the words of transactions left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.lstrip().upper().startswith(TRANSACTION_WORDS):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def statements(app: Flask, deed: Deed) -> int:
    """How many statements one deed sends, once what can be kept is in memory."""
    deed(Asking(inside(app)))
    with statements_sent() as sent:
        deed(Asking(inside(app)))
    return len(sent)


# ---- Processor time


def processor_seconds(tree: Tree) -> float:
    """Of these processes, and of their children that have ended."""
    return sum(sum(process.cpu_times()[:4]) for process in tree())


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor that one deed takes."""

    server: float
    database: float

    @property
    def whole(self) -> float:
        """Both together."""
        return self.server + self.database


@dataclass(frozen=True, slots=True)
class Meter:
    """Whose processor time a scenario takes."""

    server: Server
    database: Tree

    def read(self) -> tuple[float, float]:
        """The seconds so far, of the server and of the database."""
        return processor_seconds(self.server.tree), processor_seconds(self.database)


def cost(deed: Deed, meter: Meter, seconds: float) -> Cost:
    """Deeds one after the other on one connection, for about so many seconds."""
    line = Line(meter.server.port)
    asking = Asking(line)
    done, end = 0, time.perf_counter() + seconds
    before = meter.read()
    try:
        while time.perf_counter() < end:
            deed(asking)
            done += 1
    except NobodyLeftError:
        pass
    finally:
        line.close()
    after = meter.read()
    if not done:
        raise NobodyLeftError
    return Cost(*((b - a) * MILLI / done for a, b in zip(before, after, strict=True)))


def costs(
    scenarios: Sequence[Scenario],
    meters: dict[str, Meter],
    *,
    rounds: int,
    seconds: float,
) -> dict[str, Figures]:
    """Each scenario in each round, so that a slow minute is shared by all."""
    found: dict[str, list[Cost]] = {scenario.name: [] for scenario in scenarios}
    for _round in range(rounds):
        for scenario in scenarios:
            meter = meters[scenario.name]
            found[scenario.name].append(cost(scenario.deed, meter, seconds))
    bare = found[BARE]
    return {name: _summary(taken, bare) for name, taken in found.items()}


def _summary(taken: list[Cost], bare: list[Cost]) -> Figures:
    ratios = [one.whole / two.whole for one, two in zip(taken, bare, strict=True)]
    return {
        "server_ms": round(median(one.server for one in taken), 3),
        "database_ms": round(median(one.database for one in taken), 3),
        "cpu_ms": round(median(one.whole for one in taken), 3),
        "ratio": round(median(ratios), 2),
    }


def warm_up(deed: Deed, port: int) -> int:
    """Let the server meet these pages; returns how many requests a deed takes."""
    line = Line(port)
    asking = Asking(line)
    for _ in range(WARM_UP):
        deed(asking)
    line.close()
    return len(asking.seconds) // WARM_UP


# ---- Waiting time


def latency(deed: Deed, port: int, clients: int, seconds: float) -> Figures:
    """How long requests wait when so many clients ask without a pause."""
    everybody = Barrier(clients)
    taken: list[list[float]] = [[] for _ in range(clients)]
    troubles: list[Exception] = []

    def ask(mine: list[float]) -> None:
        line = Line(port)
        asking = Asking(line, mine)
        everybody.wait()
        end = time.perf_counter() + seconds
        try:
            while time.perf_counter() < end:
                deed(asking)
        except NobodyLeftError:
            pass
        except Exception as trouble:  # noqa: BLE001 - told to who waits for the thread
            troubles.append(trouble)
        finally:
            line.close()

    threads = [Thread(target=ask, args=[mine], daemon=True) for mine in taken]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    spent = time.perf_counter() - began
    return _waits(sorted(wait for mine in taken for wait in mine), spent)


def _waits(waits: list[float], spent: float) -> Figures:
    if not waits:
        raise NobodyLeftError
    return {
        "p50_ms": round(median(waits) * MILLI, 2),
        "p95_ms": round(waits[int(len(waits) * 0.95)] * MILLI, 2),
        "requests_per_second": round(len(waits) / spent),
    }


# ---- Starting, and resting


def starts(place: Installation, times: int) -> Figures:
    """How long a prepared installation takes to listen, and to show its first page."""
    listening, showing = [], []
    for _ in range(times):
        for ready, kept in ((listens, listening), (answers, showing)):
            server = place.serve()
            try:
                kept.append(server.seconds_to(ready))
            finally:
                server.stop()
    return {
        "listening_s": round(median(listening), 3),
        "first_page_s": round(median(showing), 3),
    }


def memory_mib(server: Server) -> float:
    """The memory of all its processes, what they share counted once."""
    kibibytes = 0
    for process in server.tree():
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii")
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        kibibytes += int(found[1]) if found else 0
    return round(kibibytes / 1024, 1)
