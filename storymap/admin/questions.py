"""What the editors' lists may be asked: nothing that a database cannot take."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest

from storymap.numbers import OF_A_KEY

LONGEST_SEARCH = 200  # characters: thousands of words are more than a database can take apart
_NONSENSE = re.compile(rf"\0|\d{{{OF_A_KEY + 1}}}")  # PostgreSQL keeps no NUL, and no database a number of any length


class AskedInBounds:
    """Comes before every registered ModelAdmin. A search is shortened, other nonsense ignored, as in Django."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        term = search_term.replace("\0", "")[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, term)  # type: ignore[misc]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        asked = (value for name, values in request.GET.lists() if name != SEARCH_VAR for value in values)
        if any(_NONSENSE.search(value) for value in asked):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)  # type: ignore[misc]
