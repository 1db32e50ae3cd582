"""What follows from what happens to people."""

from typing import Any

from flask import Flask

from course.features.account.queries import BESIDES
from course.features.account.signals import adopted
from course.features.progress import merging, queries, services


def _adopt(_sender: Any, guest_id: int, user_id: int) -> None:
    services.adopt(guest_id, user_id)


def init_app(_app: Flask) -> None:
    """Give a guest's deeds to the account that signs in.

    And let each request bring along when its person last did something.
    """
    adopted.connect(_adopt)
    merging.init_app()
    BESIDES["last_deed"] = queries.LAST_DEED
