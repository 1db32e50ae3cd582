"""passeport backup make, passeport backup restore, passeport backup verify."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, create_engine

from course.base.backup import archive, making, restoring
from course.base.backup.archive import BackupError
from course.base.settings import Settings

Run = Callable[[Callable[[], Flask], Namespace], int]
MEGABYTE = 1024 * 1024


def declare(nouns: Any) -> None:
    """Add the noun `backup`."""
    verbs = nouns.add_parser("backup", help="everything in one file").add_subparsers(
        dest="verb", required=True
    )
    make = verbs.add_parser("make", help="write it, while the server serves")
    make.add_argument("--force", action="store_true", help="replace the file")
    _ready(make, run_make)
    restore = verbs.add_parser("restore", help="put it back in an empty installation")
    restore.add_argument(
        "--overwrite", action="store_true", help="replace what the installation holds"
    )
    _ready(restore, run_restore)
    _ready(
        verbs.add_parser(
            "verify", help="restore it in a scratch database, and compare"
        ),
        run_verify,
    )


def _ready(verb: ArgumentParser, run: Callable[..., int]) -> None:
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.set_defaults(run=run)


def _in_words(run: Run) -> Run:
    """Say in a sentence what a backup, or its file, refuses."""

    @wraps(run)
    def said(create_app: Callable[[], Flask], given: Namespace) -> int:
        try:
            return run(create_app, given)
        except BackupError as error:
            return _refuse(str(error))
        except (FileNotFoundError, IsADirectoryError) as error:
            return _refuse(f"There is no file {error.filename}.")
        except PermissionError as error:
            return _refuse(f"This account may neither read nor write {error.filename}.")

    return said


@_in_words
def run_make(_create_app: Callable[[], Flask], given: Namespace) -> int:
    """Write a backup and say what it holds."""
    with _installation() as (engine, settings):
        manifest = making.make(engine, settings, given.file, force=given.force)
        count = sum(part.rows for part in manifest.tables.values())
        size = given.file.stat().st_size / MEGABYTE
        _say(
            f"{given.file}: {len(manifest.tables)} tables, {count} rows, "
            f"{len(manifest.files)} files, {size:.1f} MB."
        )
        _say("It holds personal data and secrets: keep it where only you can read it.")
        _say(f"To try it: passeport backup verify {given.file}")
    return 0


@_in_words
def run_restore(_create_app: Callable[[], Flask], given: Namespace) -> int:
    """Put a backup back and say what was done."""
    # Not an application: that would make a secret, and the backup has one.
    with _installation() as (engine, settings):
        with archive.opened(given.file) as found:
            said = restoring.restore(engine, settings, found, overwrite=given.overwrite)
        _say(f"Restored: {_origin(found)}.")
        for line in said:
            _say(line)
        _say("Start the server again: passeport serve")
    return 0


@_in_words
def run_verify(_create_app: Callable[[], Flask], given: Namespace) -> int:
    """Restore a backup where it harms nobody, and compare."""
    with _installation() as (engine, _settings):
        with archive.opened(given.file) as found:
            _say(f"{given.file}: {_origin(found)}.")
            for line in restoring.verify(engine, found):
                _say(line)
        _say("This backup is good.")
    return 0


def _origin(found: archive.Archive) -> str:
    manifest = found.manifest
    return (
        f"made at {manifest.made_at} by version {manifest.application}, "
        f"migration {manifest.migration}"
    )


@contextmanager
def _installation() -> Generator[tuple[Engine, Settings], None, None]:
    settings = Settings.from_environment()
    engine = create_engine(settings.database)
    try:
        yield engine, settings
    finally:
        engine.dispose()


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a command's words


def _refuse(words: str) -> int:
    print(f"passeport: {words}", file=sys.stderr)  # noqa: T201
    return 1
