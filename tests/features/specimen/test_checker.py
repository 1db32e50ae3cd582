"""The check beside the pages: one at a time, and what stops is never a success."""

import json
import sys
import threading
import time
from importlib.util import find_spec

import pytest

from course.domain.einvoice import rules
from course.domain.einvoice.rules import State, Step
from course.features.specimen import checker as module
from course.features.specimen.checker import (
    WORKER,
    BusyError,
    Checker,
    Stage,
    digest_of,
)
from course.features.specimen.making import xml_of
from tests.domain.einvoice.bills import CREDIT, GOOD

PASSED = [
    {"step": step.value, "state": "passed", "findings": [], "why": ""} for step in Step
]
# Stands for the program that checks: it waits for a file, then says that all is well.
PROGRAM = """
import json, os, pathlib, sys, time
for line in sys.stdin:
    xml = json.loads(line)
    print(json.dumps({"step": "europe"}), flush=True)
    while not pathlib.Path(GATE).exists():
        time.sleep(0.01)
    if xml == "crash":
        sys.exit(3)
    if xml == "nonsense":
        print("nonsense", flush=True)
    report = json.loads(REPORT)
    report[0]["why"] = os.environ.get("COURSE_SECRET", "")
    print(json.dumps({"report": report}), flush=True)
"""
LONGEST = 30  # seconds that a test waits: the machine may be busy


@pytest.fixture
def gate(tmp_path):
    """The file for which the program waits."""
    return tmp_path / "gate"


@pytest.fixture
def make(tmp_path, gate):
    """Checkers with a program of one's own; each is let end."""

    def make(**given):
        source = PROGRAM.replace("GATE", repr(str(gate)))
        source = source.replace("REPORT", repr(json.dumps(PASSED)))
        command = (sys.executable, "-c", source)
        return Checker(tmp_path / "checks", command, **{"linger": 0.2} | given)

    yield make
    gate.touch()
    for thread in threading.enumerate():
        if thread.name.startswith("check-"):
            thread.join(LONGEST)


def ended(checker, digest):
    """What is known of a check once it is over."""
    limit = time.monotonic() + LONGEST
    while (progress := checker.progress(digest)).is_busy:
        assert time.monotonic() < limit, progress
        time.sleep(0.01)
    return progress


def states(progress):
    return [outcome.state for outcome in progress.report]


def until(condition):
    limit = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_two_checks_at_once_go_one_after_the_other(make, gate):
    checker = make()

    first, second = checker.ask(b"one"), checker.ask(b"two")

    assert checker.progress(first).stage == Stage.RUNNING
    assert checker.progress(second).stage == Stage.QUEUED
    assert checker.progress(second).before == 1
    until(lambda: checker.progress(first).step == Step.EUROPE)
    gate.touch()
    assert states(ended(checker, second)) == [State.PASSED] * 3
    assert checker.progress(first).stage == Stage.DONE


def test_the_same_invoice_asked_twice_is_checked_once(make, gate):
    checker = make()

    assert checker.ask(b"one") == checker.ask(b"one")

    gate.touch()
    ended(checker, digest_of(b"one"))
    gate.unlink()
    assert checker.progress(checker.ask(b"one")).stage == Stage.DONE


def test_what_was_found_outlives_the_process(make, gate, tmp_path):
    gate.touch()
    digest = make().ask(b"one")
    until((tmp_path / "checks" / f"{digest}.json").exists)

    assert make().progress(digest).stage == Stage.DONE


def test_nobody_asked_nothing_is_known(make):
    assert make().progress("0" * 32).stage == Stage.UNKNOWN


def test_too_many_are_refused(make, monkeypatch):
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    checker = make()
    checker.ask(b"one")
    checker.ask(b"two")

    with pytest.raises(BusyError):
        checker.ask(b"three")


@pytest.mark.parametrize("xml", [b"crash", b"nonsense"])
def test_a_program_that_stops_has_not_passed(make, gate, tmp_path, xml):
    gate.touch()
    checker = make()

    progress = ended(checker, checker.ask(xml))

    assert states(progress) == [State.NOT_RUN] * 3
    assert list((tmp_path / "checks").glob("*")) == []
    # The next one is checked by a new process.
    assert states(ended(checker, checker.ask(b"one"))) == [State.PASSED] * 3


def test_a_program_that_lasts_too_long_is_ended(make):
    checker = make(patience=0.3)

    assert states(ended(checker, checker.ask(b"one"))) == [State.NOT_RUN] * 3


def test_a_program_that_does_not_start_has_not_passed(tmp_path):
    checker = Checker(tmp_path, (str(tmp_path / "nothing"),), linger=0.1)

    assert states(ended(checker, checker.ask(b"one"))) == [State.NOT_RUN] * 3


