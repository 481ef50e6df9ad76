"""The form field for JSON that people type or paste."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from places.features import is_storable


class StorableJSONField(forms.JSONField):
    """Django's, but a text that its parser chokes on, or that no database keeps, is a mistake and not a crash."""

    def to_python(self, value: Any) -> Any:
        try:
            parsed = super().to_python(value)
        except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
            parsed = float("nan")
        if not is_storable(parsed):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": str(value)[:100]})
        return parsed

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows again after a mistake."""
        try:
            shown = super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return InvalidJSONInput(data)
        return shown if is_storable(shown) else InvalidJSONInput(data)
