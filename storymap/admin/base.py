"""What every model admin of the workshop does: deletions are written down, and searches have bounds."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from storymap.models import Story, Verb
from storymap.numbers import OF_A_KEY
from storymap.services.history.audit import record

LONGEST_SEARCH = 200  # characters: thousands of words are more than a database can take apart
_NONSENSE = re.compile(rf"\0|\d{{{OF_A_KEY + 1}}}")  # PostgreSQL keeps no NUL, and no database a number of any length


class WorkshopAdmin(admin.ModelAdmin):
    """The base of every registered ModelAdmin; a test makes sure that none is forgotten."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        for row in queryset:
            record(verb=Verb.DELETED, by=request.user, story=_story_of(row), about=row)
        return super().log_deletions(request, queryset)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Of a search that is cut to its bounds; subclasses search their own way in `search`."""
        return self.search(request, queryset, search_term.replace("\0", "")[:LONGEST_SEARCH])

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        """The rows that match, and whether some may be there twice."""
        return super().get_search_results(request, queryset, term)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Other nonsense in the address is ignored, as in Django."""
        asked = (value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values)
        if any(_NONSENSE.search(value) for value in asked):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)


class ReadOnlyAdmin(WorkshopAdmin):
    """To look at: nothing is added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _story_of(row: Model) -> Story | None:
    """Of a story, a part of one, or a translation of either."""
    whole = getattr(row, "master", row)
    story = whole if isinstance(whole, Story) else getattr(whole, "story", None)
    return story if isinstance(story, Story) else None