def test_what_was_not_run_may_be_asked_again(make, gate):
    checker = make(patience=0.5)
    digest = checker.ask(b"one")
    ended(checker, digest)
    gate.touch()

    checker.ask(b"one")

    assert states(ended(checker, digest)) == [State.PASSED] * 3


def test_only_some_of_what_was_not_run_is_remembered(make, gate, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 1)
    gate.touch()
    checker = make()
    first = checker.ask(b"crash")
    ended(checker, first)

    ended(checker, checker.ask(b"nonsense"))

    assert checker.progress(first).stage == Stage.UNKNOWN


def test_only_the_last_reports_are_kept(make, gate, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "KEPT", 2)
    gate.touch()
    checker = make()

    for xml in (b"one", b"two", b"three"):
        ended(checker, checker.ask(xml))

    assert len(list((tmp_path / "checks").glob("*.json"))) == 2


def test_a_disk_that_takes_nothing_does_not_lose_the_report(make, gate, tmp_path):
    (tmp_path / "checks").write_text("a file where a folder should be")
    gate.touch()
    checker = make()

    assert states(ended(checker, checker.ask(b"one"))) == [State.PASSED] * 3


def test_a_disk_that_fills_up_keeps_no_half_of_a_report(
    make, gate, tmp_path, monkeypatch
):
    def fills_up(self, text, *_how):
        with self.open("w") as file:
            file.write(text[:9])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.Path, "write_text", fills_up)
    gate.touch()
    checker = make()

    assert states(ended(checker, checker.ask(b"one"))) == [State.PASSED] * 3
    assert list((tmp_path / "checks").glob("*")) == []


def test_without_a_thread_more_to_be_had_one_asks_later(make, gate, monkeypatch):
    def refused(_thread):
        raise RuntimeError("can't start new thread")

    checker = make()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refused)
        with pytest.raises(BusyError):
            checker.ask(b"one")
    assert checker.progress(digest_of(b"one")).stage == Stage.UNKNOWN

    gate.touch()
    assert states(ended(checker, checker.ask(b"one"))) == [State.PASSED] * 3


def test_whatever_goes_wrong_with_one_the_next_is_checked(make, gate, monkeypatch):
    def refused(_timer):
        raise RuntimeError("can't start new thread")

    gate.touch()
    checker = make()
    with monkeypatch.context() as patch:
        patch.setattr(module.threading.Timer, "start", refused, raising=False)
        assert states(ended(checker, checker.ask(b"one"))) == [State.NOT_RUN] * 3

    assert states(ended(checker, checker.ask(b"two"))) == [State.PASSED] * 3


def test_fifty_at_once_are_checked_or_asked_to_come_back(make, gate):
    checker, refused = make(), 0

    for number in range(50):
        try:
            checker.ask(f"{number}".encode())
        except BusyError:
            refused += 1

    assert refused == 50 - module.MOST_WAITING
    gate.touch()
    for number in range(module.MOST_WAITING):
        progress = ended(checker, digest_of(f"{number}".encode()))
        assert states(progress) == [State.PASSED] * 3


def test_the_process_ends_by_itself_and_another_begins(make, gate):
    gate.touch()
    checker = make(linger=0.05)
    ended(checker, checker.ask(b"one"))
    until(lambda: not checker.is_working)

    assert states(ended(checker, checker.ask(b"two"))) == [State.PASSED] * 3


def test_what_is_asked_at_the_last_moment_is_not_forgotten(make):
    checker = make(linger=0.02)
    checker._jobs["late"] = None
    late = threading.Timer(0.2, checker._queue.put, ["late"])
    late.start()

    assert checker._next() == "late"


@pytest.mark.skipif(find_spec("saxonche") is None, reason="needs the extra einvoice")
def test_the_real_program_finds_nothing_wrong_in_what_is_right(tmp_path):
    checker = Checker(tmp_path / "checks", WORKER, linger=0.2)

    for invoice in (GOOD, CREDIT):
        progress = ended(checker, checker.ask(xml_of(invoice)))
        assert states(progress) == [State.PASSED] * 3


def test_without_its_program_a_step_is_not_run_and_the_schema_is(tmp_path):
    absent = (
        "import sys; sys.modules['saxonche'] = None; "
        "from course.features.specimen.worker import main; main()"
    )
    checker = Checker(tmp_path / "checks", (sys.executable, "-c", absent), linger=0.2)

    report = ended(checker, checker.ask(xml_of(GOOD))).report

    assert [(each.state, each.why) for each in report] == [
        (State.PASSED, ""),
        (State.NOT_RUN, "missing"),
        (State.NOT_RUN, "missing"),
    ]
    assert not rules.is_whole(report)
    assert list(tmp_path.glob("checks/*")) == []


def test_the_program_knows_none_of_our_settings(make, gate, monkeypatch):
    monkeypatch.setenv("COURSE_SECRET", "a secret")
    gate.touch()
    checker = make()

    assert ended(checker, checker.ask(b"one")).report[0].why == ""
