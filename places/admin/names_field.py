"""A form field for the authors of a source: one a line, as people write them; stored as CSL names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from places.references.names import names_from_text, names_to_text

LONGEST = 200  # characters of a name


class NamesField(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        names = names_from_text(super().to_python(value) or "")
        for part in (part for name in names for part in name.values()):
            if len(part) > LONGEST:
                raise ValidationError(_("A name has at most %(number)d characters.") % {"number": LONGEST})
        return names

    def validate(self, value: Any) -> None:
        """Nothing more: a source may have no author."""

    def run_validators(self, value: Any) -> None:
        """Those of texts do not fit."""

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else names_to_text(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return names_from_text(data or "") != names_from_text(self.prepare_value(initial))
