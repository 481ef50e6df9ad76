"""Whose pages may hold a story's embed: one host a line, as a content security policy names it (CSP 3, host-source)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 60  # hosts: the header that names them has to pass every server on the way
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:https?://)?(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::(?:[0-9]{{1,5}}|\*))?")


def hosts_of(text: str) -> tuple[str, ...]:
    """The hosts in the text, each once. What is none is left out: a policy is never made of unknown words."""
    return tuple(dict.fromkeys(line for line in _lines(text) if _HOST.fullmatch(line)))


def validate_hosts(text: str) -> None:
    """Raises ValidationError that names the first line that is no host."""
    lines = _lines(text)
    wrong = next((line for line in lines if not _HOST.fullmatch(line)), None)
    if wrong is not None:
        raise ValidationError(
            _("“%(line)s” is no host. Write one a line, such as news.example.org or *.example.org, without a path."),
            params={"line": wrong[:80]},
        )
    if len(lines) > MOST:
        raise ValidationError(_("At most %(number)s hosts."), params={"number": MOST})


def _lines(text: str) -> list[str]:
    return [line.strip().lower().removesuffix("/") for line in text.splitlines() if line.strip()]
