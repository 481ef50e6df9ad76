"""The sources of the record as an import knows them again, and new ones that its rows tell."""

from __future__ import annotations

from django.utils.translation import gettext as _

from places.models import Source
from places.models.gazetteer import fold
from storymap.services.naming import numbered, slug_of
from storymap.services.record import problems_of
from storymap.services.table_rows import Mention


class KnownSources:
    def __init__(self) -> None:
        self.slugs: dict[str, Source] = {}
        self.addresses: dict[str, Source] = {}
        self.titles: dict[str, Source] = {}
        for row in Source.objects.only("slug", "title", "url"):
            self._keep(row)

    def found(self, mention: Mention) -> tuple[Source | None, tuple[str, ...]]:
        """The one that is there, or a new one which later rows share; or what is wrong with it."""
        if there := self._like(mention):
            return there, ()
        if "title" not in mention.fields:
            name = mention.names[0][:100] if mention.names else "?"
            return None, (_("there is no source “%(name)s”") % {"name": name},)
        row = self._new(mention)
        if problems := problems_of(row):
            return None, tuple(
                _("source “%(name)s”: %(problem)s") % {"name": row.title[:100], "problem": p} for p in problems
            )
        self._keep(row)
        return row, ()

    def _like(self, mention: Mention) -> Source | None:
        """By its address; or by its slug or its title, unless what is told of it is of another source."""
        by_slug = next((self.slugs[name] for name in mention.names if name in self.slugs), None)
        by_address = next((self.addresses[name] for name in mention.names if name in self.addresses), None)
        if "title" not in mention.fields:
            return by_slug or by_address
        title, address = fold(mention.fields["title"]), mention.fields.get("url", "")
        if by_slug and (fold(by_slug.title) == title or (address and by_slug.url == address)):
            return by_slug
        by_title = self.titles.get(title)
        return by_address or (by_title if by_title and not (address and by_title.url) else None)

    def _new(self, mention: Mention) -> Source:
        fields = {"type": "webpage" if "url" in mention.fields else "document", **mention.fields}
        named = next((name for name in mention.names if name != mention.fields.get("url")), "")
        return Source(slug=numbered(named or slug_of(fields["title"], "source"), self.slugs), **fields)

    def _keep(self, row: Source) -> None:
        self.slugs[row.slug] = row
        self.titles.setdefault(fold(row.title), row)
        if row.url:
            self.addresses.setdefault(row.url, row)
