"""Who is in the network: names, trades, places; nobody of them exists."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from course.domain.profile import Position, Profile, Size, Trade, Worry


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split(", "))


FIRST_NAMES = _listed(
    "Adèle, Aïcha, Alain, Alexis, Amélie, Anaïs, André, Anne-Sophie, Antoine, "
    "Arnaud, Aurélie, Benoît, Bérénice, Bruno, Camille, Cédric, Céline, Chantal, "
    "Christophe, Claire, Clément, Corinne, Damien, Danièle, Delphine, Denis, Édith, "
    "Élise, Élodie, Émilie, Emmanuel, Éric, Estelle, Fabien, Fabrice, Fatou, "
    "Florence, François, Frédéric, Gaëlle, Gérard, Grégory, Guillaume, Hélène, "
    "Hervé, Hugo, Inès, Isabelle, Jean-Baptiste, Jean-Luc, Jérôme, Joël, Julien, "
    "Karim, Karine, Laëtitia, Laurence, Léa, Lionel, Loïc, Lucie, Ludovic, Magali, "
    "Malika, Marie-Ève, Marie-Laure, Martine, Mathieu, Maud, Mehdi, Mélanie, "
    "Michel, Mickaël, Monique, Nadia, Nathalie, Noémie, Olivier, Pascal, Patricia, "
    "Paul, Philippe, Pierre, Raphaël, Rémi, Romain, Sabrina, Samir, Sandrine, "
    "Séverine, Simon, Solène, Stéphane, Sylvie, Thierry, Valérie, Véronique, "
    "Vincent, Virginie, Xavier, Yann, Yasmine, Zoé"
)
LAST_NAMES = _listed(
    "Alves, Aubert, Bailly, Barbier, Beaumont, Belkacem, Benali, Berger, Besson, "
    "Blanchard, Bonnet, Bouvier, Boyer, Carpentier, Chevalier, Cissé, Colin, "
    "Cordier, Costa, Da Silva, De Almeida, Delaunay, Deschamps, Diallo, Dubois- "
    "Roche, Dufour, Dumas, Dupuis, Étienne, Fabre, Faure, Fernandez, Fontaine, "
    "Garnier, Gauthier, Girard, Gonçalves, Guérin, Guillot, Haddad, Hamon, Henry, "
    "Hervé, Jacquet, Joly, Kaya, Lacroix, Lambert, Laurent, Le Bihan, Le Goff, "
    "Leclercq, Lefèvre, Legrand, Lemoine, Lopez, Maillard, Mallet, Marchand, Marty, "
    "Masson, Mercier, Meunier, Michaud, Monnier, Morvan, N’Diaye, Nguyen, Noël, "
    "Perrin, Picard, Poirier, Prévost, Renard, Rey, Rivière, Roche, Rolland, "
    "Roussel, Sanchez, Saunier, Schmitt, Teixeira, Tessier, Traoré, Vasseur, Vidal, "
    "Weber"
)
# Ten in a hundred wrote nothing: the four questions may be skipped.
SKIPPED, ENGLISH = 0.1, 0.04
# A word that travels by telephone: no accent, no letters that sound alike.
PASSWORD_WORDS = _listed(
    "abricot, agenda, ardoise, atelier, balcon, bateau, bocal, bonbon, bouton, "
    "brique, cabane, cactus, caillou, camion, carnet, carton, cerise, chemin, "
    "citron, colline, copain, coquille, corbeau, cousin, cuisine, domino, fenouil, "
    "flocon, fontaine, gazon, genou, girafe, guitare, hamac, jardin, jupon, lampe, "
    "lavande, lundi, lutin, mardi, marmite, melon, moulin, muguet, navire, nuage, "
    "olive, orage, panier, parasol, piano, pigeon, pivoine, poivron, ruban, sabot, "
    "salade, sapin, tambour, tapis, toupie, tulipe, vallon, volcan"
)
WORDS_IN_PASSWORD = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who learns, and how well."""

    name: str
    language: str
    profile: Profile
    ability: float  # how often the first answer is right
    speed: float  # words a second


