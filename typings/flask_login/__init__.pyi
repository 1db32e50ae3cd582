# What we use of a library that has no types.

from collections.abc import Callable
from typing import Any

from flask import Flask

current_user: Any

class LoginManager:
    session_protection: str | None
    def init_app(self, app: Flask) -> None: ...
    def user_loader(self, callback: Callable[[str], Any]) -> Any: ...

def login_user(user: Any) -> bool: ...
def logout_user() -> bool: ...
