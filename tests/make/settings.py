"""Settings of an application that only tests talk to."""

from pathlib import Path

from course.base.settings import Settings


def make_settings(folder: Path, **given: object) -> Settings:
    """Settings as COURSE_… variables would give them, in a folder of one's own."""
    names = {"instance": folder, "secret": "a secret for tests", **given}
    return Settings.from_environment(
        {f"COURSE_{name.upper()}": str(value) for name, value in names.items()}
    )
