"""The figures: kept in a file, held against their limits and against last time's."""

import json
import os
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.scenarios import ACTION, ATTEMPT, COHORTS, LESSON, OPEN, READ, REVIEW
from course.base import clock

FILE = Path(__file__).with_name("results.json")
LIBRARIES = ("flask", "sqlalchemy", "granian", "psycopg", "jinja2", "pydantic")
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a figure may be, and where it stands in the file."""

    name: str
    path: tuple[str, ...]
    most: float
    unit: str = ""


SMALL, MIDDLE, LARGE = COHORTS.values()
# Promised of PostgreSQL; SQLite is held against the same for information.
LIMITS = (
    Limit("lesson page: statements", (LESSON, "statements"), 4),
    Limit("lesson page: cost", (LESSON, "ratio"), 3, "× bare"),
    Limit("progress POST: statements", (READ, "statements"), 4),
    Limit("progress POST: cost", (READ, "ratio"), 3, "× bare"),
    Limit("attempt of ten: statements", (ATTEMPT, "statements"), 70),
    Limit("attempt of ten: processor", (ATTEMPT, "cpu_ms"), 45, "ms"),
    Limit("action in a lab: statements", (ACTION, "statements"), 8),
    Limit("action in a lab: processor", (ACTION, "cpu_ms"), 12, "ms"),
    Limit("run of 500 opened: processor", (OPEN, "cpu_ms"), 60, "ms"),
    Limit("run of 500 reviewed: processor", (REVIEW, "cpu_ms"), 60, "ms"),
    Limit("cohort of 50: statements", (SMALL, "statements"), 6),
    Limit("cohort of 50: processor", (SMALL, "cpu_ms"), 10, "ms"),
    Limit("cohort of 5000 against 200", (LARGE, "against_200"), 1.3, "×"),
    Limit("first load of a lesson: weight", ("first load", "kib"), 30, "KiB"),
    Limit("first load of a lesson: requests", ("first load", "requests"), 5),
    Limit("start to first page", ("start", "first_page_s"), 1.5, "s"),
    Limit("memory at rest", ("memory", "at_rest_mib"), 150, "MiB"),
)


def machine() -> Figures:
    """On what, and with what, the figures were taken."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in LIBRARIES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return names[0] if names else platform.processor()


def complete(figures: dict[str, Figures], versions: Figures) -> Figures:
    """All that goes into the file."""
    date = clock.now().isoformat(timespec="seconds")
    return {"date": date, "machine": machine() | versions, "figures": figures}


def value_at(figures: Figures, path: tuple[str, ...]) -> float | None:
    """One figure; None when it was not taken."""
    found: Any = figures
    for name in path:
        found = found.get(name, {})
    return found if isinstance(found, int | float) else None


def table(kind: str, figures: Figures) -> list[str]:
    """Each promise: the figure, what was measured, the limit, whether it is met."""
    lines = [f"{kind:34} {'measured':>10} {'limit':>8} {'':7} met"]
    for limit in LIMITS:
        value = value_at(figures, limit.path)
        said = "–" if value is None else f"{value:g}"
        met = "?" if value is None else "yes" if value <= limit.most else "NO"
        lines.append(
            f"{limit.name:34} {said:>10} {limit.most:>8g} {limit.unit:7} {met}"
        )
    return lines


def is_missed(figures: Figures) -> bool:
    """Whether some figure is above its limit."""
    taken = ((value_at(figures, limit.path), limit.most) for limit in LIMITS)
    return any(value is not None and value > most for value, most in taken)


def details(figures: Figures) -> list[str]:
    """Every scenario on its line, for who wants to know more."""
    title = f"{'scenario':16} {'stmts':>5} {'reqs':>4} {'server':>8} {'database':>8}"
    lines = [f"{title} {'× bare':>7}   p50/p95 ms at 1, 8, 32 clients"]
    for name, found in figures.items():
        if "server_ms" not in found:
            rest = ", ".join(f"{k} {v}" for k, v in found.items() if k != "urls")
            lines.append(f"{name:16} {rest}")
            continue
        waits = "  ".join(
            f"{at['p50_ms']:g}/{at['p95_ms']:g}"
            for at in found.get("latency", {}).values()
        )
        lines.append(
            f"{name:16} {found['statements']:>5} {found['requests']:>4}"
            f" {found['server_ms']:>8.2f} {found['database_ms']:>8.2f}"
            f" {found['ratio']:>7.2f}   {waits}"
        )
    return lines


def keep(results: Figures) -> None:
    """Write the file, to be committed."""
    text = json.dumps(results, indent=2, ensure_ascii=False)
    FILE.write_text(text + "\n", "utf-8")


def compared(results: Figures) -> list[str]:
    """Each figure that changed since the file was written, and by how much."""
    if not FILE.exists():
        return [f"There is nothing to compare with: {FILE} does not exist yet."]
    before = json.loads(FILE.read_text("utf-8"))
    old = dict(_flat(before["figures"]))
    lines = [f"Compared with {before['date']}:"]
    for name, value in _flat(results["figures"]):
        was = old.get(name)
        if was is None:
            lines.append(f"{name:58} {'new':>10} → {value:g}")
        elif was != value:
            change = f"{(value - was) / was:+.0%}" if was else ""
            lines.append(f"{name:58} {was:>10g} → {value:<10g} {change}")
    changed = {
        name: (was, results["machine"].get(name))
        for name, was in before["machine"].items()
        if was != results["machine"].get(name)
    }
    return lines + [f"{name}: {was} → {now}" for name, (was, now) in changed.items()]


def _flat(figures: Figures, prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name} · ")
        elif isinstance(value, int | float):
            yield prefix + name, value
