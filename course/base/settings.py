"""Every setting: its name, its default, its meaning."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from babel.dates import get_timezone

ROOT = Path(__file__).resolve().parents[2]
PORTS = range(1, 65536)


class SettingError(ValueError):
    """A setting that cannot be used; its text says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose; each is the variable COURSE_<NAME>."""

    host: str  # the address the server listens on
    port: int  # its port
    url: str  # what links and QR codes say
    database: str  # a SQLAlchemy URL
    instance: Path  # the folder of the database, the secret and the files
    content: Path  # the folder that holds lessons/ and quizzes/
    proxies: int  # how many reverse proxies stand in front
    secret: str  # signs sessions and links; empty: made and kept in the instance
    threads: int  # requests served at the same time by one process
    timezone: str  # the zone in which hours are shown
    idle: int  # minutes without a sign after which a session ends; 0: never
    demo: int  # 1: accounts of the demonstration sign in from anywhere

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read COURSE_… variables; raises SettingError on a value of the wrong kind."""
        given = _Given(os.environ if environ is None else environ)
        host = given.text("HOST", "127.0.0.1")
        port = given.number("PORT", 8000, PORTS)
        instance = Path(given.text("INSTANCE", str(Path.cwd() / "instance"))).absolute()
        default_database = f"sqlite:///{(instance / 'course.sqlite').as_posix()}"
        return cls(
            host=host,
            port=port,
            url=given.url("URL", f"http://{_named(host)}:{port}"),
            database=given.database("DATABASE", default_database),
            instance=instance,
            content=Path(given.text("CONTENT", str(_content()))).absolute(),
            proxies=given.number("PROXIES", 0, range(11)),
            secret=given.text("SECRET", ""),
            threads=given.number("THREADS", 8, range(1, 129)),
            timezone=given.zone("TIMEZONE", "Europe/Paris"),
            idle=given.number("IDLE", 30, range(1441)),
            demo=given.number("DEMO", 0, range(2)),
        )

    def shown(self) -> dict[str, str]:
        """Each variable with its value, secrets hidden, for `passeport settings`."""
        values = {f"COURSE_{f.name.upper()}": f.name for f in fields(self)}
        shown = {name: str(getattr(self, field)) for name, field in values.items()}
        shown["COURSE_SECRET"] = "(set)" if self.secret else "(made at first start)"
        shown["COURSE_DATABASE"] = _without_password(self.database)
        return shown


class _Given:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        return self.environ.get(f"COURSE_{name}", "").strip() or default

    def number(self, name: str, default: int, allowed: range) -> int:
        text = self.text(name, str(default))
        if not text.isdecimal() or int(text) not in allowed:
            raise SettingError(
                f"COURSE_{name} must be a whole number "
                f"from {allowed.start} to {allowed.stop - 1}, not “{text}”."
            )
        return int(text)

    def url(self, name: str, default: str) -> str:
        text = self.text(name, default).rstrip("/")
        parts = urlsplit(text)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise SettingError(
                f"COURSE_{name} must begin with http:// or https://, not “{text}”."
            )
        return text

    def database(self, name: str, default: str) -> str:
        text = self.text(name, default)
        if not text.startswith(
            ("sqlite:///", "postgresql://", "postgresql+psycopg://")
        ):
            raise SettingError(
                f"COURSE_{name} must begin with sqlite:/// or postgresql://."
            )
        return text

    def zone(self, name: str, default: str) -> str:
        text = self.text(name, default)
        try:
            get_timezone(text)
        except LookupError:
            raise SettingError(
                f"COURSE_{name} must be a zone such as Europe/Paris, not “{text}”."
            ) from None
        return text


def _content() -> Path:
    """Beside the code in a checkout; where one stands when it is installed."""
    return ROOT if (ROOT / "lessons").is_dir() else Path.cwd()


def _named(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared only


def _without_password(database: str) -> str:
    parts = urlsplit(database)
    if parts.password is None:
        return database
    return database.replace(f":{parts.password}@", ":***@", 1)


def kept_secret(settings: Settings) -> str:
    """The secret of this installation, made once, readable by its owner only."""
    if settings.secret:
        return settings.secret
    path = settings.instance / "secret"
    if not path.exists():
        _make_secret(path)
    return path.read_text("ascii")


def _make_secret(path: Path) -> None:
    """Write it beside, then name it: whole or not at all, and the first one stays."""
    draft = path.with_name(f"secret.{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    except OSError:  # a disk without hard links, such as a USB key
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
