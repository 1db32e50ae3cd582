"""`make words`: the sentences of code and templates, gathered into messages.po.

With --check, nothing is written: what is missing or no longer said is printed.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FRENCH = ROOT / "course/translations/fr/LC_MESSAGES/messages.po"
METHODS = [("**.py", "python"), ("templates/**", "jinja2")]
OPTIONS = {"templates/**": {"newstyle_gettext": "true", "trimmed": "true"}}
KEYWORDS = {"_": None, "_l": None, "ngettext": (1, 2)}
# A fixed date: a new one would make a change out of nothing.
BEGUN = datetime(2026, 11, 23, tzinfo=UTC)


def said() -> Catalog:
    """Every sentence that the code and the templates say, in English."""
    catalogue = Catalog(
        locale="fr", project="passeport-numerique", fuzzy=False, creation_date=BEGUN
    )
    found = extract_from_dir(
        str(ROOT / "course"),
        METHODS,
        OPTIONS,
        keywords=KEYWORDS,
        strip_comment_tags=True,
    )
    for _path, _line, words, _comments, _context in found:
        catalogue.add(words)
    return catalogue


def translated() -> Catalog:
    """What messages.po holds; nothing when there is none yet."""
    if not FRENCH.exists():
        return Catalog(locale="fr", fuzzy=False)
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def sentences(catalogue: Catalog) -> set[str]:
    """The English sentences of a catalogue; the first form stands for a plural."""
    return {_id(message) for message in catalogue if message.id}


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def faults() -> Iterator[str]:
    """What keeps French from being complete, one line each."""
    code, french = said(), translated()
    spoken, kept = sentences(code), sentences(french)
    yield from (f"not in messages.po: {one}" for one in sorted(spoken - kept))
    yield from (f"said no more: {one}" for one in sorted(kept - spoken))
    for message in french:
        if not message.id:
            continue
        forms = message.string if message.pluralizable else [message.string]
        if message.fuzzy or not forms or not all(forms):
            yield f"not translated: {_id(message)}"
        yield from (f"{_id(message)}: {error}" for error in message.check(french))


def gather() -> int:
    """Write the sentences into messages.po, sorted; how many have no French yet."""
    french = translated()
    french.update(said(), no_fuzzy_matching=True)
    french.fuzzy = False
    french.header_comment = "# What the passport says, in French."
    french.creation_date = french.revision_date = BEGUN
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    with FRENCH.open("wb") as file:
        write_po(
            file,
            french,
            no_location=True,
            sort_output=True,
            ignore_obsolete=True,
            width=88,
        )
    return sum("not translated" in fault for fault in faults())


def main() -> int:
    """Gather, or only check."""
    if "--check" in sys.argv[1:]:
        found = list(faults())
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        return 1 if found else 0
    left = gather()
    sys.stdout.write(
        f"{FRENCH.relative_to(ROOT)}: {left} sentences have no French yet.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
