"""A copy of a whole story: asked for once, made at once, always a draft."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from places.translating import TranslatingAdmin
from storymap.services.copying import copy_story


class CopyingStoriesAdmin(TranslatingAdmin):
    """The part of the story admin that duplicates stories."""

    def get_urls(self) -> list[URLPattern]:
        copy = self.admin_site.admin_view(self.copy_view)
        return [path("<path:object_id>/copy/", copy, name="storymap_story_copy"), *super().get_urls()]

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Template admin/storymap/story/copy.html."""
        if not request.user.has_perm("storymap.add_story"):
            raise PermissionDenied
        if (story := self.get_object(request, unquote(object_id))) is None:
            raise Http404
        if request.method == "POST":
            copy = copy_story(story=story, by=request.user)
            messages.success(request, _("This is the copy, a draft. Readers see nothing of it until you publish it."))
            return HttpResponseRedirect(reverse("admin:storymap_story_change", args=[copy.pk]))
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "original": story, "title": str(story)}
        return TemplateResponse(request, "admin/storymap/story/copy.html", shared)
