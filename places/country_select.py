"""A list of all countries to choose from, for forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


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
