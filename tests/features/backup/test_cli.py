"""passeport backup: nothing is lost, and nothing is half done."""

import json
import stat
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import create_engine, text

from course.base import migrations
from tests.make.backup import (
    counted,
    held,
    manifest,
    part_of,
    rewritten,
    said_otherwise,
)

CENTRE = "INSERT INTO centre (name, created_at) VALUES (:name, :at)"
FAILURE = "INSERT INTO failure (door, at) VALUES (:name, :at)"


def test_a_backup_says_what_it_holds_and_that_it_is_secret(network, tmp_path):
    said = network("backup", "make", str(tmp_path / "b.zip"))

    assert said.code == 0
    assert "tables" in said.out
    assert "rows" in said.out
    assert "keep it where only you can read it" in said.out
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert list(tmp_path.glob(".*")) == []


def test_a_backup_holds_every_table_the_secret_and_the_content(network, backup):
    found = manifest(backup)

    counts = {name: part["rows"] for name, part in found["tables"].items()}
    assert counts == {
        name: len(lines) for name, lines in held(network.database).items()
    }
    assert found["migration"] == migrations.known()[-1]
    assert "secret" in found["files"]
    assert "content/quizzes/essai.fr.md" in found["files"]


def test_a_file_that_exists_is_replaced_only_when_told(network, backup):
    backup.write_text("something else")

    refused = network("backup", "make", str(backup))
    kept = backup.read_text()
    forced = network("backup", "make", "--force", str(backup))

    assert refused.code == 1
    assert "--force" in refused.err
    assert kept == "something else"
    assert forced.code == 0
    assert manifest(backup)["tables"]["user"]["rows"] == 7


def test_a_backup_of_nothing_is_refused(command, tmp_path):
    path = tmp_path / "b.zip"

    said = command("backup", "make", str(path))
    engine = create_engine(command.database)
    engine.connect().close()
    engine.dispose()
    again = command("backup", "make", str(path))

    assert said.code == again.code == 1
    assert "nothing to keep" in said.err
    assert "nothing to keep" in again.err
    assert not path.exists()


def test_a_place_that_does_not_exist_is_one_sentence(network, tmp_path):
    nowhere = network("backup", "make", str(tmp_path / "nowhere" / "b.zip"))
    folder = network("backup", "make", str(tmp_path))
    missing = network("backup", "verify", str(tmp_path / "missing.zip"))
    itself = network("backup", "verify", str(tmp_path))

    for said in (nowhere, folder, missing, itself):
        assert said.code == 1
        assert said.err.count("\n") == 1
    assert "There is no folder" in nowhere.err
    assert "is a folder" in folder.err
    assert "There is no file" in missing.err


def test_what_was_made_verifies(network, backup):
    said = network("backup", "verify", str(backup))

    assert said.code == 0, said.err
    assert "This backup is good." in said.out
    for name, lines in held(network.database).items():
        assert f"  {name:24} {len(lines):>10} rows  same" in said.out


def test_verifying_leaves_nothing_behind(network, backup):
    before = held(network.database)

    network("backup", "verify", str(backup))

    engine = create_engine(network.database)
    with engine.connect() as connection:
        migrations.state(connection)
        if engine.dialect.name == "postgresql":
            left = connection.scalars(
                text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'passeport%'")
            ).all()
            assert left == []
    engine.dispose()
    assert held(network.database) == before


def test_verifying_looks_at_the_backup_and_not_at_the_installation(
    network, backup, new
):
    network("account", "create", "Somebody New")

    since, elsewhere = network("backup", "verify", str(backup)), new()
    empty = elsewhere("backup", "verify", str(backup))

    assert since.code == empty.code == 0, since.err
    assert list(held(elsewhere.database)) == []


def test_a_backup_is_restored_in_an_empty_installation(network, backup, new):
    other = new()

    said = other("backup", "restore", str(backup))

    assert said.code == 0, said.err
    assert held(other.database) == held(network.database)
    assert (other.instance / "secret").read_text() == "the first secret"
    assert stat.S_IMODE((other.instance / "secret").stat().st_mode) == 0o600
    assert "sessions and links go on working" in said.out
    assert "are the same already" in said.out


def test_a_restored_backup_makes_the_same_backup(backup, new, tmp_path):
    other, again = new(), tmp_path / "again.zip"
    other("backup", "restore", str(backup))

    other("backup", "make", str(again))

    assert manifest(again)["tables"] == manifest(backup)["tables"]
    assert manifest(again)["files"] == manifest(backup)["files"]


def test_a_database_moves_to_another_kind_and_back(backup, new, sqlite_url, tmp_path):
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    first = new(sqlite_url)
    first("backup", "restore", str(backup))
    first("backup", "make", str(there))
    second = new()
    restored = second("backup", "restore", str(there))

    second("backup", "make", str(back))

    assert restored.code == 0, restored.err
    tables = manifest(backup)["tables"]
    assert manifest(there)["tables"] == manifest(back)["tables"] == tables


def test_new_rows_get_new_numbers_after_a_restore(backup, new):
    other = new()
    other("backup", "restore", str(backup))

    said = other("account", "create", "Barbara Liskov")

    assert said.code == 0, said.err