@dataclass(frozen=True, slots=True)
class Place:
    """A centre and who trains there."""

    name: str
    trainers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Class:
    """A cohort: where, for whom, when in days from today, how large beside others."""

    centre: int
    name: str
    place: str
    trade: Trade
    begins: int
    length: int
    weight: int


ADMIN = "Odile Saint-Clair"
PLACES = (
    Place("Centre de Roanne", ("Maryse Tournier", "Bastien Le Guen")),
    Place("Centre de Saint-Brieuc", ("Anne-Laure Kervella", "Rachid Amrani")),
    Place("Centre d’Albi", ("Sylvain Castelnau",)),
)
CLASSES = (
    Class(
        centre=0,
        name="Boulangers de la plaine",
        place="Maison des métiers, salle 2, Roanne",
        trade=Trade.BAKER,
        begins=-54,
        length=28,
        weight=22,
    ),
    Class(
        centre=1,
        name="Gîtes et petits hôtels",
        place="Médiathèque, salle du port, Saint-Brieuc",
        trade=Trade.HOTEL,
        begins=-46,
        length=32,
        weight=18,
    ),
    Class(
        centre=0,
        name="Artisans du bâtiment",
        place="Maison des métiers, salle 4, Roanne",
        trade=Trade.FITTER,
        begins=-24,
        length=35,
        weight=24,
    ),
    Class(
        centre=2,
        name="Salons de coiffure",
        place="Ancienne école, rue des Tanneurs, Albi",
        trade=Trade.HAIRDRESSER,
        begins=-17,
        length=35,
        weight=19,
    ),
    Class(
        centre=1,
        name="Propreté et services",
        place="Pôle des artisans, étage 1, Saint-Brieuc",
        trade=Trade.CLEANING,
        begins=-4,
        length=35,
        weight=21,
    ),
    Class(
        centre=2,
        name="Commerces du centre",
        place="Ancienne école, rue des Tanneurs, Albi",
        trade=Trade.OTHER,
        begins=7,
        length=35,
        weight=16,
    ),
)
TWINS = 2  # the class in which two people bear the same name


def names(count: int, rng: Random) -> list[str]:
    """Full names, each once."""
    pairs = rng.sample(range(len(FIRST_NAMES) * len(LAST_NAMES)), count)
    return [
        f"{FIRST_NAMES[pair % len(FIRST_NAMES)]} {LAST_NAMES[pair // len(FIRST_NAMES)]}"
        for pair in pairs
    ]


def person(name: str, trade: Trade, rng: Random) -> Person:
    """Somebody of this name, whose class is mostly of this trade."""
    return Person(
        name=name,
        language="en" if rng.random() < ENGLISH else "fr",
        profile=_profile(trade, rng),
        ability=rng.uniform(0.6, 0.95),
        speed=rng.uniform(2.0, 3.4),
    )


def _profile(trade: Trade, rng: Random) -> Profile:
    if rng.random() < SKIPPED:
        return Profile()
    positions = [Position.BOSS] * 5 + [Position.EMPLOYEE] * 3 + [Position.TRAINEE]
    sizes = [Size.ALONE] * 4 + [Size.SMALL] * 4 + [Size.MEDIUM] * 2 + [Size.LARGE]
    return Profile(
        position=rng.choice(positions),
        size=rng.choice(sizes),
        trade=rng.choice([trade] * 8 + list(Trade)),
        worry=rng.choice(list(Worry)),
    )


def sizes(learners: int) -> list[int]:
    """How many learn in each class: their sum is right, whatever it is."""
    weights = [each.weight for each in CLASSES]
    total, found, before = sum(weights), list[int](), 0
    for at in range(1, len(weights) + 1):
        until = round(learners * sum(weights[:at]) / total)
        found.append(until - before)
        before = until
    return found


def password_of(secret: str, words: Sequence[str] = PASSWORD_WORDS) -> str:
    """The password of these accounts: the same each time, another elsewhere."""
    mixed = hmac.digest(secret.encode(), b"demonstration", hashlib.sha256)
    return "-".join(words[sign % len(words)] for sign in mixed[:WORDS_IN_PASSWORD])
