"""One line for each request, and nothing about who asked."""

import json

import pytest
import structlog
from structlog.testing import capture_logs

from course.base import logs


def test_a_request_is_one_line_without_what_its_address_holds(as_admin, ada):
    with capture_logs() as lines:
        as_admin.get("account.account", user_id=ada.id)

    [line] = [line for line in lines if line["event"] == "request"]
    assert line["rule"] == "/accounts/<int:user_id>"
    assert line["status"] == 200
    assert line["ms"] >= 0
    assert set(line) == {"event", "log_level", "method", "rule", "status", "ms"}


def test_an_address_that_leads_nowhere_is_not_noted(client):
    with capture_logs() as lines:
        client.get("/somebody@example.org")

    assert lines[-1]["rule"] is None
    assert "example" not in str(lines)


@pytest.fixture
def _as_before():
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("_as_before")
def test_a_line_is_json_on_the_standard_error(capsys):
    logs.configure()

    structlog.get_logger().info("request", rule="/é")

    line = json.loads(capsys.readouterr().err)
    assert line["rule"] == "/é"
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")
