"""Countries by name, and the form field to choose one."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext as _

AT_SEA = "XZ"  # what UN/LOCODE calls international waters
_NONE = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # of Babel's territories: no countries


def country_choices(present: str = "") -> list[tuple[str, str]]:
    """Code and name in the editor's language, by name; the open sea last. `present` stays choosable whatever it is."""
    names = Locale.parse((get_language() or "en").replace("-", "_")).territories
    known = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NONE}
    choices = sorted(known.items(), key=lambda one: one[1])
    if present and present not in {*known, AT_SEA}:
        choices.append((present, present))
    return [("", "—"), *choices, (AT_SEA, _("the open sea"))]


def country_question() -> str:
    """What an editor is asked where nobody has said the country and the map must not decide it."""
    return _("Say in which country this is. The map does not decide it near a border or in a disputed area.")


class CountrySelect(forms.Select):
    """Writes its hundreds of options in one go: a template for each of them takes as long as the rest of the page."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen, named = self.format_value(value), {"name": name, **(attrs or {})}
        options = [(code, mark_safe(" selected" if code in chosen else ""), label) for code, label in self.choices]  # noqa: S308
        return format_html(
            "<select{}>\n{}\n</select>",
            flatatt(self.build_attrs(self.attrs, named)),
            format_html_join("\n", '<option value="{}"{}>{}</option>', options),
        )
