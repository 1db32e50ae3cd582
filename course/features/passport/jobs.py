"""What follows in passports from what people do."""

from typing import Any

from flask import Flask

from course.features.account.signals import adopted
from course.features.passport import merging, services
from course.features.progress.services import Deed
from course.features.progress.signals import recorded


def _stamp(_sender: Any, done: Deed) -> None:
    services.give(done)


def _adopt(_sender: Any, guest_id: int, user_id: int) -> None:
    services.join(user_id, guest_id)


def init_app(_app: Flask) -> None:
    """Stamp who passes; stamps follow who signs in, or joins two accounts."""
    recorded.connect(_stamp)
    adopted.connect(_adopt)
    merging.init_app()
