import pytest

from course.domain.source.sentences import sentences, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Un. Deux ! Trois ? Quatre…", 4),
        ("Il coûte 3.5 euros. Et puis 3,50 € aussi.", 2),
        ("Voir p. ex. Le guide de M. Dupont, art. L. 12-10-1.", 1),
        ("See e.g. The guide, or i.e. That one.", 1),
        ("Il dit : « Ne touchez à rien. » Puis il part.", 2),
        ("« Avez-vous reçu ce virement ? » demande-t-elle.", 1),
        ("Attendez… puis partez.", 1),
        ("Une phrase\nsur deux lignes. Une autre.", 2),
        ("It opens at 8 a.m. on Mondays.", 1),
        ("   ", 0),
        ("Sans point", 1),
        ("Vous rangez, etc. Puis vous partez.", 2),
    ],
)
def test_a_text_is_cut_where_a_reader_would_breathe(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


def test_a_sentence_begins_at_its_own_line() -> None:
    assert list(sentences("Un\nmot. Deux.\nTrois.")) == [
        (0, "Un mot."),
        (1, "Deux."),
        (2, "Trois."),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Quoi ?", 1),
        ("« Oui », dit-il : non !", 3),
        ("L'antivirus est à jour.", 4),
        ("3,50 €", 1),
        ("", 0),
    ],
)
def test_signs_alone_are_not_words(text: str, count: int) -> None:
    assert words(text) == count
