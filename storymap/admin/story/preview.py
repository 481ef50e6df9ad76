"""The preview of a story: its draft in a frame of a chosen width, and links to it for colleagues."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from storymap.csp import policy
from storymap.models import PreviewLink, Story
from storymap.services.publishing.preview_links import make_preview_link, revoke_preview_link

WIDTHS = {"phone": (390, 844), "embed": (600, 800), "desktop": (1280, 800)}  # pixels


class PreviewMixin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        seen, wrapped = "<path:object_id>/preview/", self.admin_site.admin_view
        own = [
            path(seen, wrapped(self.preview_view), name="storymap_story_preview"),
            path(f"{seen}link/", wrapped(require_POST(self.link_view)), name="storymap_story_preview_link"),
            path(
                f"{seen}link/<int:link>/revoke/",
                wrapped(require_POST(self.revoke_view)),
                name="storymap_story_preview_revoke",
            ),
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Template admin/storymap/story/preview.html."""
        story = self._story_seen(request, object_id)
        return self._preview_page(request, story)

    def link_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A new link, shown this once: it is not stored, so it can be shown nowhere else."""
        story = self._story_shared(request, object_id)
        _link, token = make_preview_link(story=story, by=request.user)
        language = _language_of(request, story)
        address = settings.STORYMAP_SITE_URL + _in(language, "shared:story", token, story.slug)
        return self._preview_page(request, story, new_link=address)

    def revoke_view(self, request: HttpRequest, object_id: str, link: int) -> HttpResponse:
        story = self._story_shared(request, object_id)
        row = story.preview_links.filter(pk=link).first()
        if row is None:
            raise Http404
        revoke_preview_link(link=row, by=request.user)
        messages.success(request, _("The link is revoked: it leads nowhere now."))
        return HttpResponseRedirect(reverse("admin:storymap_story_preview", args=[story.pk]))

    def _preview_page(self, request: HttpRequest, story: Story, **context: Any) -> HttpResponse:
        language = _language_of(request, story)
        width = request.GET.get("width") if request.GET.get("width") in WIDTHS else "phone"
        links = PreviewLink.objects.filter(story=story).valid(timezone.now())
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": story,
            "title": _("Preview"),
            "subtitle": str(story),
            "widths": _widths(story, language),
            "width": width,
            "size": WIDTHS[str(width)],
            "languages": _languages(story),
            "language": language,
            "frame": _shown(language, str(width), story.slug),
            "chapters": _chapters(story, language),
            "links": links,
            "may_share": self.has_change_permission(request, story),
        }
        response = TemplateResponse(request, "admin/storymap/story/preview.html", {**page, **context})
        response["Content-Security-Policy"] = policy(frames="'self'")
        return response

    def _story_seen(self, request: HttpRequest, object_id: str) -> Story:
        story = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, story):
            raise PermissionDenied
        if story is None:
            raise Http404
        return story

    def _story_shared(self, request: HttpRequest, object_id: str) -> Story:
        story = self._story_seen(request, object_id)
        if not self.has_change_permission(request, story):
            raise PermissionDenied
        return story


def _language_of(request: HttpRequest, story: Story) -> str:
    """The one that `in` asks for, where the draft has it."""
    wanted = request.GET.get("in", "")
    return wanted if wanted in story.languages else story.default_language


def _in(language: str, name: str, *arguments: str) -> str:
    with translation.override(language):
        return reverse(name, args=arguments)


def _shown(language: str, width: str, slug: str) -> str:
    """What is in the frame: embedded, a story is another page."""
    return _in(language, "draft:embed" if width == "embed" else "draft:story", slug)


def _widths(story: Story, language: str) -> list[tuple[str, str, int, int, str]]:
    names = {"phone": _("Phone"), "embed": _("Embedded"), "desktop": _("Desktop")}
    return [(key, names[key], *WIDTHS[key], _shown(language, key, story.slug)) for key in WIDTHS]


def _languages(story: Story) -> list[tuple[str, str]]:
    return [(code, translation.get_language_info(code)["name_local"].capitalize()) for code in story.languages]


def _chapters(story: Story, language: str) -> list[tuple[str, str]]:
    rows = story.chapters.prefetch_related("translations").order_by("position", "pk")
    return [
        (
            row.safe_translation_getter("title", language_code=language, any_language=True) or row.slug,
            _in(language, "draft:chapter", story.slug, row.slug),
        )
        for row in rows
    ]
