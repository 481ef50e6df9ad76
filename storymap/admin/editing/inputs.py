"""The inputs of a form of the admin as a browser sees them: their names, labels and values as text.

An autosave is stored by these names. Rows of a table in the form are recognized by their keys, not by their numbers,
which move when somebody else adds or deletes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from storymap.services.stories.autosaves import Typed

Fields = Iterable[BoundField]  # a form, or all fields of several
NEVER = (forms.PasswordInput,)


@dataclass(frozen=True)
class Input:
    name: str
    label: str
    stored: list[str]
    bound: BoundField

    @property
    def is_file(self) -> bool:
        """An autosave knows its name; its content nobody but the browser has, and no page can put it back."""
        return isinstance(self.bound.field.widget, forms.FileInput)

    @property
    def options(self) -> dict[str, str]:
        """What is chosen from, where that is a fixed list."""
        if isinstance(self.bound.field, forms.ModelChoiceField) or not hasattr(self.bound.field, "choices"):
            return {}
        return {str(value): str(words) for value, words in _flat(self.bound.field.choices)}

    def named(self, values: list[str]) -> dict[str, str]:
        """The names of chosen rows: a browser may not have loaded them. A field may know words of its own."""
        field = self.bound.field
        if words_of := getattr(field, "words_of", None):
            return {value: words_of(value) for value in values if value}
        return {v: _row_name(field, v) for v in values if v} if isinstance(field, forms.ModelChoiceField) else {}

    def words(self, values: list[str]) -> str:
        """The values as a person reads them."""
        if isinstance(self.bound.field, forms.BooleanField):
            return _("yes") if values else _("no")
        names = {**self.options, **self.named(values)}
        return ", ".join(names.get(value, value) for value in values if value)


def inputs_of(form: Fields, title: str = "") -> Iterator[Input]:
    for bound in form:
        label = f"{title}: {bound.label}" if title else str(capfirst(bound.label))
        shown = bound.field.prepare_value(bound.initial)
        for name, values in _parts(bound.field.widget, bound.html_name, shown):
            yield Input(name, label, values, bound)


def all_inputs(form: Fields, formsets: list[Any], typed: Typed) -> dict[str, Input]:
    """Every input of the page by its name; rows that only the autosave has are there too, empty."""
    inputs = {each.name: each for each in inputs_of(form)}
    for formset in formsets:
        kind = capfirst(formset.model._meta.verbose_name)
        for number, row in enumerate(formset.forms, 1):
            inputs |= {each.name: each for each in inputs_of(row, f"{kind} {number}")}
        empty = {each.name: each for each in inputs_of(formset.empty_form, kind)}
        for name in typed:
            if name not in inputs and (new := _of_new_row(empty, formset.prefix, name)):
                inputs[name] = new
    return inputs


def relocated(typed: Typed, formsets: list[Any]) -> tuple[Typed, Typed]:
    """The autosave with the names that its rows have now; and what was typed in rows that are gone."""
    here, gone, moved = dict(typed), Typed(), Typed()
    for formset in formsets:
        key = formset.model._meta.pk.name
        now = {str(row.instance.pk): number for number, row in enumerate(formset.initial_forms)}
        new = len(now)
        for number, names in sorted(_rows(typed, formset.prefix).items()):
            values = {name: here.pop(name) for name in names}
            row = "".join(typed.get(f"{formset.prefix}-{number}-{key}", []))
            if row and row not in now:
                gone |= {name: value for name, value in values.items() if not name.endswith(f"-{key}")}
                continue
            moved |= {_name_with_number(n, formset.prefix, now[row] if row else new): v for n, v in values.items()}
            new += not row
    return {**here, **moved}, gone


def fill(form: Fields, formsets: list[Any], typed: Typed) -> None:
    """Show the autosave in the form. Nothing is stored; `typed` has been relocated."""
    for formset in formsets:
        there = len(formset.initial_forms)
        if (needed := max(_rows(typed, formset.prefix), default=-1) + 1 - there) > formset.extra:
            formset.extra = needed
            for cached in ("forms", "management_form"):
                formset.__dict__.pop(cached, None)
    inputs = {name: each for name, each in all_inputs(form, formsets, {}).items() if not each.is_file}
    data = MultiValueDict({n: typed.get(n, i.stored) for n, i in inputs.items() if typed.get(n, i.stored)})
    for bound in {id(each.bound): each.bound for name, each in inputs.items() if name in typed}.values():
        raw = bound.field.widget.value_from_datadict(data, MultiValueDict(), bound.html_name)
        bound.initial = bound.field.bound_data(raw, bound.initial)


def is_same(one: list[str], other: list[str]) -> bool:
    """Browsers send other line ends than they show, and Django strips blanks."""
    return _plain(one) == _plain(other)


def _plain(values: list[str]) -> list[str]:
    return [text for value in values if (text := value.replace("\r\n", "\n").strip())]


def _parts(widget: Any, name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, NEVER):
        return
    if isinstance(widget, forms.FileInput):
        yield name, []  # what is stored already was not chosen
    elif isinstance(widget, forms.MultiWidget):
        values = value if isinstance(value, list) else widget.decompress(value) or []
        for part, suffix, each in zip(widget.widgets, _suffixes(widget), values, strict=False):
            yield from _parts(part, name + suffix, each)
    elif isinstance(widget, forms.CheckboxInput):
        yield name, ["on"] if widget.check_test(value) else []
    else:
        shown = widget.format_value(value)
        yield name, [str(each) for each in shown] if isinstance(shown, list | tuple) else [str(shown or "")]


def _suffixes(widget: Any) -> list[str]:
    return widget.widgets_names


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield value, words


def _row_name(field: forms.ModelChoiceField, value: str) -> str:
    try:
        row = forms.ModelChoiceField.to_python(field, value)
    except ValidationError:
        return value
    return field.label_from_instance(row)


def _rows(typed: Typed, prefix: str) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for name in typed:
        if match := re.match(rf"{re.escape(prefix)}-(\d{{1,4}})-", name):
            rows.setdefault(int(match[1]), []).append(name)
    return rows


def _name_with_number(name: str, prefix: str, number: int) -> str:
    return re.sub(rf"^{re.escape(prefix)}-\d+-", lambda _match: f"{prefix}-{number}-", name)


def _of_new_row(empty: dict[str, Input], prefix: str, name: str) -> Input | None:
    match = re.match(rf"{re.escape(prefix)}-(\d{{1,4}})-", name)
    known = empty.get(f"{prefix}-__prefix__-{name[match.end() :]}") if match else None
    if not match or not known:
        return None
    kind, _colon, label = known.label.partition(": ")
    return replace(known, name=name, label=f"{kind} {int(match[1]) + 1}: {label}")
