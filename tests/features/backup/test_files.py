"""What becomes of lessons/, quizzes/ and the files of the instance."""

import shutil
from pathlib import Path

from course.base.backup import files
from tests.make.backup import manifest
from tests.make.settings import make_settings


def test_content_goes_where_there_is_none(network, backup, new):
    other = new()
    shutil.rmtree(other.content)

    said = other("backup", "restore", str(backup))

    assert f"were put in {other.content}" in said.out
    for path in network.content.rglob("*.md"):
        twin = other.content / path.relative_to(network.content)
        assert twin.read_bytes() == path.read_bytes()


def test_content_that_differs_is_left_and_the_backups_is_beside(backup, new):
    other = new()
    (other.content / "quizzes/essai.fr.md").write_text("mine", "utf-8")

    said = other("backup", "restore", str(backup))

    assert said.code == 0, said.err
    assert "differ from the backup and were left" in said.out
    assert (other.content / "quizzes/essai.fr.md").read_text("utf-8") == "mine"
    beside = other.instance / "content-of-backup"
    assert "appel" in (beside / "quizzes/essai.fr.md").read_text("utf-8")


def test_content_is_replaced_when_told_and_the_former_is_kept(backup, new):
    other = new()
    (other.content / "quizzes/essai.fr.md").write_text("mine", "utf-8")
    (other.content / "quizzes/more.fr.md").write_text("mine", "utf-8")

    for _time in range(2):
        said = other("backup", "restore", "--overwrite", str(backup))
        assert said.code == 0, said.err

    assert "appel" in (other.content / "quizzes/essai.fr.md").read_text("utf-8")
    assert not (other.content / "quizzes/more.fr.md").exists()
    before = other.content / "quizzes.before-restore"
    assert (before / "essai.fr.md").read_text("utf-8") == "mine"
    assert list(other.content.glob(".restoring*")) == []


def test_a_backup_without_content_says_so(network, new, tmp_path):
    shutil.rmtree(network.content)
    path = tmp_path / "bare.zip"
    network("backup", "make", str(path))

    said = new()("backup", "restore", str(path))

    assert "holds neither lessons/ nor quizzes/" in said.out


def test_files_of_the_instance_are_kept_and_caches_are_not(network, new, tmp_path):
    path = network.instance / "backups" / "first.zip"
    keep = {"logo.svg": "<svg/>", "letters/july.txt": "Bonjour"}
    keep["letters/same.txt"] = "the same"
    drop = ("templates/x.cache", "course.sqlite-wal", "a.tmp", "server.log")
    drop += ("demo/secret", "demo/logo.svg", "content-of-backup/x.md")
    drop += ("lessons.before-restore/x.md",)
    for name in (*keep, *drop):
        (network.instance / name).parent.mkdir(exist_ok=True)
        (network.instance / name).write_text(keep.get(name, "no"))
    path.parent.mkdir()
    network("backup", "make", str(path))
    second = tmp_path / "second.zip"
    network("backup", "make", str(second))
    other = new()
    other.instance.mkdir(parents=True)
    (other.instance / "logo.svg").write_text("mine")
    (other.instance / "letters").mkdir()
    (other.instance / "letters/same.txt").write_text("the same")

    said = other("backup", "restore", str(second))

    names = {n for n in manifest(second)["files"] if n.startswith("instance/")}
    assert names == {f"instance/{name}" for name in keep}
    assert (other.instance / "letters/july.txt").read_text() == "Bonjour"
    assert f"Files put in {other.instance}: 1." in said.out
    assert (other.instance / "logo.svg").read_text() == "mine"
    assert "logo.svg is another than in the backup: it was left" in said.out


def test_content_that_is_in_the_instance_is_kept_once(network, new, tmp_path):
    path, place = tmp_path / "b.zip", network.instance / "content-of-backup"
    shutil.copytree(network.content, place)
    network.set(CONTENT=place)
    network("backup", "make", str(path))
    other = new()
    other.set(CONTENT=other.instance)

    said = other("backup", "restore", str(path))

    names = manifest(path)["files"]
    assert [name for name in names if name.startswith("instance/")] == []
    assert "content/quizzes/essai.fr.md" in names
    assert said.code == 0, said.err
    assert (other.instance / "quizzes/essai.fr.md").exists()


def test_the_journal_of_a_database_of_any_name_is_left(tmp_path):
    database = tmp_path / "course.db"
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{end}").write_bytes(b"rows")
    (tmp_path / "letter.txt").write_bytes(b"kept")

    found = dict(files.kept(make_settings(tmp_path), database))

    assert [name for name in found if name.startswith("instance/")] == [
        "instance/letter.txt"
    ]
