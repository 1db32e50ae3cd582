"""An installation with a network in it, its backup, and others to restore in."""

import pytest

from tests.make.backup import filled
from tests.make.installation import Installation


@pytest.fixture
def network(command):
    """A small network, on the database of this run."""
    return filled(command)


@pytest.fixture
def backup(network, tmp_path):
    """The backup of the network."""
    path = tmp_path / "network.zip"
    assert network("backup", "make", str(path)).code == 0
    return path


@pytest.fixture
def new(database, tmp_path, monkeypatch, capfd):
    """`new()`: another installation, empty; commands are then about that one."""
    made = []

    def make(url=None):
        folder = tmp_path / f"other-{len(made)}"
        other = Installation(folder, url or database.new_database(), monkeypatch, capfd)
        made.append(other)
        return other

    return make


@pytest.fixture
def sqlite_url(tmp_path):
    """A SQLite file, whatever the database of this run."""
    return f"sqlite:///{tmp_path / 'another.sqlite'}"
