"""What the address of an embed may ask for. Options change how a story is shown, never what may be seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

THEMES = ("auto", "light", "dark")
MAPS = ("top", "left", "right", "only", "none")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
LONGEST = 120  # characters of a slug


class BadOption(ValueError):
    """An option with a value that it cannot have."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


@dataclass(frozen=True)
class Options:
    """Slugs are as they were given: whether there is such a chapter is for the edition to say."""

    theme: str = "auto"
    map: str = "top"
    lang: str = ""  # empty: the address says it
    start: str = ""  # a chapter or a moment
    chapters: tuple[str, str] = ("", "")  # the first and the last that are shown
    edition: int = 0  # 0: the newest

    def query(self, *, start: str | None = None) -> str:
        """The options as a query with its question mark, perhaps with another start. What is as it would be anyway is
        left out, and so is the language: an address says it by itself."""
        opened = self.start if start is None else start
        chapters = "..".join(self.chapters) if any(self.chapters) else ""
        theme, beside = ("" if value == usual else value for value, usual in ((self.theme, "auto"), (self.map, "top")))
        wanted = {"theme": theme, "map": beside, "start": opened, "chapters": chapters, "edition": self.edition or ""}
        said = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(said)}" if said else ""


def options_of(query: Mapping[str, str], languages: Collection[str]) -> Options:
    """Names that are unknown here are ignored: hosts add their own. Raises BadOption."""
    return Options(
        theme=_one_of(query, "theme", THEMES),
        map=_one_of(query, "map", MAPS),
        lang=_language(query, languages),
        start=_start(query),
        chapters=_chapters(query),
        edition=_edition(query),
    )


def _one_of(query: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    value = query.get(name, values[0])
    if value not in values:
        raise BadOption(name, _("It is one of %(values)s.") % {"values": ", ".join(values)})
    return value


def _language(query: Mapping[str, str], languages: Collection[str]) -> str:
    value = query.get("lang", "")
    if "lang" in query and value not in languages:
        raise BadOption("lang", _("It is one of %(values)s.") % {"values": ", ".join(languages)})
    return value


def _start(query: Mapping[str, str]) -> str:
    value = query.get("start", "")
    if "start" in query and not _is_slug(value):
        raise no_such_start()
    return value


def _chapters(query: Mapping[str, str]) -> tuple[str, str]:
    if "chapters" not in query:
        return "", ""
    first, dots, last = query["chapters"].partition("..")
    if not dots or not _is_slug(first) or not _is_slug(last):
        raise no_such_chapters()
    return first, last


def _edition(query: Mapping[str, str]) -> int:
    if "edition" not in query:
        return 0
    if not _NUMBER.fullmatch(query["edition"]):
        raise BadOption("edition", _("It is the number of an edition, such as 3."))
    return int(query["edition"])


def no_such_start() -> BadOption:
    return BadOption("start", _("It is the name of a chapter that is shown here, or of one of its events."))


def no_such_chapters() -> BadOption:
    return BadOption("chapters", _("It is the names of the first and the last chapter, in their order: first..last."))


def _is_slug(value: str) -> bool:
    return len(value) <= LONGEST and _SLUG.fullmatch(value) is not None
