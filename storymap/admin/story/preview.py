"""The preview of a story: its draft in a frame of a chosen width, and links to it for colleagues."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from storymap.admin.pages import ChangingPage, StoryPage
from storymap.csp import policy
from storymap.models import PreviewLink, Story
from storymap.services.publishing.review import make_preview_link, revoke_preview_link

WIDTHS = {"phone": (390, 844), "embed": (600, 800), "desktop": (1280, 800)}  # pixels


class PreviewPage(StoryPage):
    template_name = "admin/storymap/story/preview.html"

    def may_open(self) -> bool:
        return self.model_admin.has_view_or_change_permission(self.request, self.object)

    def get(self, request: HttpRequest, **context: Any) -> HttpResponse:
        story, language = self.story, _language_of(request, self.story)
        width = str(request.GET.get("width") if request.GET.get("width") in WIDTHS else "phone")
        page = {
            "subtitle": str(story),
            "widths": _widths(story, language),
            "width": width,
            "size": WIDTHS[width],
            "languages": _languages(story),
            "language": language,
            "frame": _frame_address(language, width, story.slug),
            "chapters": _chapters(story, language),
            "links": PreviewLink.objects.filter(story=story).valid(timezone.now()),
            "may_share": self.model_admin.has_change_permission(request, story),
        }
        response = self.page(_("Preview"), **page, **context)
        response["Content-Security-Policy"] = policy(frames="'self'")
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)


class NewPreviewLink(PreviewPage):
    """A new link, shown this once: it is not stored, so it can be shown nowhere else."""

    http_method_names = ["post"]

    def may_open(self) -> bool:
        return self.model_admin.has_change_permission(self.request, self.object)

    def post(self, request: HttpRequest) -> HttpResponse:
        _link, token = make_preview_link(story=self.story, by=request.user)
        language = _language_of(request, self.story)
        address = settings.STORYMAP_SITE_URL + _address_in(language, "shared:story", token, self.story.slug)
        return self.get(request, new_link=address)


class RevokePreviewLink(ChangingPage):
    def post(self, request: HttpRequest, link: int) -> HttpResponse:
        revoke_preview_link(link=get_object_or_404(self.object.preview_links, pk=link), by=request.user)
        messages.success(request, _("The link is revoked: it leads nowhere now."))
        return HttpResponseRedirect(reverse("admin:storymap_story_preview", args=[self.object.pk]))


def _language_of(request: HttpRequest, story: Story) -> str:
    """The one that `in` asks for, where the draft has it."""
    wanted = request.GET.get("in", "")
    return wanted if wanted in story.languages else story.default_language


def _address_in(language: str, name: str, *arguments: str) -> str:
    with translation.override(language):
        return reverse(name, args=arguments)


def _frame_address(language: str, width: str, slug: str) -> str:
    """What is in the frame: embedded, a story is another page."""
    return _address_in(language, "draft:embed" if width == "embed" else "draft:story", slug)


def _widths(story: Story, language: str) -> list[tuple[str, str, int, int, str]]:
    names = {"phone": _("Phone"), "embed": _("Embedded"), "desktop": _("Desktop")}
    return [(key, names[key], *WIDTHS[key], _frame_address(language, key, story.slug)) for key in WIDTHS]


def _languages(story: Story) -> list[tuple[str, str]]:
    return [(code, translation.get_language_info(code)["name_local"].capitalize()) for code in story.languages]


def _chapters(story: Story, language: str) -> list[tuple[str, str]]:
    rows = story.chapters.prefetch_related("translations").order_by("position", "pk")
    return [
        (
            row.safe_translation_getter("title", language_code=language, any_language=True) or row.slug,
            _address_in(language, "draft:chapter", story.slug, row.slug),
        )
        for row in rows
    ]
