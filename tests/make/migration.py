"""Migrations that only tests know: one that breaks, one that takes its time."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from course.base import migrations

ROOT = Path(__file__).parents[2]
PATIENCE = 30
NEXT = "20991231_2359"
BODY = '''\
"""Of a test."""

import os
import time
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "{name}"
down_revision = "{last}"


def upgrade():
    op.create_table("parcel", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO parcel (id) VALUES (1)")
    op.add_column("centre", sa.Column("town", sa.String(80)))
    op.execute("UPDATE centre SET name = 'changed half-way'")
    {then}
    op.execute("UPDATE centre SET town = 'Lyon'")
'''
BREAKS = 'raise RuntimeError("a wrong sum\\nand its details")'
REFUSED = 'op.execute("INSERT INTO parcel (id) VALUES (1)")'
# Says that it is in the middle, then waits until it is killed.
WAITS = """\
if os.environ.get("COURSE_TEST_MARK"):
        Path(os.environ["COURSE_TEST_MARK"]).touch()
        time.sleep(60)"""
COMMAND = """\
import sys
from pathlib import Path
from course.base import migrations
migrations.FOLDER = Path(sys.argv.pop(1))
from course.cli import main
sys.exit(main(sys.argv[1:]))
"""


def folder_with(folder: Path, then: str = "pass", name: str = NEXT) -> Path:
    """The migrations of the house and one more, whose middle is given."""
    folder.mkdir()
    for path in migrations.FOLDER.glob("2*_*.py"):
        shutil.copy(path, folder)
    body = BODY.format(name=name, last=migrations.known()[-1], then=then)
    (folder / f"{name}_test.py").write_text(body, "utf-8")
    return folder


def begin(folder: Path, *words: str, **environ: str) -> "subprocess.Popen[str]":
    """Start `passeport …` with the migrations of a folder, in its own process."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(folder), *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def kill_in_the_middle(process: "subprocess.Popen[str]", mark: Path) -> None:
    """As a power cut does, once the process says by a file that it is there."""
    until = time.monotonic() + PATIENCE
    while not mark.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
