"""What follows from what happens to people."""

from typing import Any

from flask import Flask

from course.features.account.signals import adopted
from course.features.progress import services


def _adopt(_sender: Any, guest_id: int, user_id: int) -> None:
    services.adopt(guest_id, user_id)


def init_app(_app: Flask) -> None:
    """Give a guest's deeds to the account that signs in."""
    adopted.connect(_adopt)
