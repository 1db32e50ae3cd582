"""Which files of an installation a backup keeps."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from course.base.backup.archive import is_backup
from course.base.settings import Settings

INSTANCE, CONTENT, SECRET = "instance", "content", "secret"
FOLDERS = ("lessons", "quizzes")  # of the content
CACHES = frozenset({"templates"})  # made again by themselves
BESIDE = "content-of-backup"  # where content goes when the place is taken
BEFORE = ".before-restore"  # the end of the names of what it replaced
STAGE = ".restoring"
PASSING = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".tmp", ".log")


def is_worth_keeping(path: PurePosixPath) -> bool:
    """Whether a file of the instance is neither a cache, nor a database, nor a draft.

    The secret is a part of its own: it may be a setting.
    """
    first = path.parts[0]
    if first in CACHES or first.startswith((STAGE, f"{SECRET}.")):
        return False
    if first == BESIDE or first.endswith(BEFORE):
        return False
    return path.as_posix() != SECRET and not path.name.endswith(PASSING)


def secret_of(settings: Settings) -> str:
    """The secret of an installation; empty when none was made."""
    path = settings.instance / SECRET
    if settings.secret or not path.exists():
        return settings.secret
    return path.read_text("ascii")


def kept(settings: Settings, database: Path | None) -> Iterator[tuple[str, Path]]:
    """The name in a backup and the path of each file that is worth keeping."""
    top = settings.instance
    # A folder with a secret of its own is another installation: a demonstration.
    # Content that is in the instance is a part of its own.
    others = {path.parent for path in top.rglob(SECRET)} - {top}
    passing = {Path(f"{database}{end}") for end in ("", "-wal", "-shm", "-journal")}
    others |= {settings.content / folder for folder in FOLDERS}
    for path in walk(top):
        relative = PurePosixPath(path.relative_to(top).as_posix())
        if path in passing or not others.isdisjoint(path.parents):
            continue
        if is_worth_keeping(relative) and not is_backup(path):
            yield f"{INSTANCE}/{relative}", path
    for folder in FOLDERS:
        for path in walk(settings.content / folder):
            relative = path.relative_to(settings.content)
            yield f"{CONTENT}/{relative.as_posix()}", path


def walk(folder: Path) -> Iterator[Path]:
    """Its files, in order; links lead elsewhere and are left."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def may_be_restored(name: str) -> bool:
    """Whether a name in a backup is one that `kept` gives, or the secret's."""
    if name == SECRET:
        return True
    first, *others = PurePosixPath(name).parts
    if not others:
        return False
    if first == CONTENT:
        return others[0] in FOLDERS and len(others) > 1
    return first == INSTANCE and is_worth_keeping(PurePosixPath(*others))
