"""The quiz of the small library: ten questions, of every kind."""

QUIZ_FR = """\
---
module: essai
mode: check
pass: 70
draw: 10
minutes: 5
---

# Essai : le quiz

## alerte {scenario aim=couper}

Un PC affiche une alerte. Que faites-vous d'abord ?

- [ ] J'enferme le PC
  > Enfermé, il reste relié au réseau.
- [x] Je coupe le réseau
  > Oui. La menace perd son chemin.
- [ ] J'éteins le magasin
  > Les traces seraient perdues.

> Sans réseau, la menace est seule. [Revoir : le câble](lesson:premiere#cable)

## appel {scenario aim=couper}

Qui prévenez-vous d'abord ?

- [x] Mon contact informatique
  > Oui. Il connaît vos postes.
- [ ] Personne, pour ne pas déranger
  > Prévenu tôt, il protège les autres.
- [ ] Le numéro affiché à l'écran
  > Ce numéro mène à l'escroc.

> Votre contact vous aide. [Revoir : le câble](lesson:premiere#cable)

## allume {aim=couper}

Vrai ou faux : un PC attaqué reste allumé.

- [x] Vrai : la mémoire garde des traces
  > Oui. Éteindre les efface.
- [ ] Faux : éteindre protège
  > C'est le réseau qui protège.

> On coupe le réseau, pas le courant. [Revoir : le câble](lesson:premiere#cable)

## chemins (2) {aim=couper}

Quels chemins une menace peut-elle suivre ?

- [x] Une clé USB
  > Oui. Elle passe d'un poste à l'autre.
- [ ] L'air entre deux PC
  > Un virus ne vole pas.
- [x] Un dossier partagé
  > Oui. Le dossier relie les postes.
- [ ] Une facture sur papier
  > Le papier ne contient aucun programme.

> Il faut un chemin. [Revoir : le câble](lesson:premiere#cable)

## delai {aim=compter}

Combien d'heures avez-vous pour porter plainte ?

= 72 heures
≠ 48
  > La loi laisse un jour de plus.

> Après, l'assureur ne paie plus. [Revoir : le délai](lesson:seconde#delai)

## appareil {slips=1 aim=couper}

Quel appareil relie vos postes à internet ?

= routeur
= le routeur
≠ antivirus
  > Il protège, il ne relie pas.

> On le débranche en premier. [Revoir : le câble](lesson:premiere#cable)

## ordre {aim=couper}

Remettez ces gestes dans l'ordre.

1. Couper le réseau
   > Chaque minute compte.
2. Alerter son contact
   > Prévenu tôt, il protège les autres.
3. Porter plainte
   > La plainte vient après l'alerte.

> Couper, alerter, déclarer. [Revoir : le délai](lesson:seconde#delai)

## mots {aim=couper}

Reliez chaque mot à ce qu'il veut dire.

| Mot | Sens | Pourquoi |
|---|---|---|
| Routeur | relie les postes | Il est au centre du réseau. |
| Câble | porte le réseau | On le débranche. |
| Plainte | déclare l'attaque | Elle se fait à temps. |

> Trois mots suffisent. [Revoir : le câble](lesson:premiere#cable)

## tri {aim=couper}

La menace peut-elle passer ?

### Peut passer

- Un dossier commun
  > Il relie les postes.
- Une pièce jointe
  > Elle voyage avec le message.

### Ne peut pas passer

- Une lettre sur papier
  > Le papier ne contient aucun programme.

> Il faut un chemin. [Revoir : le câble](lesson:premiere#cable)

## papier {scenario aim=compter}

Un PC de {{ trade.workplace }} est attaqué. Quand portez-vous plainte ?

- [x] Dans les {{ fact.complaint-hours }} heures
  > Oui. L'assureur le demande.
- [ ] Le mois prochain
  > C'est trop tard pour l'assureur.
- [ ] Jamais
  > Sans plainte, rien n'est payé.

> Le délai part de la découverte. [Revoir : le délai](lesson:seconde#delai)
"""

