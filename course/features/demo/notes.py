"""What trainers of the network write about learners."""

from random import Random

from course.features.demo.stories import Kind

# Each begins with what was seen, and ends with what was agreed.
NOTES: dict[Kind, tuple[str, ...]] = {
    Kind.STUCK: (
        "Bloque sur une question du quiz. On la reprend ensemble jeudi, à voix haute.",
        "Lit trop vite les consignes. Proposé : relire la leçon, puis l’entraînement.",
        "Plusieurs contrôles manqués de peu. Rassurer : personne ne voit les essais.",
    ),
    Kind.GUESSING: (
        "Coche très vite, sans lire. Appel prévu : vérifier que le texte se lit bien.",
        "Répond sur son téléphone entre deux clients. Lui réserver un PC au centre.",
    ),
    Kind.STOPPED: (
        "Plus de visite depuis un moment. Message laissé, pas encore de réponse.",
        "Gros chantier en ce moment. Reprendra après, rappel noté dans l’agenda.",
    ),
    Kind.LATE: (
        "A commencé après les autres. Progresse à son rythme, sans difficulté.",
        "Pas d’ordinateur au travail. Vient au centre le vendredi matin.",
    ),
    Kind.NEAR: ("Toutes les leçons sont lues. Encourager : plus que le contrôle.",),
    Kind.GONE: ("Appelé deux fois. Ne souhaite pas continuer pour le moment.",),
    Kind.QUICK: ("À l’aise. A aidé ses deux voisins pendant la demi-journée.",),
}
OFTEN = 0.6


def note_about(kind: Kind, rng: Random) -> str | None:
    """What a trainer writes, if anything."""
    said = NOTES.get(kind, ())
    return rng.choice(said) if said and rng.random() < OFTEN else None
