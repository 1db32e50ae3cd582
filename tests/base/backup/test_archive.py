"""The file of a backup: whole, or refused with the reason."""

import errno
import gc
import io
import json
import secrets
import zipfile
from contextlib import suppress

import pytest

from course.base.backup import archive
from course.base.backup.archive import BackupError, Manifest, TablePart
from course.base.backup.rows import Tally
from tests.make.backup import counted, part_of, rewritten, said_otherwise

DATE = (2026, 11, 23, 9, 0, 0)
LINES = (b'[1,"Ada"]\n', b'[2,"Grace"]\n')
TABLE, SECRET = "tables/user.jsonl", "secret"


@pytest.fixture
def small(tmp_path):
    """A backup with one table and one file, small enough to try each of its bytes."""
    path = tmp_path / "small.zip"
    tally = Tally()
    with path.open("w+b") as stream:
        with archive.Writer(stream, DATE) as writer:
            with writer.part(TABLE) as part:
                for line in LINES:
                    part.write(line)
                    tally.add(line)
            files = {SECRET: writer.file(SECRET, [b"hush"])}
            user = TablePart(["id", "name"], tally.rows, tally.size, tally.digest)
            made = "2026-11-23T09:00:00+00:00"
            about = ("0.1.0", "20261123_0900", made)
            writer.close(Manifest(1, *about, {"user": user}, files))
        archive.seal(stream)
    return path


def read(path):
    """All that a backup holds; raises BackupError."""
    with archive.opened(path) as found:
        for name in found.differing():
            raise found.changed(name)
        tables = {name: list(found.lines(name)) for name in found.manifest.tables}
        files = {n: b"".join(found.pieces(n)) for n in found.manifest.files}
    return tables, files


def refused(path):
    with pytest.raises(BackupError) as caught:
        read(path)
    return str(caught.value)


def test_what_was_written_is_read(small):
    assert read(small) == ({"user": list(LINES)}, {SECRET: b"hush"})
    assert archive.is_backup(small)


def test_a_file_cut_short_anywhere_is_said_to_be(small, tmp_path):
    whole, cut = small.read_bytes(), tmp_path / "cut.zip"

    sentences = set()
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        sentences.add(refused(cut))

    assert len(sentences) == 1
    assert "this file is cut short" in sentences.pop()


def test_a_byte_changed_anywhere_is_refused(small, tmp_path):
    whole, other = small.read_bytes(), tmp_path / "other.zip"

    accepted = []
    for place, byte in enumerate(whole):
        for mask in (1 << place % 8, 0xFF):
            other.write_bytes(whole[:place] + bytes([byte ^ mask]) + whole[place + 1 :])
            with suppress(BackupError):
                read(other)
                accepted.append((place, mask))

    assert accepted == []


def test_bytes_added_at_the_end_are_refused(small):
    small.write_bytes(small.read_bytes() + b"\n")

    assert "its seal is not what it was" in refused(small)


@pytest.mark.parametrize("text", [b"Bonjour, " * 20, b"PK\x03\x04" + b"x" * 99])
def test_another_file_is_not_a_backup(tmp_path, text):
    path = tmp_path / "other.zip"
    path.write_bytes(text)

    assert "is not a backup of this application" in refused(path)
    assert not archive.is_backup(path)


def test_a_seal_that_is_missing_is_said(small):
    assert "its seal" in refused(rewritten(small, dict.copy, sealed=False))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TABLE, b'[1,"Ada"]\n[3,"Grace"]\n'),
        (TABLE, b'[1,"Ada"]\n'),
        (TABLE, b"".join(LINES) * 1000),
        (SECRET, b"hus"),
        (SECRET, b"other"),
        (SECRET, b"h" * 3_000_000),
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_the_part_that_was_changed_is_named(small, name, value, sealed):
    other = rewritten(small, lambda parts: parts.update({name: value}), sealed=sealed)

    assert f"{name} is not what it was" in refused(other)


