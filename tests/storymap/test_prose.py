"""Markdown to HTML: what authors may use, and what never reaches a page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from storymap.prose import MAX_CHARACTERS, html_of, text_of, words_in


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"),
        ("[x](#meeting)", '<p><a href="#meeting">x</a></p>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("", ""),
    ],
)
def test_authors_write_paragraphs_emphasis_lists_quotations_and_links(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/spy.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        '[x](https://example.org "a\\" onmouseover=\\"alert(1)")',
        "<style>p{}</style>",
    ],
)
def test_nothing_that_acts_or_fetches_gets_through(markdown: str) -> None:
    html = re.sub(r' title="[^"<>]*"', "", html_of(markdown))  # text in a closed attribute is harmless
    assert not re.search(r"<(script|img|style|iframe|svg)|<[^>]*\son\w+\s*=|href=\"(?!https?:|mailto:|#)", html)


ALLOWED = re.compile(r"</?(?:p|em|strong|a|ul|ol|li|blockquote|br|s|code)(?: [a-z]+=\"[^\"<>]*\")*>")


@given(st.text("<>[]()#*_`&;:\"'!/ aojscriptn=\n", max_size=80) | st.text(max_size=60))
def test_whatever_is_written_only_known_tags_come_out(markdown: str) -> None:
    assert "<" not in ALLOWED.sub("", html_of(markdown))


def test_a_hostile_length_or_depth_is_cut_short() -> None:
    assert len(html_of("a" * (MAX_CHARACTERS + 500))) == MAX_CHARACTERS + len("<p></p>")
    assert html_of(">" * 5000 + " deep").count("<blockquote>") <= 20


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("", 0),
        ("On the **evening** of 17 December", 6),
        ("[welcomed several guests](#reception-1996-12-17) & more", 4),
        ("It's the ambassador’s well-known 3.5 metres", 6),
        ("大使公邸が占拠された。", 5),
        ("MRTAの14人", 3),
    ],
)
def test_words_are_counted_as_a_reader_reads_them(markdown: str, count: int) -> None:
    assert words_in(markdown) == count


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("One *two*\nthree.\n\nFour [five](https://example.org/) & <b>", "One two three.\n\nFour five & <b>"),
        ("- one\n- two\n  more\n\nafter", "- one\n- two more\n\nafter"),
        ("1. one\n\n   inside\n2. two", "- one\n\ninside\n- two"),
        ("> said\n> so", "said so"),
        ("hard  \nbreak", "hard\nbreak"),
        ("*a* *b*\n*c*", "a b c"),
    ],
)
def test_text_without_markup(markdown: str, text: str) -> None:
    assert text_of(html_of(markdown)) == text
