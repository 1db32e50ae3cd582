"""What an electronic invoice costs: to make, to show, to check, ten checks at once."""

import argparse
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from threading import Thread
from typing import Any

import psutil
from flask import Flask

from bench.installation import (
    KINDS,
    Installation,
    Server,
    installation,
    listens,
    opened,
)
from bench.measure import Figures
from bench.scenarios import LESSON_READ
from bench.visitor import Asking, Line, Visitor, signed_in
from course.base import i18n
from course.domain.visibility import Mode
from course.features.account import services as accounts
from course.features.account.models import User
from course.features.catalogue.queries import shelf
from course.features.lab import queries as labs
from course.features.lab import services
from course.features.specimen.issued import Specimen, specimen_in

LAB, INVOICE = "devis", "made-1"
AT_ONCE = 10
ROUNDS = 20
PATIENCE = 120  # seconds for a check
PAUSE = 0.05  # between two looks at one
MIB = 1024 * 1024
MILLI = 1000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print; nothing is kept."""
    parser = argparse.ArgumentParser(prog="bench.specimen", description=__doc__)
    parser.add_argument("--database", choices=KINDS, default="sqlite")
    given = parser.parse_args(arguments)
    with installation(given.database) as place:
        place.prepare()
        for name, value in measured(place).items():
            print(f"  {name}: {value}", flush=True)
    return 0


def measured(place: Installation) -> Figures:
    """What it costs in an installation that is ready, by a server of its own."""
    with opened(place.app()) as app:
        people = [_person(number) for number in range(AT_ONCE + 2)]
        runs = [_issued(user, days) for days, user in enumerate(people, 20)]
        figures = _make(app, people[0], runs[0])
        visitors = signed_in(app, people)
    return figures | _ask(place, visitors, runs)


def _person(place: int) -> User:
    return accounts.create_user(f"Bench {place}", None, language="fr")


def _issued(user: User, days: int) -> int:
    """A run in which an invoice was issued; each is due on another day."""
    run = services.start_run(user, shelf(), LAB, Mode.PRACTICE, seed=7)
    deeds: Sequence[tuple[str, dict[str, list[str]]]] = (
        ("convert", {"quote": ["d041"]}),
        ("fill", {"document": [INVOICE], "days": [str(days)], "mentions": ["penalty"]}),
        ("issue", {"document": [INVOICE]}),
    )
    for name, fields in deeds:
        what = f"invoicing.{name}"
        services.act(user.id, run.id, what, fields, secrets.token_hex(8))
    return run.id


# ---- In this process


def _make(app: Flask, user: User, run_id: int) -> Figures:
    """Milliseconds of processor: the first time, which loads the libraries; then."""
    with app.test_request_context():
        read = _reader(user, run_id)
        return {
            "first_pdf_cpu_ms": _timed(lambda: read().pdf()),
            "xml_cpu_ms": _median(lambda: read().xml),
            "pdf_cpu_ms": _median(lambda: read().pdf()),
            "xml_bytes": len(read().xml),
            "pdf_bytes": len(read().pdf()),
        }


def _reader(user: User, run_id: int) -> Callable[[], Specimen]:
    run = labs.opened(user.id, run_id)

    def read() -> Specimen:
        with i18n.speaking("fr"):
            found = specimen_in(run, INVOICE)
        if found is None:
            raise LookupError(INVOICE)
        return found

    return read


def _timed(deed: Callable[[], Any]) -> float:
    begun = time.process_time()
    deed()
    return round((time.process_time() - begun) * MILLI, 1)


def _median(deed: Callable[[], Any]) -> float:
    return round(median(_timed(deed) for _ in range(ROUNDS)), 1)


# ---- By a server


def _ask(place: Installation, visitors: list[Visitor], runs: list[int]) -> Figures:
    server = place.serve()
    try:
        server.seconds_to(listens)
        asking = Asking(Line(server.port))
        first, learner, *others = visitors
        asking.get(learner, LESSON_READ)
        rest = {"at_rest_mib": _memory(server)}
        alone = _one(asking, server, first, runs[0])
        return rest | alone | _many(server, learner, others, runs[2:])
    finally:
        server.stop()


def _one(asking: Asking, server: Server, who: Visitor, run_id: int) -> Figures:
    where = f"/runs/{run_id}/invoices/{INVOICE}"
    figures: Figures = {}
    for name, path in (("page_ms", where), ("pdf_ms", f"{where}.pdf")):
        asking.get(who, path)
        asking.seconds.clear()
        for _ in range(ROUNDS):
            asking.get(who, path)
        figures[name] = round(median(asking.seconds) * MILLI, 1)
    figures["first_check_s"] = _checked(server, who, run_id)
    figures["with_rules_mib"] = _memory(server)
    return figures


def _many(
    server: Server, learner: Visitor, others: list[Visitor], runs: list[int]
) -> Figures:
    """A lesson is read over and over, alone and then while ten checks are asked."""
    asking = Asking(Line(server.port))
    alone = _latency(asking, learner, lambda: len(asking.seconds) < ROUNDS * 5)
    took: list[float] = []
    threads = [
        Thread(target=lambda who=who, run=run: took.append(_checked(server, who, run)))
        for who, run in zip(others, runs, strict=True)
    ]
    for thread in threads:
        thread.start()
    busy = _latency(asking, learner, lambda: any(t.is_alive() for t in threads))
    if len(took) < AT_ONCE:
        raise RuntimeError(f"Only {len(took)} checks of {AT_ONCE} came to their end.")
    return {
        "checks_at_once": AT_ONCE,
        "last_of_them_s": max(took),
        "lesson_alone": alone,
        "lesson_meanwhile": busy,
    }


def _latency(asking: Asking, who: Visitor, go_on: Callable[[], bool]) -> Figures:
    asking.seconds.clear()
    while go_on():
        asking.get(who, LESSON_READ)
    waits = sorted(asking.seconds)
    worst = waits[int(len(waits) * 0.95)]
    return {
        "p50_ms": round(median(waits) * MILLI, 1),
        "p95_ms": round(worst * MILLI, 1),
    }


def _checked(server: Server, who: Visitor, run_id: int) -> float:
    """Ask for a check and wait for its end, as a browser does."""
    asking = Asking(Line(server.port))
    begun = time.perf_counter()
    where = f"/runs/{run_id}/invoices/{INVOICE}/check"
    path = asking.post(who, where).location
    while b'data-check="busy"' in asking.get(who, path).body:
        if time.perf_counter() - begun > PATIENCE:
            raise TimeoutError(path)
        time.sleep(PAUSE)
    return round(time.perf_counter() - begun, 2)


def _memory(server: Server) -> float:
    found = 0
    for process in server.tree():
        try:
            found += process.memory_full_info().pss
        except psutil.Error:
            continue  # it has just ended
    return round(found / MIB, 1)


if __name__ == "__main__":
    sys.exit(main())
