"""Where readers report an error: an e-mail address, or the https address of a form. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

LONGEST = 300
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
_FORM = re.compile(rf"https://{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")


def is_corrections_address(text: str) -> bool:
    return len(text) <= LONGEST and bool(_EMAIL.fullmatch(text) or _FORM.fullmatch(text))


def letter_to(email: str, subject: str, lines: list[str]) -> str:
    """The address of a letter that is begun (RFC 6068): the reader goes on below the lines."""
    body = "\r\n".join([*lines, "", ""])
    return f"mailto:{quote(email, safe='@+')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def form_at(address: str, told: Mapping[str, str]) -> str:
    """The address of the form with what is told as further parameters."""
    parts = urlsplit(address)
    query = "&".join(filter(None, [parts.query, urlencode(told, quote_via=quote, safe="")]))
    return urlunsplit(parts._replace(query=query))
