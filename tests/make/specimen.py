"""A lab with invoicing software for the small library, and what is issued in it."""

from pathlib import Path

from flask import g

from course.domain.library import Library
from course.domain.profile import Profile, Trade
from course.domain.visibility import Mode
from course.features.account.models import User
from course.features.account.services import save_profile
from course.features.catalogue import queries as catalogue
from course.features.lab import queries, services
from course.features.lab.models import Run
from tests.make.account import again
from tests.make.lab import act
from tests.make.library import FILES, MODULE_EN, MODULE_FR, publish

LAB = "devis"
HEAD = """\
---
minutes: 5
pass: 1
aims: couper
desk: invoicing
---

"""
FR = """\
# Du devis à la facture

Faites la facture.

## tasks

- facture: La facture est faite.

"""
EN = """\
# From the quote to the invoice

Make the invoice.

## tasks

- facture: The invoice is made.

"""
START = """\
## start

### invoicing

- day: 2026-11-23
- rate: 12,40

#### firm

| firm | name | siren | vat | address | form |
|---|---|---|---|---|---|
| own | Atelier du Port | 123 456 789 | FR32123456789 | 1 quai, 29000 Le Port | {form} |

#### customers

| customer | name | siren | kind | address |
|---|---|---|---|---|
| dunes | Hôtel des Dunes | | professional | 8 chemin des Dunes, 29000 Le Port |
| quais | Café des Quais | 111 222 333 | professional | Sur le quai |
| martin | Mme Martin | | consumer | |

#### series

| series | prefix | next |
|---|---|---|
| invoice | F-2026- | 118 |
| credit | A-2026- | 9 |

#### items

| item | name | unit | price | rate |
|---|---|---|---|---|
| rail | {rail} | | 850 | 20 |
| work | {work} | {hour} | 45 | 20 |
| small | {small} | | 30 | 20 |
| lesson | {lesson} | {day} | 80 | 0 |

#### quotes

| quote | number | customer | status | accepted-on | siren |
|---|---|---|---|---|---|
| d041 | D-2026-041 | dunes | accepted | 2026-11-20 | 987 654 321 |

#### invoices

| invoice | number | customer | date | due | status |
|---|---|---|---|---|---|
| f0112 | F-2026-0112 | quais | 2026-11-10 | 2026-12-10 | deposited |

#### lines

| line | document | item | quantity | ordered |
|---|---|---|---|---|
| l041a | d041 | rail | 1 | |
| l041b | d041 | work | 4 | |
| l0112 | f0112 | small | 12 | 2 |

"""
GOAL = """\
## goals

### facture (1)

{goal}

- when: invoicing.converted is yes
- task: facture
- missed: {missed}
- see: [{see}](lesson:premiere#cable)
"""
RUNS = """\

## runs

### plein (1)

1. invoicing convert quote=d041
"""
LAB_FR = "".join(
    (
        HEAD,
        FR,
        START.format(
            form="SARL au capital de 5 000 €",
            rail="Garde-corps",
            work="Pose",
            hour="heure",
            small="Crochet",
            lesson="Visite & conseil",
            day="jour",
        ),
        GOAL.format(
            goal="Le devis devient une facture.",
            missed="Partez du devis.",
            see="Le câble",
        ),
        RUNS,
    )
)
LAB_EN = "".join(
    (
        HEAD,
        EN,
        START.format(
            form="SARL with a capital of €5,000",
            rail="Railing",
            work="Fitting",
            hour="hour",
            small="Hook",
            lesson="Visit & advice",
            day="day",
        ),
        GOAL.format(
            goal="The quote becomes an invoice.",
            missed="Begin from the quote.",
            see="The cable",
        ),
    )
)


def _named(module: str) -> str:
    return module.replace("quiz: essai\n", f"quiz: essai\nlab: {LAB}\n", 1)


FILES_AND_INVOICING = {
    **FILES,
    "lessons/1-essai/module.fr.md": _named(MODULE_FR),
    "lessons/1-essai/module.en.md": _named(MODULE_EN),
    f"lessons/1-essai/{LAB}.lab.fr.md": LAB_FR,
    f"lessons/1-essai/{LAB}.lab.en.md": LAB_EN,
}
ALL = ("penalty", "recovery", "discount")


def publish_invoicing(folder: Path) -> Library:
    """The small library with a lab of invoicing software."""
    g.pop("shelf", None)
    return publish(folder, FILES_AND_INVOICING)


def begin(user: User) -> Run:
    """A run in which nothing is done yet."""
    g.pop("shelf", None)
    return services.start_run(user, catalogue.shelf(), LAB, Mode.PRACTICE, seed=7)


def issued(
    user: User,
    *,
    siren: str = "987 654 321",
    category: str = "both",
    days: str = "30",
    mentions: tuple[str, ...] = ALL,
) -> Run:
    """A run in which the quote became the invoice `made-1`, which was issued."""
    run = begin(user)
    if siren:
        act(run, "invoicing.customer", customer="dunes", siren=siren)
    act(run, "invoicing.convert", quote="d041")
    fill = {"document": "made-1", "category": category, "mentions": mentions or [""]}
    act(run, "invoicing.fill", **fill, **({"days": days} if days else {}))
    act(run, "invoicing.issue", document="made-1")
    return run


def credited(run: Run) -> str:
    """Give back what was too much: the name of the credit note."""
    act(run, "invoicing.credit", invoice="f0112", line="l0112", quantity="10")
    act(run, "invoicing.issue", document="made-2")
    return "made-2"


def sold(run: Run, customer: str, item: str) -> str:
    """Something sold without a quote: the name of the invoice."""
    act(run, "invoicing.draft", customer=customer)
    act(run, "invoicing.line", document="made-2", item=item, quantity="1,5")
    fill = {"document": "made-2", "category": "services", "mentions": [""]}
    act(run, "invoicing.fill", **fill, days="30")
    act(run, "invoicing.issue", document="made-2")
    return "made-2"


# ---- The lab of the course


def played(user: User, trade: Trade, sample: str = "plein") -> Run:
    """A recorded run of the published lab, in the words of this trade."""
    save_profile(user, Profile(trade=trade))
    run = begin(again(user))
    lab = queries.opened(user.id, run.id).lab
    (recorded,) = (each for each in lab.samples if each.name == sample)
    for _line, action in recorded.actions:
        act(run, f"{action.simulator}.{action.name}", **action.fields)
    return run