QUIZ_EN = """\
---
module: essai
mode: check
pass: 70
draw: 10
minutes: 5
---

# Trial: the quiz

## alerte {scenario aim=couper}

A PC shows an alert. What do you do first?

- [ ] I lock the PC away
  > Locked away, it is still on the network.
- [x] I cut the network
  > Yes. The threat loses its road.
- [ ] I switch off the shop
  > The traces would be lost.

> Without a network, the threat is alone. [See again: the cable](lesson:premiere#cable)

## appel {scenario aim=couper}

Whom do you tell first?

- [x] My IT contact
  > Yes. They know your workstations.
- [ ] Nobody, so as not to disturb
  > Told early, they protect the others.
- [ ] The number on the screen
  > This number leads to the crook.

> Your contact helps you. [See again: the cable](lesson:premiere#cable)

## allume {aim=couper}

True or false: an attacked PC stays on.

- [x] True: the memory keeps traces
  > Yes. Switching off wipes them.
- [ ] False: switching off protects
  > It is the network that matters.

> Cut the network, not the power. [See again: the cable](lesson:premiere#cable)

## chemins (2) {aim=couper}

Which roads can a threat follow?

- [x] A USB key
  > Yes. It goes from one PC to another.
- [ ] The air between two PCs
  > A virus does not fly.
- [x] A shared folder
  > Yes. The folder links the PCs.
- [ ] An invoice on paper
  > Paper holds no program.

> It needs a road. [See again: the cable](lesson:premiere#cable)

## delai {aim=compter}

How many hours do you have to file a complaint?

= 72 hours
≠ 48
  > The law leaves one more day.

> Later, the insurer does not pay. [See again: the time limit](lesson:seconde#delai)

## appareil {slips=1 aim=couper}

Which device links your PCs to the internet?

= router
= the router
≠ antivirus
  > It protects, it does not link.

> Unplug it first. [See again: the cable](lesson:premiere#cable)

## ordre {aim=couper}

Put these actions in order.

1. Cut the network
   > Each minute counts.
2. Tell your contact
   > Told early, they protect the others.
3. File a complaint
   > The complaint comes after the alert.

> Cut, tell, declare. [See again: the time limit](lesson:seconde#delai)

## mots {aim=couper}

Join each word to its meaning.

| Word | Meaning | Why |
|---|---|---|
| Router | links the PCs | It is the centre of the network. |
| Cable | carries the network | Unplug it. |
| Complaint | declares the attack | It is filed in time. |

> Three words are enough. [See again: the cable](lesson:premiere#cable)

## tri {aim=couper}

Can the threat get through?

### It can

- A common folder
  > It links the PCs.
- An attachment
  > It travels with the message.

### It cannot

- A letter on paper
  > Paper holds no program.

> It needs a road. [See again: the cable](lesson:premiere#cable)

## papier {scenario aim=compter}

A PC of {{ trade.workplace }} is attacked. When do you file a complaint?

- [x] Within {{ fact.complaint-hours }} hours
  > Yes. The insurer asks for it.
- [ ] Next month
  > That is too late for the insurer.
- [ ] Never
  > Without a complaint, nothing is paid.

> The time runs from the discovery. [See again: the time limit](lesson:seconde#delai)
"""

# What to type or tick, in the words of the French page.
RIGHT: dict[str, object] = {
    "alerte": "Je coupe le réseau",
    "appel": "Mon contact informatique",
    "allume": "Vrai : la mémoire garde des traces",
    "chemins": ["Une clé USB", "Un dossier partagé"],
    "delai": "72",
    "appareil": "routeur",
    "ordre": ["Couper le réseau", "Alerter son contact", "Porter plainte"],
    "mots": {
        "Routeur": "relie les postes",
        "Câble": "porte le réseau",
        "Plainte": "déclare l'attaque",
    },
    "tri": {
        "Un dossier commun": "Peut passer",
        "Une pièce jointe": "Peut passer",
        "Une lettre sur papier": "Ne peut pas passer",
    },
    "papier": "Dans les 72 heures",
}