def test_a_database_that_holds_something_is_refused(network, backup):
    before = held(network.database)

    said = network("backup", "restore", str(backup))

    assert said.code == 1
    assert "--overwrite" in said.err
    assert "nothing was changed" in said.err
    assert held(network.database) == before


def test_tables_without_a_row_are_an_empty_database(backup, new):
    other = new()
    other("db", "upgrade")
    (other.instance / "secret").unlink()

    said = other("backup", "restore", str(backup))

    assert said.code == 0, said.err


def test_an_instance_with_another_secret_is_refused(backup, new):
    other = new()
    other("db", "upgrade")

    said = other("backup", "restore", str(backup))

    assert said.code == 1
    assert "another secret" in said.err
    assert "--overwrite" in said.err


def test_a_secret_of_the_settings_stays_and_is_said(backup, new):
    other = new()
    other.set(SECRET="another")

    said = other("backup", "restore", str(backup))

    assert said.code == 0, said.err
    assert "COURSE_SECRET is not the secret of the backup" in said.out
    assert not (other.instance / "secret").exists()
    other.set(SECRET="")


def test_a_backup_without_a_secret_says_nothing_of_it(network, new, tmp_path):
    (network.instance / "secret").unlink()
    path = tmp_path / "bare.zip"
    network("backup", "make", str(path))
    other = new()

    said = other("backup", "restore", str(path))

    assert said.code == 0, said.err
    assert "secret" not in manifest(path)["files"]
    assert "secret" not in said.out.replace(str(tmp_path), "")


def test_overwriting_replaces_everything(backup, network, new):
    other = new()
    other("account", "create", "Nobody")
    other("db", "upgrade")
    other("account", "create", "Somebody Else")

    said = other("backup", "restore", "--overwrite", str(backup))

    assert said.code == 0, said.err
    assert held(other.database) == held(network.database)
    assert (other.instance / "secret").read_text() == "the first secret"


def test_an_overwrite_that_fails_leaves_everything_as_it_was(network, backup):
    def point_nowhere(parts):
        last = parts["tables/grade.jsonl"].splitlines()[-1]
        values = json.loads(last)
        values[columns.index("submission_id")] = 999_999
        replaced = json.dumps(values).encode()
        parts["tables/grade.jsonl"] = parts["tables/grade.jsonl"].replace(
            last, replaced
        )
        counted(parts, "grade")

    columns = manifest(backup)["tables"]["grade"]["columns"]
    network("account", "create", "Somebody New")
    (network.instance / "secret").write_text("another secret")
    (network.content / "quizzes/essai.fr.md").write_text("mine", "utf-8")
    before = held(network.database)
    broken = rewritten(backup, point_nowhere)

    said = network("backup", "restore", "--overwrite", str(broken))

    assert said.code == 1
    assert said.err.startswith("passeport: ")
    assert said.err.count("\n") == 1
    assert held(network.database) == before
    assert (network.instance / "secret").read_text() == "another secret"
    assert (network.content / "quizzes/essai.fr.md").read_text() == "mine"
    assert list(network.instance.glob(".restoring*")) == []
    assert list(network.content.glob(".restoring*")) == []


def test_a_restore_that_fails_leaves_no_database_behind(backup, new, sqlite_url):
    other = new(sqlite_url)
    other.instance.mkdir(parents=True)
    (other.instance / "templates").write_text("in the way")
    (other.instance / "letters").write_text("in the way")

    def add(parts):
        parts["instance/letters/july.txt"] = b"x"
        said_otherwise(
            parts,
            lambda given: given["files"].update(
                {"instance/letters/july.txt": part_of(b"x")}
            ),
        )

    said = other("backup", "restore", str(rewritten(backup, add)))

    assert said.code == 1
    assert not Path(sqlite_url.removeprefix("sqlite:///")).exists()
    assert not (other.instance / "secret").exists()


def test_a_database_of_somebody_else_is_never_overwritten(backup, new):
    other = new()
    engine = create_engine(other.database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE invoice (id INTEGER PRIMARY KEY)"))
    engine.dispose()

    said = other("backup", "restore", "--overwrite", str(backup))

    assert said.code == 1
    assert "not of this application" in said.err
    assert list(held(other.database)) == ["invoice"]


# ── while people work


def test_a_backup_made_while_people_write_is_of_one_moment(network, tmp_path):
    stop, begun = Event(), Event()
    engine = create_engine(network.database)

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            with engine.begin() as connection:
                at = {"at": "2026-11-23 10:00:00+00:00", "name": f"Centre n° {number}"}
                connection.execute(text(CENTRE), at)
                connection.execute(text(FAILURE), at)
            begun.set()

    before = {name: len(lines) for name, lines in held(network.database).items()}
    writer = Thread(target=write)
    writer.start()
    begun.wait(10)
    try:
        codes = [
            network("backup", "make", str(tmp_path / f"{number}.zip")).code
            for number in range(5)
        ]
    finally:
        stop.set()
        writer.join()
        engine.dispose()

    assert codes == [0] * 5
    for number in range(5):
        path = tmp_path / f"{number}.zip"
        tables = manifest(path)["tables"]
        more = [tables[n]["rows"] - before[n] for n in ("centre", "failure")]
        assert more[0] == more[1] > 0
        assert network("backup", "verify", str(path)).code == 0
