"""The command `passeport`: one noun and one verb, errors on stderr."""

import argparse
import errno
import sys
from collections.abc import Sequence

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from course.app import create_app
from course.base import migrations
from course.base.settings import SettingError
from course.features.account import cli as account
from course.features.backup import cli as backup
from course.features.catalogue import cli as catalogue
from course.features.demo import cli as demo
from course.features.passport import cli as passport
from course.features.privacy import cli as privacy
from course.features.progress import cli as progress
from course.features.site import cli as site

# Exit codes: 0 done, 1 refused or found wrong, 2 misused (argparse's own).
REFUSED = 1


def parser() -> argparse.ArgumentParser:
    """Every command, each declared by its feature."""
    root = argparse.ArgumentParser(
        prog="passeport", description="Run and look after the passeport numérique."
    )
    nouns = root.add_subparsers(dest="noun", required=True, metavar="COMMAND")
    for feature in (
        site,
        backup,
        catalogue,
        account,
        progress,
        passport,
        privacy,
        demo,
    ):
        feature.declare(nouns)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A French sentence on a terminal of another encoding must not be a crash.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    given = parser().parse_args(arguments)
    try:
        return given.run(create_app, given)
    except (SettingError, migrations.UpgradeError) as error:
        return refuse(str(error))
    except migrations.NewerDatabaseError as error:
        return refuse(
            f"The database was upgraded by a later version (it is at {error}). "
            "Install that version; nothing was changed."
        )
    except OperationalError as error:
        return refuse(operational(error))
    except SQLAlchemyError as error:
        return refuse(f"The database cannot be used: {first_line(error)}")
    except OSError as error:
        return refuse(trouble(error))


def refuse(sentence: str) -> int:
    """Say why on the standard error."""
    print(f"passeport: {sentence}", file=sys.stderr)  # noqa: T201 - a command's words
    return REFUSED


def operational(error: OperationalError) -> str:
    """A sentence for what a database server or file answers."""
    if migrations.is_full(error):
        return "The disk is full. Make room, then start again; nothing was damaged."
    if "readonly" in str(error.orig) or "unable to open" in str(error.orig):
        return (
            "The database's folder cannot be written to. "
            "Change its owner or COURSE_INSTANCE."
        )
    return f"The database cannot be used: {first_line(error)}"


def trouble(error: OSError) -> str:
    """A sentence for what the system refuses."""
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room, then start again; nothing was damaged."
    if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
        return (
            f"{error.filename or 'A folder'} cannot be written to. "
            "Change its owner or choose another folder with COURSE_INSTANCE."
        )
    if error.errno == errno.EADDRINUSE:
        return (
            "The port is busy. Stop what uses it, or choose another with COURSE_PORT."
        )
    return str(error)


def first_line(error: SQLAlchemyError) -> str:
    """What went wrong, without the statement."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
