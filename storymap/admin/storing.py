"""Forms that bring files: a full disk is said at the field, and what was written goes again when the change fails."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from storymap.services.storing import CannotStore, Storing


class StoringAdmin(admin.ModelAdmin):
    """`save_model` keeps files by `request.storing`; the form says `cannot_store` where it asks for a file."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The rows are taken back by Django's transaction, the files by ours around it."""
        try:
            with Storing() as storing:
                request.storing = storing  # type: ignore[attr-defined]
                return super().changeform_view(request, *args, **kwargs)
        except CannotStore as problem:
            request.cannot_store = str(problem)  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)  # once more, to say so; what was typed is still there

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.cannot_store = getattr(request, "cannot_store", "")
        return form
