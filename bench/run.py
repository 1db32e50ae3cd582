"""make bench: what pages cost, against a bare page, limits and the last time."""

import argparse
import cProfile
import pstats
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import text

from bench import results, specimen
from bench.crowd import BEGINNERS, gather
from bench.first_load import first_load
from bench.installation import (
    KINDS,
    Installation,
    Server,
    answers,
    free_port,
    installation,
    listens,
    opened,
)
from bench.measure import (
    Figures,
    Meter,
    costs,
    latency,
    memory_mib,
    starts,
    statements,
    statements_sent,
    warm_up,
)
from bench.scenarios import BARE, COHORTS, NAMES, Scenario, scenarios_for
from bench.visitor import Asking, Visitor, inside, signed_in
from course.base.db import db

CLIENTS = (1, 8, 32)
PROFILED = 300  # requests
SHOWN = 40  # functions of a profile
WIDTH = 110  # signs of a statement


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, or explain one scenario; 1 when a limit is passed."""
    given = _parser().parse_args(arguments)
    kinds = [given.database] if given.database else list(KINDS)
    if given.profile:
        _profile(kinds[-1], given.profile)
        return 0
    pace = QUICK if given.quick else Pace()
    figures, versions = {}, {}
    for kind in kinds:
        _say(f"— {kind}")
        figures[kind], versions[kind] = _measure(kind, pace)
    found = results.complete(figures, versions)
    for kind in kinds:
        _say("", *results.details(figures[kind]))
    for kind in kinds:
        _say("", *results.table(kind, figures[kind]))
    if given.compare:
        _say("", *results.compared(found))
    elif not given.quick and kinds == list(KINDS):
        results.keep(found)
        _say("", f"Written: {results.FILE}")
    return int(results.is_missed(figures.get("postgresql", {})))


@dataclass(frozen=True, slots=True)
class Pace:
    """How long everything is looked at."""

    rounds: int = 7
    seconds: float = 1.0  # of a scenario, in a round
    waiting_seconds: float = 1.5  # of a scenario, for each number of clients
    starts: int = 5
    beginners: int = BEGINNERS


# Only to try the bench itself: these figures mean nothing.
QUICK = Pace(rounds=2, seconds=0.3, waiting_seconds=0.2, starts=1, beginners=1000)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "--compare",
        action="store_true",
        help="print what changed since the file was committed, and leave it as it is",
    )
    parser.add_argument(
        "--database", choices=KINDS, help="this one only; writes no file"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a minute, to try the bench itself"
    )
    parser.add_argument(
        "--profile",
        choices=[name for name in NAMES if name != BARE],
        help="where the time of one scenario goes",
    )
    return parser


def _say(*lines: str) -> None:
    for line in lines or ("",):
        print(line, flush=True)


# ---- Measuring


def _measure(kind: str, pace: Pace) -> tuple[Figures, str]:
    with installation(kind) as place:
        first = _first_start(place) if kind == "sqlite" else {}
        place.prepare()
        with opened(place.app()) as app:
            crowd = gather(beginners=pace.beginners)
            scenarios = scenarios_for(app, crowd)
            figures: Figures = {
                scenario.name: {"statements": _count(app, scenario)}
                for scenario in scenarios
            }
            version = _version()
            reader = signed_in(app, [crowd.reader])[0]
            _ask_servers(place, scenarios, reader, pace, figures)
        figures["electronic invoice"] = specimen.measured(place)
        figures["start"] = starts(place, pace.starts) | first
    return figures, version


def _first_start(place: Installation) -> Figures:
    """Of an empty installation: the tables are made and the content is published."""
    server = place.serve()
    try:
        return {"from_nothing_s": round(server.seconds_to(answers), 3)}
    finally:
        server.stop()


def _count(app: Flask, scenario: Scenario) -> int:
    return 1 if scenario.is_bare else statements(app, scenario.deed)


def _version() -> str:
    name = "sqlite_version()" if db.engine.dialect.name == "sqlite" else "version()"
    version = db.session.scalar(text(f"SELECT {name}"))
    db.session.close()
    return str(version)


def _ask_servers(
    place: Installation,
    scenarios: Sequence[Scenario],
    reader: Visitor,
    pace: Pace,
    figures: Figures,
) -> None:
    """Both servers live through the whole run: what is measured is warm."""
    bare = place.serve("-m", "bench.bare", port=free_port())
    server = place.serve()
    try:
        for each in (bare, server):
            each.seconds_to(listens)
        asked = {s.name: bare if s.is_bare else server for s in scenarios}
        for scenario in scenarios:
            port = asked[scenario.name].port
            figures[scenario.name]["requests"] = warm_up(scenario.deed, port)
        figures["first load"] = first_load(server.port, reader)
        figures["memory"] = {"at_rest_mib": memory_mib(server)}
        _measure_costs(place, scenarios, asked, pace, figures)
        _measure_waits(scenarios, asked, pace, figures)
        figures["memory"]["after_load_mib"] = memory_mib(server)
    finally:
        server.stop()
        bare.stop()


def _measure_costs(
    place: Installation,
    scenarios: Sequence[Scenario],
    asked: dict[str, Server],
    pace: Pace,
    figures: Figures,
) -> None:
    paid = {name: Meter(server, place.database_tree) for name, server in asked.items()}
    found = costs(scenarios, paid, rounds=pace.rounds, seconds=pace.seconds)
    for name, cost in found.items():
        figures[name] |= cost
        _say(f"  {name}: {cost['cpu_ms']} ms, {cost['ratio']} × bare")
    small, large = (figures[COHORTS[size]] for size in (200, 5000))
    large["against_200"] = round(large["cpu_ms"] / small["cpu_ms"], 2)


def _measure_waits(
    scenarios: Sequence[Scenario],
    asked: dict[str, Server],
    pace: Pace,
    figures: Figures,
) -> None:
    for scenario in scenarios:
        port = asked[scenario.name].port
        figures[scenario.name]["latency"] = {
            str(clients): latency(scenario.deed, port, clients, pace.waiting_seconds)
            for clients in CLIENTS
        }


# ---- Explaining


def _profile(kind: str, name: str) -> None:
    """What one deed asks of the database, and where the time of many goes.

    In this process, without a server.
    """
    with installation(kind) as place:
        place.prepare()
        with opened(place.app()) as app:
            scenarios = scenarios_for(app, gather())
            deed = next(s.deed for s in scenarios if s.name == name)
            asking = Asking(inside(app))
            deed(asking)
            with statements_sent() as sent:
                deed(asking)
            asking.seconds.clear()
            profile = cProfile.Profile()
            profile.enable()
            while len(asking.seconds) < PROFILED:
                deed(asking)
            profile.disable()
    _say(*(" ".join(statement.split())[:WIDTH] for statement in sent))
    _say("", f"{name} on {kind}: {len(asking.seconds)} requests")
    pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    sys.exit(main())
