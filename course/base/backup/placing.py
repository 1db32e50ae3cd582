"""The files of a backup on their way back: written beside, then put in their places."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Self

from course.base.backup import files
from course.base.backup.archive import Archive, BackupError, FilePart, pieces
from course.base.settings import Settings


class Placement:
    """Files written beside, put in their places together, and back when it fails.

    What was in a place is dropped at the end, or kept under the name one is given.
    """

    def __init__(self) -> None:
        self.stages: dict[Path, Path] = {}
        self.waiting: list[tuple[Path, Path, Path | None]] = []
        self.placed: list[tuple[Path, Path, Path | None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            for before, _target, kept_as in self.placed:
                if kept_as and before.exists():
                    shutil.rmtree(kept_as, ignore_errors=True)
                    before.rename(kept_as)
        else:
            self._undo()
        for stage in self.stages.values():
            shutil.rmtree(stage, ignore_errors=True)

    def stage(self, folder: Path) -> Path:
        """A folder of drafts on the same disk as the folder that they are for."""
        if folder not in self.stages:
            folder.mkdir(parents=True, exist_ok=True)
            stage = folder / f"{files.STAGE}-{os.getpid()}"
            shutil.rmtree(stage, ignore_errors=True)  # of one that was killed
            stage.mkdir(mode=0o700)
            self.stages[folder] = stage
        return self.stages[folder]

    def write(
        self, folder: Path, name: str, pieces: Iterable[bytes], mode: int = 0o600
    ) -> Path:
        """A draft, safe on the disk; returns its path."""
        draft = self.stage(folder) / "new" / name
        draft.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return draft

    def later(self, draft: Path, target: Path, kept_as: Path | None = None) -> None:
        """Put a draft, file or folder, in this place when all is ready."""
        self.waiting.append((draft, target, kept_as))

    def place(self) -> None:
        """Put everything in its place."""
        for number, (draft, target, kept_as) in enumerate(self.waiting):
            target.parent.mkdir(parents=True, exist_ok=True)
            stage = next(s for s in self.stages.values() if s in draft.parents)
            before = stage / f"before-{number}"
            if target.exists():
                target.rename(before)
            self.placed.append((before, target, kept_as))
            draft.rename(target)

    def _undo(self) -> None:
        for before, target, _kept_as in reversed(self.placed):
            with suppress(OSError):
                if target.is_dir():
                    shutil.rmtree(target)
                else:
                    target.unlink(missing_ok=True)
                if before.exists():
                    before.rename(target)


def plan_files(
    placement: Placement, settings: Settings, archive: Archive, *, overwrite: bool
) -> list[str]:
    """Write each file beside its place, and say what becomes of it."""
    secret = _plan_secret(placement, settings, archive, overwrite=overwrite)
    others = _plan_instance(placement, settings, archive, overwrite=overwrite)
    content = _plan_content(placement, settings, archive, overwrite=overwrite)
    return [*secret, *others, *content]


def _plan_secret(
    placement: Placement, settings: Settings, archive: Archive, *, overwrite: bool
) -> list[str]:
    if files.SECRET not in archive.manifest.files:
        return []
    given = b"".join(archive.pieces(files.SECRET)).decode("ascii", "replace")
    held = files.secret_of(settings)
    if given == held:
        return ["The secret is the same: sessions and links go on working."]
    if settings.secret:
        return [
            "COURSE_SECRET is not the secret of the backup (its part “secret”).",
            "With another, people sign in again and links made before do not work.",
        ]
    if held and not overwrite:
        raise BackupError(
            "This instance has another secret: it is not a new one. To replace "
            "everything that it holds, add --overwrite; nothing was changed."
        )
    draft = placement.write(settings.instance, files.SECRET, [given.encode()])
    placement.later(draft, settings.instance / files.SECRET)
    return ["The secret was put back: sessions and links go on working."]


def _plan_instance(
    placement: Placement, settings: Settings, archive: Archive, *, overwrite: bool
) -> list[str]:
    said: list[str] = []
    count = 0
    for name, part in _parts(archive, files.INSTANCE).items():
        target = settings.instance / name
        if is_same(target, part):
            continue
        if target.exists() and not overwrite:
            said.append(f"{target} is another than in the backup: it was left.")
            continue
        whole = f"{files.INSTANCE}/{name}"
        draft = placement.write(settings.instance, name, archive.pieces(whole))
        placement.later(draft, target)
        count += 1
    return [f"Files put in {settings.instance}: {count}.", *said] if count else said


def _plan_content(
    placement: Placement, settings: Settings, archive: Archive, *, overwrite: bool
) -> list[str]:
    """Content goes where there is none; else beside, unless told to take the place."""
    parts = _parts(archive, files.CONTENT)
    if not parts:
        return ["The backup holds neither lessons/ nor quizzes/."]
    place = settings.content
    held = [path for folder in files.FOLDERS for path in files.walk(place / folder)]
    wanted = {place / name: part for name, part in parts.items()}
    if set(held) == set(wanted) and all(is_same(p, q) for p, q in wanted.items()):
        return [f"lessons/ and quizzes/ in {place} are the same already."]
    taken = bool(held) and not overwrite
    goal = settings.instance / files.BESIDE if taken else place
    for name in parts:
        whole = archive.pieces(f"{files.CONTENT}/{name}")
        placement.write(goal, name, whole, mode=0o644)
    for folder in sorted({name.split("/", 1)[0] for name in parts}):
        before = None if taken else place / f"{folder}{files.BEFORE}"
        placement.later(placement.stage(goal) / "new" / folder, goal / folder, before)
    if taken:
        return [
            f"lessons/ and quizzes/ in {place} differ from the backup and were left.",
            f"Those of the backup are in {goal}: to serve them, set COURSE_CONTENT.",
        ]
    said = [f"lessons/ and quizzes/ were put in {place}."]
    if held:
        said.append("The former ones are beside, with “.before-restore” in their name.")
    return said


def _parts(archive: Archive, folder: str) -> dict[str, FilePart]:
    """The files of the backup that go into a folder, by their name in it."""
    return {
        name.removeprefix(f"{folder}/"): part
        for name, part in archive.manifest.files.items()
        if name.startswith(f"{folder}/")
    }


def is_same(path: Path, part: FilePart) -> bool:
    """Whether a file is the one of the backup."""
    if not path.is_file() or path.stat().st_size != part.size:
        return False
    digest = sha256()
    with path.open("rb") as file:
        for piece in pieces(file):
            digest.update(piece)
    return digest.hexdigest() == part.digest
