"""Form fields: JSON that people type or paste, and dates typed as people write them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput

from places.features import is_storable
from places.typed_dates import LONGEST, TypedDate, understand
from places.when import DateProblem


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


class TypedDateField(forms.CharField):
    understood: TypedDate | None = None  # of the form that has been validated: every form has fields of its own

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST, **kwargs})

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        try:
            self.understood = understand(typed) if typed else None
        except DateProblem as problem:
            raise forms.ValidationError(str(problem), code="edtf") from None
        return self.understood.edtf if self.understood else ""

    @property
    def typed_time(self) -> str:
        """The time that was typed behind the date, on the clocks of the place; empty when there was none."""
        return f"{self.understood.time:%H:%M}" if self.understood and self.understood.time else ""
