"""Authors' Markdown to clean HTML. The only place where author text becomes markup."""

from __future__ import annotations

import html
import re

import nh3
from markdown_it import MarkdownIt

MAX_CHARACTERS = 20_000  # what is longer takes the parser seconds on hostile input

_parser = MarkdownIt("js-default", {"maxNesting": 20, "html": False, "linkify": False, "typographer": False}).disable(
    ["image", "table", "heading", "lheading", "code", "fence", "hr"]
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")  # kana, Han, Thai, Lao
CHARACTERS_A_WORD = 2  # of a script that puts no spaces between words
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "br", "s", "code"}


def html_of(markdown: str) -> str:
    """Clean HTML of at most MAX_CHARACTERS of Markdown: paragraphs, emphasis, lists, quotations, links."""
    return nh3.clean(
        _parser.render(markdown[:MAX_CHARACTERS]),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    ).strip()


def words_in(markdown: str) -> int:
    """How many words a reader reads: addresses of links are none, and two characters of Japanese count as one word."""
    text = html.unescape(nh3.clean(html_of(markdown), tags=set()))
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + -(-unspaced // CHARACTERS_A_WORD)
