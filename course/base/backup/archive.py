"""The file of a backup: a zip with a manifest inside and a seal at its end."""

import json
import os
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from course.base.backup.rows import Tally

FORMAT = 1
FIRST = "passeport-backup.md"
MANIFEST = "manifest.json"
SEAL = b"passeport-backup sha256 "  # then the digest of all that stands before it
DIGITS = 64
PIECE = 1024 * 1024
LONGEST = 64 * PIECE  # one line, and the manifest
HEADER = 30  # bytes of a zip before the name of its first part
LAST = 22  # bytes of its last record, before a comment
COMMENT = 65535  # bytes of the longest comment
WAYS = (ZIP_STORED, ZIP_DEFLATED)
FAST = 3  # of deflate: a third of the time of 9, a tenth more room
WORDS = """\
A backup of a passeport numérique. It holds personal data, and the secret that signs
sessions and links: keep it where only you can read it.

    passeport backup verify FILE     is it whole, and can it be restored?
    passeport backup restore FILE    put it back, on SQLite or on PostgreSQL

tables/*.jsonl   a row a line; the manifest names the columns
content/         lessons/ and quizzes/ as they were
instance/        the files of the instance
"""
BROKEN = (  # what the reading of a file that was meddled with may raise
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    OSError,
)


class BackupError(Exception):
    """A backup that cannot be made or used; its text says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """What the lines of a table must be."""

    columns: list[str]
    rows: int
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """What a file must be."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    format: int
    application: str
    migration: str
    made_at: str
    tables: dict[str, TablePart]
    files: dict[str, FilePart]

    def written(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def read(cls, text: bytes) -> "Manifest":
        """From JSON; raises one of BROKEN when it is something else."""
        given: dict[str, Any] = json.loads(text)
        held: dict[str, Any] = given.pop("tables")
        tables = {name: TablePart(**part) for name, part in held.items()}
        held = given.pop("files")
        parts = {name: FilePart(**part) for name, part in held.items()}
        return cls(**given, tables=tables, files=parts)


def table_name(table: str) -> str:
    """Where its lines are."""
    return f"tables/{table}.jsonl"


def is_inside(name: str) -> bool:
    """Whether a path stays in the folder it is put in, on every system."""
    parts = PurePosixPath(name).parts
    if not parts or name != "/".join(parts) or any(sign in name for sign in "\\:\0"):
        return False
    return parts[0] != "/" and ".." not in parts


class Writer:
    """Parts written one after the other, never held in memory."""

    def __init__(self, stream: IO[bytes], date: tuple[int, ...]) -> None:
        self.zip = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=FAST)
        self.zip.comment = SEAL + b"0" * DIGITS
        self.date: Any = date

    def __enter__(self) -> Self:
        try:
            self.file(FIRST, [WORDS.encode()])
        except OSError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        # Or it would write its list of parts once more, into a file that is no more.
        self.zip.fp = None

    @contextmanager
    def part(self, name: str) -> Generator[IO[bytes], None, None]:
        """A part to write into."""
        about = ZipInfo(name, self.date)
        about.compress_type = ZIP_DEFLATED
        about.external_attr = 0o600 << 16
        with self.zip.open(about, "w", force_zip64=True) as part:
            yield part

    def file(self, name: str, pieces: Iterable[bytes]) -> FilePart:
        """Write a file, as long as it is now."""
        digest, size = sha256(), 0
        with self.part(name) as part:
            for piece in pieces:
                part.write(piece)
                digest.update(piece)
                size += len(piece)
        return FilePart(size, digest.hexdigest())

    def close(self, manifest: Manifest) -> None:
        """Write what it all is; the seal is for when the file is closed."""
        with self.part(MANIFEST) as part:
            part.write(manifest.written())
        self.zip.close()


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A file, a piece at a time."""
    while piece := stream.read(PIECE):
        yield piece


def seal(stream: IO[bytes]) -> None:
    """Write at its end the digest of all that stands before."""
    digest = _digest(stream)
    stream.seek(-DIGITS, os.SEEK_END)
    stream.write(digest)


def _digest(stream: IO[bytes]) -> bytes:
    left = stream.seek(0, os.SEEK_END) - DIGITS
    stream.seek(0)
    digest = sha256()
    while left > 0:
        piece = stream.read(min(PIECE, left))
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest().encode()


class Archive:
    """A backup to read: each part is refused when it is not what was written."""

    def __init__(self, path: Path, file: ZipFile, manifest: Manifest) -> None:
        self.path, self.zip, self.manifest = path, file, manifest

    def lines(self, table: str) -> Iterator[bytes]:
        """The lines of a table; raises BackupError when there are too many."""
        name, left = table_name(table), self.manifest.tables[table].size
        with self._whole(name), self.zip.open(name) as part:
            while line := part.readline(LONGEST):
                left -= len(line)
                if left < 0:
                    raise self.changed(name)
                yield line

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file, a piece at a time; raises BackupError when it is another."""
        expected, digest, size = self.manifest.files[name], sha256(), 0
        with self._whole(name), self.zip.open(name) as part:
            for piece in pieces(part):
                size += len(piece)
                if size > expected.size:
                    break
                digest.update(piece)
                yield piece
        if (size, digest.hexdigest()) != (expected.size, expected.digest):
            raise self.changed(name)

    def changed(self, name: str) -> BackupError:
        """The sentence about a part that is not as it was made."""
        return _changed(self.path, name)

    @contextmanager
    def _whole(self, name: str) -> Generator[None, None, None]:
        try:
            yield
        except BROKEN as error:
            raise self.changed(name) from error

    def differing(self) -> Iterator[str]:
        """The parts that are not what the manifest says."""
        for table, part in self.manifest.tables.items():
            if self._tally(table) != (part.rows, part.digest):
                yield table_name(table)
        for name in self.manifest.files:
            try:
                for _piece in self.pieces(name):
                    pass
            except BackupError:
                yield name

    def _tally(self, table: str) -> tuple[int, str] | None:
        counted = Tally()
        try:
            for line in self.lines(table):
                counted.add(line)
        except BackupError:
            return None
        return counted.rows, counted.digest


