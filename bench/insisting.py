"""Who says again what got no reply, until the server is there once more."""

import http.client
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Event as Flag
from threading import Thread
from typing import Any, TypeVar

from bench.visitor import Asking, Line, RefusedError, Visitor

T = TypeVar("T")
PAUSE = 0.02  # before a call that nobody took is made again
TROUBLE = 500


class OverError(Exception):
    """The learner is told to stop."""


class Insisting(Thread, ABC):
    """Works as fast as replies come, and says again what got none."""

    kept: list[Any]  # what was acknowledged so far

    def __init__(self, port: int, visitor: Visitor) -> None:
        super().__init__(daemon=True)
        self.port, self.visitor = port, visitor
        self.line = Line(port)
        self.over = Flag()
        self.again = 0  # requests sent again
        self.troubles: list[str] = []  # replies that a person should not see
        self.failure: Exception | None = None

    @abstractmethod
    def go_on(self) -> None:
        """One piece of work."""

    def run(self) -> None:
        """One piece of work after the other, until told to stop."""
        try:
            while True:
                self.go_on()
        except OverError:
            pass
        except Exception as failure:  # noqa: BLE001 - told to who waits for the thread
            self.failure = failure
        finally:
            self.line.close()

    def insist(self, request: Callable[[Asking], T]) -> T:
        """Send it until there is a reply, on a new connection each time."""
        while not self.over.is_set():
            try:
                reply = request(Asking(self.line))
            except (OSError, http.client.HTTPException):
                pass
            except RefusedError as refused:
                self.troubles.append(str(refused))
            else:
                if getattr(reply, "status", TROUBLE) < TROUBLE:
                    return reply
                self.troubles.append(str(reply)[:200])
            self.line.close()
            self.line = Line(self.port)
            self.again += 1
            time.sleep(PAUSE)
        raise OverError
