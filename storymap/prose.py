"""Authors' Markdown to clean HTML. The only place where author text becomes markup."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt

MAX_CHARACTERS = 20_000  # what is longer takes the parser seconds on hostile input

_parser = MarkdownIt("js-default", {"maxNesting": 20, "html": False, "linkify": False, "typographer": False}).disable(
    ["image", "table", "heading", "lheading", "code", "fence", "hr"]
)
_WITHIN = re.compile(r'(<a href="#[^"]*"(?: title="[^"]*")?) rel="noopener noreferrer"')  # leads to no other site
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff]")  # kana, Han, Thai, Lao
CHARACTERS_A_WORD = 2  # of a script that puts no spaces between words
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "br", "s", "code"}


def html_of(markdown: str) -> str:
    """Clean HTML of at most MAX_CHARACTERS of Markdown: paragraphs, emphasis, lists, quotations, links."""
    clean = nh3.clean(
        _parser.render(markdown[:MAX_CHARACTERS]),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    ).strip()
    return _WITHIN.sub(r"\1", clean)


def words_in(markdown: str) -> int:
    """How many words a reader reads: addresses of links are none."""
    return words_in_text(html.unescape(nh3.clean(html_of(markdown), tags=set())))


def words_in_text(text: str) -> int:
    """The same of plain text. Two characters of Japanese count as one word."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + -(-unspaced // CHARACTERS_A_WORD)


class _Plain(HTMLParser):
    """Collects the words of clean HTML; blocks begin on a line of their own."""

    BREAKS = {"p": "\n\n", "blockquote": "\n\n", "ul": "\n\n", "ol": "\n\n", "li": "\n- ", "br": "\n"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(self.BREAKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.words.append(data.replace("\n", " "))


def text_of(clean: str) -> str:
    """The words of `html_of` without markup: a blank line between paragraphs, a hyphen before each item of a list."""
    plain = _Plain()
    plain.feed(clean)
    plain.close()
    text = re.sub(r"(\n- )\s+", r"\1", "".join(plain.words))  # the items of a list may be paragraphs
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
