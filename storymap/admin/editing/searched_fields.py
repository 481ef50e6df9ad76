"""Fields that are chosen by searching (Django's autocomplete), safe against keys that no database can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField
from django.http import HttpRequest

from storymap.numbers import OF_A_KEY, whole


class _ReadableKeys:
    """Django looks up what was sent before it is checked, and a key of 5,000 digits was an error of ours."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        readable = [key for key in value if whole(str(key), digits=OF_A_KEY) is not None]
        return super().optgroups(name, readable, attr)  # type: ignore[misc]  # of the widget beside it


class KeySelect(_ReadableKeys, AutocompleteSelect):
    pass


class KeySelectMultiple(_ReadableKeys, AutocompleteSelectMultiple):
    pass


class SearchedFields:
    """For admins and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        self._search(KeySelect, db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        self._search(KeySelectMultiple, db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _search(self: Any, widget: type, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", widget(db_field, self.admin_site, using=kwargs.get("using")))
