"""Pages of the admin that are no form of a model: class-based views, mounted by a ModelAdmin in its `get_urls`."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views import View

from storymap.models import Story


class AdminPage(View):
    """Whoever may not open it gets 403 for every method; a page has `get`, `post` or both."""

    model_admin: Any = None
    permissions: tuple[str, ...] = ()
    template_name = ""

    def may_open(self) -> bool:
        return self.request.user.has_perms(self.permissions)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def page(self, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """The template, with what every page of the admin needs."""
        shared = {**self.model_admin.admin_site.each_context(self.request), "opts": self.model_admin.opts}
        return TemplateResponse(self.request, self.template_name, {**shared, "title": title, **context}, status=status)


class ObjectPage(AdminPage):
    """A page about the row that the address names; 404 where there is none."""

    object: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.model_admin.get_object(request, unquote(kwargs.pop("object_id")))
        if not self.may_open():
            raise PermissionDenied
        if self.object is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def page(self, title: str, *, status: int = 200, **context: Any) -> HttpResponse:
        return super().page(title, status=status, original=self.object, **context)

    def back(self, fragment: str = "") -> HttpResponseRedirect:
        """To the form of the row."""
        opts = self.model_admin.opts
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.object.pk])
        return HttpResponseRedirect(f"{address}{fragment}")


class StoryPage(ObjectPage):
    """A page about one story."""

    @property
    def story(self) -> Story:
        return self.object

    @property
    def version(self) -> int:
        """Of the story as it stands now: a form of the page sends it back as what its user has seen."""
        return Story.objects.values_list("version", flat=True).get(pk=self.object.pk)


class ChangingPage(ObjectPage):
    """For whoever may change the row."""

    def may_open(self) -> bool:
        return self.model_admin.has_change_permission(self.request, self.object)


def may_delete_parts(request: HttpRequest) -> bool:
    return request.user.has_perm("storymap.delete_chapter")


class DeletingPage(ChangingPage):
    """For whoever may also delete chapters."""

    def may_open(self) -> bool:
        return super().may_open() and may_delete_parts(self.request)


def mounted(model_admin: Any, address: str, page: type[AdminPage], name: str, **options: Any) -> URLPattern:
    """The address of the page below that of the model; `name` as in admin:storymap_story_publish."""
    view = model_admin.admin_site.admin_view(page.as_view(model_admin=model_admin, **options))
    return path(address, view, name=name)
