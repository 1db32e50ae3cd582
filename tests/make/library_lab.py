"""A lab for the small library: an antivirus console, three goals, one wrong turn."""

from tests.make.library import FILES, MODULE_EN, MODULE_FR

LAB_FR = """\
---
minutes: 5
pass: 4
aims: couper
desk: antivirus
---

# La console

Dans {{ trade.workplace }}, personne ne regarde la console.
Voyez le [routeur](term:routeur).

## sheet

- Un fichier inconnu reste en quarantaine.

## tasks

- surveiller: La protection surveille.
- ranger: Le fichier est décidé.

## start

### antivirus

- protection: off
- definitions: 12

#### items

| item | name | origin | finding | kind |
|---|---|---|---|---|
| facture | facture.pdf.exe | Reçu par e-mail | Cheval de Troie | trojan |

#### posts

| post | name |
|---|---|
| office | Le PC de {{ trade.workplace }} |

#### people

| person | name | late |
|---|---|---|
| contact | Votre contact | |

## goals

### protection (2) {required}

La protection est active.

- when: antivirus.protection is on
- task: surveiller
- done: Elle surveille.
- missed: Elle est coupée. On l'active d'abord.
- hint: Regardez la première case.
- hint: Appuyez sur « Activer ».
- see: [Le câble](lesson:premiere#cable)

### fichier (2)

Le fichier est en quarantaine.

- when: antivirus.item.facture is quarantined or deleted
- when: antivirus.item.facture.restored is no
- task: ranger
- missed: Un fichier inconnu ne s'ouvre pas.
- hint: Lisez la fin du nom.
- see: [Le câble](lesson:premiere#cable)

### calme (1)

Personne n'est dérangé pour rien.

- when: antivirus.told has no contact
- needs: fichier
- task: ranger
- missed: On appelle quand on ne sait pas.
- hint: Le fichier est connu.
- see: [Le câble](lesson:premiere#cable)

## consequences

### ouvert

- when: antivirus.item.facture.restored is yes
- spoils: fichier

#### Le fichier s'ouvre

Le programme agit. La protection peut encore l'arrêter.

## runs

### plein (5)

1. antivirus protect on=yes
2. antivirus decide item=facture what=quarantine

### ouvrir (2)

- missed: fichier, calme
- springs: ouvert

1. antivirus decide item=facture what=restore
2. lab hint goal=fichier
3. antivirus protect on=yes
4. antivirus warn who=contact by=phone

### revenir (4.5)

1. lab hint goal=protection
2. antivirus protect on=yes
3. antivirus decide item=facture what="delete"
4. lab undo
5. antivirus decide item=facture what=quarantine
"""
LAB_EN = """\
---
minutes: 5
pass: 4
aims: couper
desk: antivirus
---

# The console

In {{ trade.workplace }}, nobody looks at the console. See the [router](term:routeur).

## sheet

- An unknown file stays in quarantine.

## tasks

- surveiller: The protection watches.
- ranger: The file is decided.

## start

### antivirus

- protection: off
- definitions: 12

#### items

| item | name | origin | finding | kind |
|---|---|---|---|---|
| facture | invoice.pdf.exe | Received by e-mail | Trojan horse | trojan |

#### posts

| post | name |
|---|---|
| office | The PC of {{ trade.workplace }} |

#### people

| person | name | late |
|---|---|---|
| contact | Your contact | |

## goals

### protection (2) {required}

The protection is on.

- when: antivirus.protection is on
- task: surveiller
- done: It watches.
- missed: It is off. One switches it on first.
- hint: Look at the first box.
- hint: Press “Switch on”.
- see: [The cable](lesson:premiere#cable)

### fichier (2)

The file is in quarantine.

- when: antivirus.item.facture is quarantined or deleted
- when: antivirus.item.facture.restored is no
- task: ranger
- missed: An unknown file is not opened.
- hint: Read the end of the name.
- see: [The cable](lesson:premiere#cable)

### calme (1)

Nobody is disturbed for nothing.

- when: antivirus.told has no contact
- needs: fichier
- task: ranger
- missed: One calls when one does not know.
- hint: The file is known.
- see: [The cable](lesson:premiere#cable)

## consequences

### ouvert

- when: antivirus.item.facture.restored is yes
- spoils: fichier

#### The file opens

The program acts. The protection can still stop it.
"""
LAB = "console"
PATH_FR = "lessons/1-essai/console.lab.fr.md"
PATH_EN = "lessons/1-essai/console.lab.en.md"


def _named(module: str) -> str:
    return module.replace("quiz: essai\n", "quiz: essai\nlab: console\n", 1)


FILES_AND_LAB: dict[str, str] = {
    **FILES,
    "lessons/1-essai/module.fr.md": _named(MODULE_FR),
    "lessons/1-essai/module.en.md": _named(MODULE_EN),
    PATH_FR: LAB_FR,
    PATH_EN: LAB_EN,
}
