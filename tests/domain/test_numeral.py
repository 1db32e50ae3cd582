import pytest

from course.domain.numeral import Written, say, typed, written


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("35", 35),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("1 236,00", 1236),
        ("1\u202f236,50", 1236.5),
        ("1.236,50", 1236.5),
        ("1,236.50", 1236.5),
        ("1,236,000", 1236000),
        ("1.236.000", 1236000),
        ("1'236", 1236),
        ("12,5,3", None),
        ("72 48", None),
        ("1 236.500 12", None),
        ("1.236'500,5", None),
    ],
)
def test_learners_write_numbers_in_both_ways(digits: str, value: float | None) -> None:
    assert typed(digits) == value


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("72", "fr", Written(72, 0, "")),
        ("72 heures", "fr", Written(72, 0, "heures")),
        ("72\u00a0heures", "fr", Written(72, 0, "heures")),
        ("3,5 ± 0,1", "fr", Written(3.5, 0.1, "")),
        ("3,5±0,1 kg", "fr", Written(3.5, 0.1, "kg")),
        ("3.5 +/- 0.1", "fr", Written(3.5, 0.1, "")),
        ("-5 °C", "fr", Written(-5, 0, "°C")),
        ("20%", "fr", Written(20, 0, "%")),
        ("20 %", "fr", Written(20, 0, "%")),
        ("1 236,00 €", "fr", Written(1236, 0, "€")),
        ("1,236.00", "en", Written(1236, 0, "")),
        ("€1,236.00", "en", Written(1236, 0, "€")),
        ("€ 48", "en", Written(48, 0, "€")),
        ("€", "en", None),
        ("17Cyber", "fr", None),
        ("24/7", "fr", None),
        ("12h30", "fr", None),
        ("1er avril 2027", "fr", None),
        ("1 avril 2027", "fr", None),
        ("0612345678", "fr", None),
        ("1" * 400, "fr", None),
        ("72 heures ± 1 heure", "fr", Written(72, 1, "heures")),
        ("72 ± 1 heures", "fr", Written(72, 1, "heures")),
        ("01 99 00 12 34", "fr", None),
        ("1,2,3 ± 1", "fr", None),
        ("1 ± 1,2,3", "fr", None),
        ("", "fr", None),
        ("Paris", "fr", None),
    ],
)
def test_an_author_writes_a_number_or_words(
    text: str, language: str, number: Written | None
) -> None:
    assert written(text, language) == number


def test_numbers_are_said_with_the_sign_of_the_language() -> None:
    assert say(3.5, "fr") == "3,5"
    assert say(3.5, "en") == "3.5"
    assert say(1200, "fr") == "1200"
    assert say(0.1 + 0.2, "de") == "0.3"
