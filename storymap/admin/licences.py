"""The field for a licence: the usual ones are offered, and any other may be written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

HELP = gettext_lazy("What others may do with it. Choose one, or write it: All rights reserved.")


def _usual() -> list[tuple[str, str]]:
    return [
        ("CC-BY-4.0", _("Creative Commons: with credit")),
        ("CC-BY-SA-4.0", _("Creative Commons: with credit, under the same licence")),
        ("CC-BY-NC-4.0", _("Creative Commons: with credit, not for money")),
        ("CC0-1.0", _("Creative Commons: everything is allowed")),
        (_("Public domain"), _("Nobody has rights in it any more")),
        (_("All rights reserved"), _("Only with permission")),
    ]


class LicenceInput(forms.TextInput):
    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        offered = f"{(attrs or {}).get('id') or name}-offered"
        options = format_html_join("", '<option value="{}">{}</option>', _usual())
        field = super().render(name, value, {**(attrs or {}), "list": offered, "class": "vTextField"}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, offered, options)
