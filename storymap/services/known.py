"""The places of the record as an import knows them again: by slug, or by name and position."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from places.models import Place
from places.models.gazetteer import fold
from storymap.services.table_rows import Draft

NEAR = 0.0001  # degrees, some ten metres: positions are written with four decimals and more


class KnownPlaces:
    def __init__(self) -> None:
        self.by_slug: dict[str, Place] = {}
        self.by_name: dict[str, list[Place]] = defaultdict(list)
        for row in Place.objects.prefetch_related("translations"):
            self.by_slug[row.slug] = row
            for name in {fold(spoken.name) for spoken in row.translations.all()}:
                self.by_name[name].append(row)

    def add(self, row: Place, name: str) -> None:
        """A new place, which later rows may name."""
        self.by_slug[row.slug] = row
        self.by_name[fold(name)].append(row)

    def like(self, draft: Draft) -> Place | None:
        """By its slug; or by its name, which may be written as a slug, where the position is the same or not given."""
        slug, name = draft.values.get("slug"), draft.values.get("name", "")
        if slug:
            return self.by_slug.get(slug)
        named = self.by_name.get(fold(name), [])
        if not draft.has_position:
            return named[0] if len(named) == 1 else self.by_slug.get(name)
        return next((place for place in [*named, *self._of_slug(name)] if _near(place, draft.values)), None)

    def _of_slug(self, slug: str) -> list[Place]:
        return [self.by_slug[slug]] if slug in self.by_slug else []

    def named(self, draft: Draft) -> list[Place]:
        """All of the name; where there are several, a row without a position must say which."""
        return self.by_name.get(fold(draft.values.get("name", "")), [])


def _near(place: Place, values: dict[str, Any]) -> bool:
    across = abs(place.longitude - values["longitude"])
    return abs(place.latitude - values["latitude"]) < NEAR and min(across, 360 - across) < NEAR