@contextmanager
def opened(path: Path) -> Generator[Archive, None, None]:
    """A backup whose seal and manifest are right; raises BackupError otherwise."""
    with path.open("rb") as stream:
        _recognise(path, stream)
        whole = _is_sealed(path, stream)
        try:
            file = ZipFile(stream)
        except BROKEN as error:
            raise _changed(path, "its list of parts") from error
        with file:
            archive = Archive(path, file, _manifest(path, file))
            if not whole:
                names = archive.differing()
                raise _changed(path, next(names, "its seal"))
            yield archive


def is_backup(path: Path) -> bool:
    """Whether a file begins as a backup does."""
    with path.open("rb") as stream:
        begun = stream.read(HEADER + len(FIRST))
    return begun.startswith(b"PK") and begun.endswith(FIRST.encode())


def _recognise(path: Path, stream: IO[bytes]) -> None:
    begun = stream.read(HEADER + len(FIRST))
    if len(begun) < HEADER + len(FIRST) and b"PK\x03\x04".startswith(begun[:4]):
        raise _cut(path)
    if not (begun.startswith(b"PK") and begun.endswith(FIRST.encode())):
        raise BackupError(f"{path} is not a backup of this application.")


def _is_sealed(path: Path, stream: IO[bytes]) -> bool:
    """Whether all the bytes are those that were written; raises when some miss."""
    stream.seek(-min(DIGITS + len(SEAL), stream.seek(0, os.SEEK_END)), os.SEEK_END)
    end = stream.read()
    digest = _digest(stream)
    if end == SEAL + digest:
        return True
    if not end.startswith(SEAL) and _is_cut(stream):
        raise _cut(path)
    return False


def _is_cut(stream: IO[bytes]) -> bool:
    """Whether the last record of the zip, or the comment it announces, is missing."""
    stream.seek(-min(LAST + COMMENT, stream.seek(0, os.SEEK_END)), os.SEEK_END)
    end = stream.read()
    at = end.rfind(b"PK\x05\x06")
    announced = int.from_bytes(end[at + LAST - 2 : at + LAST], "little")
    return at < 0 or len(end) < at + LAST + announced


def _manifest(path: Path, file: ZipFile) -> Manifest:
    try:
        if any(part.compress_type not in WAYS for part in file.infolist()):
            raise ValueError("another way to compress")
        with file.open(MANIFEST) as part:
            text = part.read(LONGEST)
        version = json.loads(text)["format"]
        if version != FORMAT:
            raise BackupError(
                f"{path} was made by a later version (its format is {version!s:.9}). "
                "Install that version."
            )
        manifest = Manifest.read(text)
        _check(manifest, file.namelist())
    except BROKEN as error:
        raise _changed(path, MANIFEST) from error
    return manifest


def _check(manifest: Manifest, held: list[str]) -> None:
    """Raise ValueError unless the parts are those that are said, each once."""
    tables = [table_name(table) for table in manifest.tables]
    said = [FIRST, *tables, *manifest.files, MANIFEST]
    if sorted(said) != sorted(held) or not all(map(is_inside, said)):
        raise ValueError("other parts")
    for part in (*manifest.tables.values(), *manifest.files.values()):
        if part.size < 0 or len(part.digest) != DIGITS:
            raise ValueError("other numbers")


def _cut(path: Path) -> BackupError:
    return BackupError(
        f"{path}: this file is cut short. Copy it again, or take an older backup."
    )


def _changed(path: Path, name: str) -> BackupError:
    return BackupError(
        f"{path} was changed since it was made: {name} is not what it was. "
        "Copy it again, or take an older backup."
    )
