"""Forms in which an address may be left empty: it is made from the title, and stays when the title changes."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from storymap.services.stories.slugs import free_slug


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