def test_a_part_that_is_another_is_refused_while_it_is_read(small):
    lines = b"".join(LINES) * 2
    other = rewritten(small, lambda parts: parts.update({TABLE: lines, SECRET: b"ha"}))

    with archive.opened(other) as found:
        with pytest.raises(BackupError, match=TABLE):
            list(found.lines("user"))
        with pytest.raises(BackupError, match=SECRET):
            list(found.pieces(SECRET))


@pytest.mark.parametrize(
    "change",
    [
        lambda given: given.pop("tables"),
        lambda given: given.pop("migration"),
        lambda given: given.update(more=1),
        lambda given: given.update(tables=[]),
        lambda given: given["tables"].pop("user"),
        lambda given: given["files"].pop(SECRET),
        lambda given: given["files"].update(more=part_of(b"")),
        lambda given: given["files"][SECRET].update(size=-1),
        lambda given: given["files"][SECRET].update(size="4"),
        lambda given: given["files"][SECRET].update(digest="0"),
        lambda given: given["tables"]["user"].update(rows=None, size=None),
        lambda given: given["tables"]["user"].pop("columns"),
    ],
)
@pytest.mark.parametrize("sealed", [True, False])
def test_a_manifest_that_says_something_else_is_refused(small, change, sealed):
    other = rewritten(small, lambda parts: said_otherwise(parts, change), sealed=sealed)

    assert "was changed since it was made" in refused(other)


@pytest.mark.parametrize("value", [b"", b"{", b"[]", b"1", b"\xff", b"null"])
def test_a_manifest_that_is_not_one_is_refused(small, value):
    other = rewritten(small, lambda parts: parts.update({archive.MANIFEST: value}))

    assert "manifest.json is not what it was" in refused(other)


def test_a_backup_without_a_manifest_is_refused(small):
    other = rewritten(small, lambda parts: parts.pop(archive.MANIFEST))

    assert "manifest.json" in refused(other)


def test_a_format_of_the_future_is_refused(small):
    def change(parts):
        said_otherwise(parts, lambda given: given.update(format=2))

    assert "made by a later version" in refused(rewritten(small, change))


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "instance/../../x", "a\\..\\x", "C:/x", "a//b", "./a", "a/"],
)
def test_no_name_leads_out_of_the_folder(small, name):
    def add(parts):
        parts[name] = b"x"
        said_otherwise(
            parts, lambda given: given["files"].update({name: part_of(b"x")})
        )

    assert not archive.is_inside(name)
    assert "manifest.json" in refused(rewritten(small, add))


@pytest.mark.parametrize("name", ["secret", "content/lessons/été.md", "a b/c"])
def test_a_name_of_a_folder_below_stays_inside(name):
    assert archive.is_inside(name)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(small):
    with zipfile.ZipFile(small, "a") as file:
        file.writestr(SECRET, b"hush")

    assert "manifest.json" in refused(small)


def test_a_backup_may_be_rewritten_by_its_owner(small):
    """A program that knows the format makes another backup; only digests guard it."""

    def change(parts):
        parts[TABLE] = b'[1,"Ada Lovelace"]\n'
        counted(parts, "user")

    tables, _files = read(rewritten(small, change))

    assert [json.loads(line) for line in tables["user"]] == [[1, "Ada Lovelace"]]


@pytest.mark.parametrize("room", [0, 30, 100, 500, 900])
def test_a_disk_that_fills_up_is_said_once(room):
    class Small(io.BytesIO):
        def write(self, piece):
            if self.tell() + len(piece) > room:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(piece)

    with (
        pytest.raises(OSError, match="No space"),
        Small() as stream,
        archive.Writer(stream, DATE) as writer,
    ):
        writer.file(SECRET, [secrets.token_bytes(1000)])
    gc.collect()  # nothing is said by what is thrown away: warnings are errors
