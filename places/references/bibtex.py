"""BibTeX and biblatex. SOLE importer of bibtexparser and of pylatexenc, which decodes LaTeX."""

from __future__ import annotations

import re

import bibtexparser
from babel import Locale
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateFieldKeyBlock, Entry
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from places.references.csl import BIBTEX
from places.references.reading import Gathering, Reading, ReferenceProblem, doi_address

_START = re.compile(r"^\s*@\s*\w+\s*[{(]", re.MULTILINE)
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(r"\\url\s*\{([^{}]*)\}|(https?://[^\s{}\\]+)")
_LONGEST = 5000  # of a field: LaTeX is decoded in steps that grow with it
_CONTAINERS = ("journaltitle", "journal", "booktitle", "newspaper", "maintitle", "series")
_PUBLISHERS = ("publisher", "institution", "organization", "school", "archive", "howpublished")
_LANGUAGES = {name.casefold(): code for code, name in Locale("en").languages.items()}
_LANGUAGES |= dict.fromkeys(("american", "british", "usenglish", "ukenglish"), "en") | {"mexican": "es"}


def _latex() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    context.add_context_category("addresses", prepend=True, macros=[MacroTextSpec("url", simplify_repl="%s")])
    return LatexNodes2Text(latex_context=context, math_mode="verbatim")


_LATEX = _latex()


def looks_like_it(text: str) -> bool:
    return _START.search(text) is not None


def read(text: str) -> Reading:
    """The first entry of the text. Raises ReferenceProblem."""
    library = _parse_library(text)
    gathering = Gathering(text)
    entries = list(library.entries)
    for block in library.failed_blocks:
        entry = block.ignore_error_block if isinstance(block, DuplicateFieldKeyBlock) else None
        if isinstance(entry, Entry) and not entries:
            gathering.note(_line(block.start_line), _("a field occurs twice: the last one counts."))
            entries.append(entry)
    if not entries:
        raise _parsing_problem(library)
    broken = sum(not isinstance(block, DuplicateFieldKeyBlock) for block in library.failed_blocks)
    gathering.left_out(len(entries) - 1 + broken)
    _gather(_Fields(entries[0]), gathering)
    return gathering.done()


def _parse_library(text: str) -> Library:
    try:
        return bibtexparser.parse_string(text.replace("\r\n", "\n").replace("\r", "\n"))
    except Exception:  # noqa: BLE001  what a hostile text raises in the parser has no common name
        raise ReferenceProblem(_("Line 1: this BibTeX cannot be read.")) from None


def _parsing_problem(library: Library) -> ReferenceProblem:
    lines = [_line(block.start_line) for block in library.failed_blocks]
    if not lines:
        return ReferenceProblem(_("Line 1: there is no entry in this BibTeX, such as @book{…}."))
    return ReferenceProblem(
        _(
            "The entry that begins in line %(line)d is not whole. Is a comma, an equals sign, a quote "
            "or a closing brace missing?"
        )
        % {"line": lines[0]}
    )


def _line(start: int | None) -> int:
    return (start or 0) + 1


class _Fields:
    """The fields of an entry by small names: as they stand, and decoded."""

    def __init__(self, entry: Entry) -> None:
        self.type = entry.entry_type.casefold()
        self.line = _line(entry.start_line)
        self.lines = {field.key.casefold(): _line(field.start_line) for field in entry.fields}
        self.raw = {field.key.casefold(): str(field.value)[:_LONGEST] for field in entry.fields}

    def said(self, *names: str) -> str:
        return next((text for name in names if (text := decoded(self.raw.get(name, "")).strip())), "")

    def line_of(self, *names: str) -> int:
        return next((self.lines[name] for name in names if name in self.lines), self.line)


def decoded(text: str) -> str:
    """LaTeX as plain text; what is no LaTeX stays as it is."""
    if not set(text) & set("\\{}$~%`'-"):
        return text
    try:
        return _LATEX.latex_to_text(text)
    except Exception:  # noqa: BLE001  what a hostile text raises in the parser has no common name
        return text


