from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.base import markdown
from course.base.markdown import french


def somewhere(scheme: str, target: str) -> str | None:
    return None if target == "nowhere" else f"/{scheme}/{target}"


class Page(HTMLParser):
    """The tags and attributes of a text made HTML."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_raw_html_is_shown_as_text() -> None:
    written = markdown.html("<script>alert(1)</script>\n\na <b onclick=x>b</b>")

    assert Page(written).tags == ["p", "p"]
    assert "&lt;script&gt;" in written


def test_a_heading_keeps_its_level_and_its_anchor() -> None:
    assert markdown.html("## The roads {#roads}") == ('<h2 id="roads">The roads</h2>\n')
    assert markdown.html("### The roads") == "<h3>The roads</h3>\n"
    assert markdown.html('## x {#"onclick=}') == "<h2>x</h2>\n"


def test_a_quotation_may_be_a_callout() -> None:
    assert markdown.html("> [!NOTE] Good to *know*\n> Text\n>\n> More") == (
        '<aside class="callout note" role="note">\n'
        '<p class="callout-title">Good to <em>know</em></p>\n'
        "<p>Text</p>\n<p>More</p>\n</aside>\n"
    )


def test_a_callout_may_have_no_title_or_no_text() -> None:
    assert markdown.html("> [!warning]\n> Text") == (
        '<aside class="callout warning" role="note">\n<p>Text</p>\n</aside>\n'
    )
    assert "<p></p>" not in markdown.html("> [!NOTE] Alone")
    assert 'class="callout-title">Alone' in markdown.html("> [!NOTE] Alone")


@pytest.mark.parametrize("text", ["> Said.", "> [!TIP] No", "> - [!NOTE] No", ">"])
def test_other_quotations_stay_quotations(text: str) -> None:
    assert "<blockquote>" in markdown.html(text)


def test_a_callout_may_hold_a_quotation() -> None:
    written = markdown.html("> [!NOTE] Title\n> > Said.\n>\n> End")

    assert Page(written).tags == ["aside", "p", "blockquote", "p", "p"]


def test_own_links_are_resolved() -> None:
    text = "[a](term:été) [b](lesson:x#y) **[c](quiz:nowhere)**"

    assert markdown.inline(text, somewhere) == (
        '<a href="/term/été">a</a> <a href="/lesson/x#y">b</a> <strong>c</strong>'
    )
    assert markdown.inline("[a](term:x)") == "a"


def test_outside_links_are_marked_and_others_are_dropped() -> None:
    assert markdown.inline("[a](https://a.example)") == (
        '<a href="https://a.example" rel="noopener">a</a>'
    )
    assert markdown.inline("[a](#roads)") == '<a href="#roads">a</a>'
    assert markdown.inline("[a](/admin) [b](//b.example) [c](ftp://c)") == "a b c"
    assert "href" not in markdown.inline(
        "[a](javascript:alert(1)) [b](data:text/html,x)"
    )


def test_only_pictures_of_the_course_are_shown() -> None:
    assert markdown.inline("![Two PCs](images/a.svg)", somewhere) == (
        '<img src="/image/images/a.svg" alt="Two PCs" />'
    )
    assert 'src="images/a.svg"' in markdown.inline("![Two PCs](images/a.svg)")
    assert markdown.inline("![Two](nowhere)", somewhere) == "Two"
    assert markdown.inline("![Two](https://a.example/a.svg)", somewhere) == "Two"


def test_cells_say_their_side_by_a_class() -> None:
    written = markdown.html("| a | b | c | d |\n|:-|:-:|-:|-|\n| 1 | 2 | 3 | 4 |")

    assert "style" not in written
    for side in ("start", "middle", "end"):
        assert f'<th class="{side}" scope="col">' in written
        assert f'<td class="{side}">' in written
    assert '<th scope="col">d</th>' in written


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Oui ! Non ;", "Oui\u202f! Non\u202f;"),
        ("Attention : lisez", "Attention\u00a0: lisez"),
        ("à 10:42 https://a.example", "à 10:42 https://a.example"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("«oui»", "«\u00a0oui\u00a0»"),
        ("1 366 000 €", "1\u202f366\u202f000\u00a0€"),
        ("20 %", "20\u00a0%"),
        ("en 2026 100 firmes", "en 2026\u202f100 firmes"),
    ],
)
def test_french_spaces_do_not_break(typed: str, set_: str) -> None:
    assert french(typed) == set_


def test_only_french_words_get_french_spaces() -> None:
    assert markdown.inline("A : `b : c` ?") == ("A\u00a0: <code>b : c</code>\u202f?")
    assert markdown.inline("A : b", language="en") == "A : b"


def test_halves_of_letters_do_not_break_a_page() -> None:
    assert markdown.inline("a\ud800b") == "a?b"


def test_spans_say_what_there_is_to_read_and_where() -> None:
    text = (
        "## Title {#a}\n\n> [!NOTE] Box\n> One [x](term:y)\n> two\n\n"
        "| h |\n|---|\n| c |\n\n- i `code`\n- ![w](images/p.svg)\n"
    )

    found = [(span.line, span.text) for span in markdown.spans(text)]

    assert found == [
        (0, "Title"), (2, "Box"), (3, "One x\ntwo"), (6, "h"), (8, "c"),
        (10, "i code"), (11, ""),
    ]  # fmt: skip
    spans = markdown.spans(text)
    assert (spans[0].heading, spans[0].anchor) == (2, "a")
    assert spans[2].links == ("term:y",)
    assert spans[6].pictures == (("images/p.svg", "w"),)


pieces = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["<script>", "</p>", "[a](javascript:x)", "](", "![x](data:a)", "# ", "> ",
             "[!NOTE]", "{#a}", "|a|\n|:-|\n", "<a href=x onclick=y>", "`", "**", "\n",
             "\n\n", "&lt;", "<http://a.example>", "[x]: javascript:1\n", "- ", "    "]
        ),
    ),
    max_size=14,
).map("".join)  # fmt: skip
SAFE = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "img", "em", "strong", "code", "pre",
    "ul", "ol", "li", "blockquote", "aside", "table", "thead", "tbody", "tr", "th",
    "td", "br", "hr",
}  # fmt: skip
ATTRIBUTES = {
    "href", "rel", "title", "src", "alt", "id", "class", "role", "scope", "start",
}  # fmt: skip


@given(pieces, st.sampled_from([None, somewhere]))
def test_no_text_makes_an_unsafe_page(text: str, link: markdown.Link | None) -> None:
    for make in (markdown.html, markdown.inline):
        page = Page(make(text, link))
        assert set(page.tags) <= SAFE
        assert {name for name, _ in page.attributes} <= ATTRIBUTES
        for name, value in page.attributes:
            if name in ("href", "src"):
                start = (value or "").casefold()
                assert start.startswith(
                    ("https:", "http:", "mailto:", "tel:", "#", "/", "images")
                ) or (name == "src" and ":" not in start)
    markdown.spans(text)
