from course.domain.profile import Trade
from course.domain.quote import Quote, fill, fill_longest, fill_trade, quotes_in
from course.domain.text import Text

WORDS = {
    "supplier": {
        trade: Text(fr="le négoce" if trade is Trade.FITTER else "ici")
        for trade in Trade
    }
}


def test_what_a_text_borrows_is_found() -> None:
    found = list(quotes_in("{{fact.Hours}} {{ trade.supplier }} {{ what }}"))

    assert found == [
        Quote("{{fact.Hours}}", "fact", "hours"),
        Quote("{{ trade.supplier }}", "trade", "supplier"),
        Quote("{{ what }}", "", ""),
    ]


def test_only_known_words_of_the_table_are_put_in() -> None:
    text = "{{ fact.a }} {{ fact.b }} {{ trade.a }}"

    assert fill(text, "fact", {"a": "1"}) == "1 {{ fact.b }} {{ trade.a }}"


def test_a_text_speaks_the_words_of_a_trade() -> None:
    text = "Chez {{ trade.supplier }}."

    assert fill_trade(text, "fr", WORDS, Trade.FITTER) == "Chez le négoce."
    assert fill_trade(text, "fr", WORDS, None) == "Chez ici."
    assert fill_trade("Rien.", "fr", WORDS, None) == "Rien."
    assert fill_longest(text, "fr", WORDS) == "Chez le négoce."
