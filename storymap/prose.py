"""Authors' Markdown to clean HTML. The only place where author text becomes markup."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

MAX_CHARACTERS = 20_000  # what is longer takes the parser seconds on hostile input

_parser = MarkdownIt("js-default", {"maxNesting": 20, "html": False, "linkify": False, "typographer": False}).disable(
    ["image", "table", "heading", "lheading", "code", "fence", "hr"]
)
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
