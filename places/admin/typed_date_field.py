"""A form field for a date that is typed as people write it and stored as EDTF."""

from __future__ import annotations

from django import forms

from places.typed_dates import LONGEST, understand
from places.when import DateProblem


class TypedDateField(forms.CharField):
    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST, **kwargs})  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        try:
            return understand(typed).edtf if typed else ""
        except DateProblem as problem:
            raise forms.ValidationError(str(problem), code="edtf") from None
