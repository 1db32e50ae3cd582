"""Sign-in names and one-time words: how they are made, compared and kept."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Container

LONGEST = 40


def folded(text: str) -> str:
    """Without accents, capitals or doubled spaces, so that « Zoé » finds `zoe`."""
    decomposed = unicodedata.normalize("NFKD", text.strip())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", plain).lower()


def login_for(name: str, taken: Container[str]) -> str:
    """first.last from a full name, with a number when it is taken."""
    plain = re.sub(r"[^a-z0-9]+", ".", folded(name)).strip(".")[:LONGEST]
    base = plain.strip(".") or "apprenant"
    number, login = 1, base
    while login in taken:
        number += 1
        login = f"{base}{number}"
    return login


def sort_name(name: str) -> str:
    """The key by which lists of people are sorted."""
    return folded(name)[:80]


def new_token() -> str:
    """A word nobody can guess, for a link."""
    return secrets.token_urlsafe(24)


def slip_word(typed: str) -> str | None:
    """The word of a slip of paper, twelve signs however typed; None: something else."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return signs if re.fullmatch(r"[A-Z0-9]{12}", signs) else None


def digest_of(token: str) -> str:
    """What is kept of a link's word: a stolen database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_seal() -> str:
    """What a session must know; another one closes them all."""
    return secrets.token_hex(8)