def _gather(fields: _Fields, gathering: Gathering) -> None:
    _put_type(fields, gathering)
    title, subtitle = fields.said("title"), fields.said("subtitle")
    gathering.put("title", f"{title}: {subtitle}" if subtitle else title)
    gathering.put("author", _names(fields, gathering))
    publishers = [name for name in _PUBLISHERS if not _LINK.search(fields.raw.get(name, ""))]
    gathering.put("container", fields.said(*_CONTAINERS) or fields.said(*publishers))
    _put_language(fields, gathering)
    _put_address(fields, gathering)
    _put_issued(fields, gathering)
    gathering.put_date("accessed", fields.said("urldate", "lastchecked"), fields.line_of("urldate", "lastchecked"))


def _put_type(fields: _Fields, gathering: Gathering) -> None:
    kind = BIBTEX.get(fields.type)
    if kind is None:
        remark = _("the type “%(name)s” is not known, “document” is taken.") % {"name": fields.type[:100]}
        gathering.note(fields.line, remark)
    within = fields.said("entrysubtype").casefold()
    if kind == "article-journal" and within in ("newspaper", "magazine"):
        kind = f"article-{within}"
    elif kind == "document" and _LINK.search(fields.raw.get("url", "") + fields.raw.get("howpublished", "")):
        kind = "webpage"
    gathering.put("type", kind or "document")


def _names(fields: _Fields, gathering: Gathering) -> list[dict[str, str]]:
    field = next((name for name in ("author", "editor", "director") if fields.raw.get(name, "").strip()), "author")
    written = split_multiple_persons_names(fields.raw.get(field, ""))
    if written and written[-1].strip().casefold() == "others":
        written.pop()
        gathering.note(fields.line_of(field), _("“and others” is left out: add who is missing."))
    return [name for text in written if (name := _name(text.strip()))]


def _name(text: str) -> dict[str, str]:
    if re.fullmatch(r"\{[^{}]*\}", text):  # a body: braces keep its words together
        return {"literal": decoded(text)}
    parts = parse_single_name_into_parts(text, strict=False)
    family = decoded(" ".join([*parts.von, *parts.last, *parts.jr])).strip()
    given = decoded(" ".join(parts.first)).strip()
    return {"family": family, **({"given": given} if given else {})} if family else {}


def _put_language(fields: _Fields, gathering: Gathering) -> None:
    said = fields.said("langid", "language", "hyphenation")
    code = said if _CODE.fullmatch(said) else _LANGUAGES.get(said.casefold(), "")
    gathering.put("language", code)
    if said and not code:
        remark = _("the language “%(name)s” is not known.") % {"name": said[:100]}
        gathering.note(fields.line_of("langid", "language", "hyphenation"), remark)


def _put_address(fields: _Fields, gathering: Gathering) -> None:
    """Addresses are not LaTeX: a per cent sign in them begins no remark."""
    for name in ("url", "howpublished", "note"):
        if found := _LINK.search(re.sub(r"\\([_&%#~])", r"\1", fields.raw.get(name, ""))):
            gathering.put_address("url", found[1] or found[2], fields.line_of(name))
    gathering.put("url", doi_address(fields.raw.get("doi", "")))


def _put_issued(fields: _Fields, gathering: Gathering) -> None:
    if date := fields.said("date"):
        gathering.put_date("issued", date, fields.line_of("date"))
    year, month, day = (fields.said(name) for name in ("year", "month", "day"))
    if "issued" in gathering.fields or not year:
        return
    whole = " ".join(part for part in (day, month, year) if part)
    if month.isdecimal():
        whole = "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
    before = len(gathering.notes)
    gathering.put_date("issued", whole, fields.line_of("month", "year"))
    if len(gathering.notes) > before and month:
        gathering.put_date("issued", year, fields.line_of("year"))
