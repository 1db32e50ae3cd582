"""A library small enough to know by heart: one module, two lessons, one quiz."""

from collections.abc import Mapping
from pathlib import Path

from course.domain.library import Library
from course.features.catalogue import queries, services
from tests.make.library_quiz import QUIZ_EN, QUIZ_FR

MODULE, LESSONS, QUIZ = "essai", ("premiere", "seconde"), "essai"

MODULE_FR = """\
---
minutes: 20
icon: shield
ink: red
digcomp: 4.1
crcn: 4.1
quiz: essai
---

# Essai : un petit module

Demain, vous saurez couper le réseau.

## short

Essai

## objectives

- couper: Vous coupez le réseau d'un PC.
- compter: Vous nommez le délai de plainte.
"""
MODULE_EN = """\
---
minutes: 20
icon: shield
ink: red
digcomp: 4.1
crcn: 4.1
quiz: essai
---

# Trial: a small module

Tomorrow, you will know how to cut the network.

## short

Trial

## objectives

- couper: You cut the network of a PC.
- compter: You name the time limit for a complaint.
"""
FIRST_FR = """\
---
minutes: 5
aims: couper
---

# Couper le réseau

Un PC affiche une alerte dans {{ trade.workplace }}.

## Le câble {#cable}

Débranchez le câble du [routeur](term:routeur).

:::trade fitter
Sur le chantier, coupez le partage du téléphone.
:::
:::trade baker
Au fournil, débranchez la caisse.
:::
:::trade hotel
À la réception, débranchez le PC.
:::
:::trade hairdresser
Au salon, débranchez le PC.
:::
:::trade cleaning
À l'agence, débranchez le PC.
:::
:::trade other
Cherchez le câble, puis débranchez.
:::

:::for boss
C'est vous qui prévenez l'assureur.
:::

:::story Le placard
Une fleuriste enferme son PC. Il reste relié.
:::

:::try placard
Que faites-vous d'abord ?

- [ ] J'enferme le PC
  > Enfermé, il reste relié au réseau.
- [x] Je coupe le réseau
  > Oui. La menace perd son chemin.
:::

:::memo Les premières minutes
1. Je coupe le réseau.
2. Je laisse allumé.
:::
"""
FIRST_EN = """\
---
minutes: 5
aims: couper
---

# Cutting the network

A PC shows an alert in {{ trade.workplace }}.

## The cable {#cable}

Unplug the cable of the [router](term:routeur).

:::trade fitter
On site, switch off the phone's sharing.
:::
:::trade baker
In the bakery, unplug the till.
:::
:::trade hotel
At the desk, unplug the PC.
:::
:::trade hairdresser
In the salon, unplug the PC.
:::
:::trade cleaning
At the agency, unplug the PC.
:::
:::trade other
Look for the cable, then unplug it.
:::

:::for boss
You are the one who tells the insurer.
:::

:::story The cupboard
A florist locks her PC away. It is still linked.
:::

:::try placard
What do you do first?

- [ ] I lock the PC away
  > Locked away, it is still on the network.
- [x] I cut the network
  > Yes. The threat loses its road.
:::

:::memo The first minutes
1. I cut the network.
2. I leave it on.
:::
"""
SECOND_FR = """\
---
minutes: 5
aims: compter
---

# Porter plainte

## Le délai {#delai}

Vous avez {{ fact.complaint-hours }} heures. Ensuite, [le quiz](quiz:essai).
"""
SECOND_EN = """\
---
minutes: 5
aims: compter
---

# Filing a complaint

## The time limit {#delai}

You have {{ fact.complaint-hours }} hours. Then, [the quiz](quiz:essai).
"""
FACTS = """\
# Facts

| name | fr | en | code | source | review |
|---|---|---|---|---|---|
| complaint-hours | 72 | 72 | V | Law 2023-22 | 2027-03-01 |
"""
TRADES_FR = """\
# Les mots des métiers

| word | fitter | baker | hotel | hairdresser | cleaning | other |
|---|---|---|---|---|---|---|
| workplace | l'atelier | le magasin | l'hôtel | le salon | l'agence | l'entreprise |
"""
TRADES_EN = """\
# The words of the trades

| word | fitter | baker | hotel | hairdresser | cleaning | other |
|---|---|---|---|---|---|---|
| workplace | the workshop | the shop | the hotel | the salon | the agency | the firm |
"""
GLOSSARY_FR = """\
# Le glossaire

| name | term | meaning |
|---|---|---|
| routeur | routeur | L'appareil qui relie vos postes à internet. |
"""
GLOSSARY_EN = """\
# The glossary

| name | term | meaning |
|---|---|---|
| routeur | router | The device that links your PCs to the internet. |
"""

FILES: dict[str, str] = {
    "lessons/facts.md": FACTS,
    "lessons/trades.fr.md": TRADES_FR,
    "lessons/trades.en.md": TRADES_EN,
    "lessons/glossary.fr.md": GLOSSARY_FR,
    "lessons/glossary.en.md": GLOSSARY_EN,
    "lessons/1-essai/module.fr.md": MODULE_FR,
    "lessons/1-essai/module.en.md": MODULE_EN,
    "lessons/1-essai/1-premiere.fr.md": FIRST_FR,
    "lessons/1-essai/1-premiere.en.md": FIRST_EN,
    "lessons/1-essai/2-seconde.fr.md": SECOND_FR,
    "lessons/1-essai/2-seconde.en.md": SECOND_EN,
    "quizzes/essai.fr.md": QUIZ_FR,
    "quizzes/essai.en.md": QUIZ_EN,
}


def write(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """Put files into lessons/ and quizzes/ of a folder."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return folder


def publish(folder: Path, files: Mapping[str, str] = FILES) -> Library:
    """Write files and publish them, as `passeport content sync` does."""
    report = services.sync_folder(write(folder, files))
    broken = services.fatal(report.issues)
    assert not broken, broken
    return queries.shelf().library
