"""What fields of several forms share: a slug may be left empty, and rows are chosen by searching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from storymap.numbers import OF_A_KEY, whole_number
from storymap.services.stories.slugs import free_slug


class _ReadableKeys:
    """Django looks up what was sent before it is checked, and a key of 5,000 digits was an error of ours."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        readable = [key for key in value if whole_number(str(key), digits=OF_A_KEY) is not None]
        return super().optgroups(name, readable, attr)  # type: ignore[misc]  # of the widget beside it


class KeySelect(_ReadableKeys, AutocompleteSelect):
    pass


class KeySelectMultiple(_ReadableKeys, AutocompleteSelectMultiple):
    pass


class LoadedChoice(ModelChoiceField):
    """Asks for no row that the form has read already: a table of a hundred rows would ask a hundred times."""

    stored: Model | None = None

    def to_python(self, value: Any) -> Any:
        if self.stored is not None and str(value) == str(self.stored.pk):
            return self.stored
        return super().to_python(value)


class SearchedFields:
    """For admins and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        self._search(KeySelect, db_field, request, kwargs)
        kwargs.setdefault("form_class", LoadedChoice)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        self._search(KeySelectMultiple, db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _search(self: Any, widget: type, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", widget(db_field, self.admin_site, using=kwargs.get("using")))


class Addressed:
    """A mixin for a ModelForm; before it."""

    named_by = "title"  # the field that tells the address

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):  # who may only look has no fields
            slug.required = False
            slug.help_text = _("Part of the address. Left empty, it is made for you.")

    def clean(self: Any) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data  # type: ignore[misc]
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug"):
            cleaned["slug"] = self.instance.slug or self.new_slug(cleaned)
        return cleaned

    def new_slug(self: Any, cleaned: dict[str, Any]) -> str:
        return free_slug(cleaned.get(self.named_by) or "", self.neighbours(cleaned), self.instance._meta.model_name)

    def neighbours(self: Any, cleaned: dict[str, Any]) -> QuerySet:
        """The rows among which the address is to be free."""
        return type(self.instance)._default_manager.all()
