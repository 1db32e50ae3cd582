"""passeport serve: ready to use, or one sentence that says what to do."""

import signal
import socket
import urllib.request

import pytest
import structlog

from tests.make.library import FILES, write
from tests.make.server import Server, free_port


@pytest.fixture(autouse=True)
def _log_as_before():
    yield
    structlog.reset_defaults()


@pytest.fixture
def installed(command):
    """An installation on which `serve` has nothing left to prepare."""
    command("db", "upgrade")
    command("content", "sync")
    return command


def fetch(address):
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - ours
        return answer.status, answer.read().decode()


def test_it_serves_until_it_is_told_to_stop(installed):
    server = Server(installed.instance, installed.content).start()
    process = server.process

    status, home = fetch(server.url)
    healthy, _report = fetch(f"{server.url}/healthz")
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=20)
    server.stop()

    assert (status, healthy) == (200, 200)
    assert "<h1" in home
    assert code == 0
    assert "Traceback" not in server.said()


@pytest.mark.only("sqlite")
def test_the_first_start_prepares_everything_and_greets_the_first_admin(command):
    with Server(command.instance, command.content) as server:
        status, page = fetch(server.first_admin_link)
        said = server.said()

    assert status == 200
    assert "password" in page
    assert f"Passeport numérique: {server.url}" in said
    assert "Nobody administrates yet." in said


def test_a_port_that_is_busy_is_one_sentence_and_nothing_is_touched(command):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        command.set(PORT=other.getsockname()[1])

        said = command("serve")

    assert said.code == 1
    assert said.err.startswith("passeport: The port is busy.")
    assert not (command.instance / "course.sqlite").exists()


@pytest.mark.only("sqlite")
def test_without_content_it_says_what_to_mend(command, tmp_path):
    command.set(CONTENT=tmp_path / "nowhere", PORT=free_port())

    said = command("serve")

    assert said.code == 1
    assert "Nothing could be published" in said.err


@pytest.mark.only("sqlite")
def test_broken_content_is_listed_and_what_was_published_stays(command):
    command("db", "upgrade")
    command("content", "sync")
    broken = {
        "quizzes/essai.fr.md": FILES["quizzes/essai.fr.md"].replace("- [x]", "- [ ]")
    }
    write(command.content, broken)

    with Server(command.instance, command.content) as server:
        status, _home = fetch(server.url)
        said = server.said()

    assert status == 200
    assert "quizzes/essai.fr.md:" in said


@pytest.mark.only("postgresql")
def test_on_a_network_it_prepares_nothing(command):
    command.set(PORT=free_port())

    first = command("serve")
    command("db", "upgrade")
    second = command("serve")

    assert (first.code, second.code) == (1, 1)
    assert "passeport db upgrade" in first.err
    assert "passeport content sync" in second.err
