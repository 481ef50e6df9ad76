"""The forms of an admin page read as a `State`: as they are shown, and as a browser sent them; and written back."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from places.form_fields import TypedDateField
from storymap.admin.editing.merging import Row, State, Values
from storymap.numbers import whole_number

MOST = 8 * 1024 * 1024  # bytes of an unpacked base; more is not one of ours
MOST_ROWS = 2000
_COMPARED = (forms.FloatField, forms.IntegerField, forms.JSONField, forms.DateField, forms.TimeField)


@dataclass
class Page:
    """The form and the tables of one page."""

    form: Any
    formsets: list[Any]

    def shown_state(self) -> State:
        """As the page shows them; for forms that are not filled in."""
        tables = {
            f.prefix: [Row(str(i.instance.pk), _shown_values(i, _own_fields(f))) for i in f.initial_forms]
            for f in self.formsets
        }
        return State(_shown_values(self.form, set()), tables)

    def sent_state(self, data: QueryDict, files: Any) -> State:
        """As the browser sent them."""
        fields = {name: _sent_values(field, data, files, name) for name, field in _leaves(self.form, set())}
        return State(fields, {f.prefix: list(_sent_rows(f, data, files)) for f in self.formsets})

    def equal(self, table: str, name: str, left: Values, right: Values) -> bool:
        """Whether two values mean the same to the field."""
        if left == right:
            return True
        field = dict(_leaves(self._form_of(table), set())).get(name)
        return field is not None and _meaning(field, left) == _meaning(field, right)

    def field(self, table: str, name: str) -> forms.Field | None:
        return dict(_leaves(self._form_of(table), set())).get(name)

    def _form_of(self, table: str) -> Any:
        return next((f.empty_form for f in self.formsets if f.prefix == table), self.form)


def _own_fields(formset: Any) -> set[str]:
    """The fields that are not the row's content."""
    return {formset.model._meta.pk.name, formset.fk.name, DELETION_FIELD_NAME}


def _leaves(form: Any, but: set[str]) -> Iterator[tuple[str, forms.Field]]:
    """The fields that a text can stand for; files are chosen again."""
    for name, field in form.fields.items():
        if name not in but and not field.disabled and not isinstance(_widget(field), forms.FileInput):
            yield name, field


def _widget(field: forms.Field) -> forms.Widget:
    widget = field.widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _shown_values(form: Any, but: set[str]) -> dict[str, Values]:
    return {name: _values_as_sent(_widget(field), form[name].value()) for name, field in _leaves(form, but)}


def _values_as_sent(widget: Any, value: Any) -> Values:
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if widget.check_test(value) else ()
    shown = widget.format_value(value)
    return _clean(shown if isinstance(shown, list | tuple) else [shown])


def _sent_values(field: forms.Field, data: QueryDict, files: Any, name: str) -> Values:
    widget = _widget(field)
    value = widget.value_from_datadict(data, files, name)
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if value else ()
    return _clean(value if isinstance(value, list | tuple) else [value])


def _clean(values: Any) -> Values:
    """Browsers write ends of lines their own way; an empty field says nothing."""
    texts = (str(value).replace("\r\n", "\n") for value in values if value is not None)
    return tuple(text for text in texts if text)


def _meaning(field: forms.Field, values: Values) -> Any:
    if isinstance(field, TypedDateField):
        return field.meaning("".join(values))
    if isinstance(field, forms.CharField) and not isinstance(field, _COMPARED) and field.strip:
        return tuple(text for value in values if (text := value.strip()))
    if not isinstance(field, _COMPARED):
        return values
    try:
        value = field.to_python(values[0]) if values else None
    except ValidationError:
        return values
    return value if value not in field.empty_values else None


def _sent_rows(formset: Any, data: QueryDict, files: Any) -> Iterator[Row]:
    total = whole_number(data.get(f"{formset.prefix}-{TOTAL_FORM_COUNT}")) or 0
    empty = list(_leaves(formset.empty_form, _own_fields(formset)))
    for number in range(min(total, MOST_ROWS)):
        start = f"{formset.prefix}-{number}-"
        key = data.get(start + formset.model._meta.pk.name, "")
        fields = {name: _sent_values(field, data, files, start + name) for name, field in empty}
        if key or any(fields.values()):
            yield Row(key, fields, deleted=bool(data.get(start + DELETION_FIELD_NAME)), at=number)


def with_state(page: Page, state: State, data: QueryDict) -> QueryDict:
    """What the browser sent, with the fields and rows of `state` in place of its own."""
    data_now = data.copy()
    for name, values in state.fields.items():
        data_now.setlist(name, list(values))
    for formset in page.formsets:
        for name in [name for name in data_now if name.startswith(f"{formset.prefix}-")]:
            if not name.endswith("_FORMS"):
                del data_now[name]
        rows = state.tables[formset.prefix]
        data_now[f"{formset.prefix}-{TOTAL_FORM_COUNT}"] = str(len(rows))
        data_now[f"{formset.prefix}-{INITIAL_FORM_COUNT}"] = str(sum(bool(row.key) for row in rows))
        for number, row in enumerate(rows):
            _write_row(data_now, formset, number, row)
    return data_now


def _write_row(data_now: QueryDict, formset: Any, number: int, row: Row) -> None:
    start = f"{formset.prefix}-{number}-"
    data_now[start + formset.model._meta.pk.name] = row.key
    data_now[start + formset.fk.name] = str(formset.instance.pk)
    for name, values in row.fields.items():
        data_now.setlist(start + name, list(values))
    if row.deleted:
        data_now[start + DELETION_FIELD_NAME] = "on"


def moved_files(state: State, files: Any) -> Any:
    """Files of rows under the rows' new numbers."""
    data_now = files.copy()
    for table, rows in state.tables.items():
        for name in [name for name in data_now if name.startswith(f"{table}-")]:
            del data_now[name]
        for number, row in enumerate(rows):
            for name in [name for name in files if row.at is not None and name.startswith(f"{table}-{row.at}-")]:
                data_now.setlist(f"{table}-{number}-{name.split('-', 2)[2]}", files.getlist(name))
    return data_now


def pack(state: State) -> str:
    """For a hidden field of the page."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(state))).decode()


def unpack(text: str) -> State | None:
    """None for what is not a packed state."""
    try:
        packed = zlib.decompressobj()
        data = packed.decompress(base64.b64decode(text, validate=True), MOST)
        return msgspec.json.decode(data, type=State)
    except (binascii.Error, ValueError, zlib.error, json.JSONDecodeError, msgspec.MsgspecError):
        return None
