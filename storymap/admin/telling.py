"""One page on which a story is told: its chapters, what happens in them, the checklist, and publishing.

Every address also works without JavaScript; with it the page changes in place (telling.js).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from places.coordinates import read
from places.models import Stale
from storymap.admin.checklist_links import linked
from storymap.admin.telling_forms import BeginForm, MomentForm, PictureForm, WordsForm, initial_of
from storymap.admin.telling_places import Choice, known_choice, likeliest, places_for
from storymap.models import Chapter, Story
from storymap.numbers import whole
from storymap.services.publishing import CannotPublish, ChangedSince, checklist_before_publishing, publish
from storymap.services.storing import CannotStore
from storymap.services.telling import ChapterWords, begin_story, tell_chapter
from storymap.services.versions import story_at

ADDING = ("add_chapter", "change_chapter", "add_illustration")
RECORDING = ("add_event", "add_place", "add_source")
ANEW = "new"  # ?chapter=new


@dataclass
class Panel:
    """The open chapter: its forms, and what goes with them."""

    key: str
    chapter: Chapter | None
    words: WordsForm
    moment: MomentForm
    picture: PictureForm
    seen: int
    stored: dict[str, str]
    found: list[Choice] = field(default_factory=list)
    chosen: str = ""
    remark: str = ""
    stale: bool = False

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        return (self.words, self.moment, self.picture)


class TellingPages(admin.ModelAdmin):
    """For the admin of stories."""

    @admin.display(description=gettext_lazy("Tell"))
    def tell(self, story: Story) -> str:
        return format_html('<a href="{}">{}</a>', _address(story), _("Tell"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("begin/", view(self.begin_view), name="storymap_story_begin"),
            path("<path:object_id>/tell/", view(self.tell_view), name="storymap_story_tell"),
            *super().get_urls(),
        ]

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        """A title and a standfirst, and the story is there."""
        if not request.user.has_perm("storymap.add_story"):
            raise PermissionDenied
        form = BeginForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            language = Story().default_language
            story = begin_story(**form.cleaned_data, language=language, by=request.user)
            return HttpResponseRedirect(_address(story, ANEW))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("New story"), "form": form}
        return TemplateResponse(request, "admin/storymap/story/begin.html", context)

    def tell_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        story = self.get_object(request, unquote(object_id))
        if not request.user.has_perm("storymap.change_story"):
            raise PermissionDenied
        if story is None:
            raise Http404
        if request.method == "POST" and "publish" in request.POST:
            return self._publish_here(request, story)
        panel = _panel(request, story)
        if request.method == "POST" and panel and "find" not in request.POST and _saved(request, story, panel):
            return HttpResponseRedirect(_address(story))
        return self._telling(request, story, panel)

    def _publish_here(self, request: HttpRequest, story: Story) -> HttpResponse:
        if not request.user.has_perm("storymap.publish_story"):
            raise PermissionDenied
        note, checked = request.POST.get("note", "")[:1000], request.POST.get("seen", "")
        if checklist_before_publishing(story).asks and "anyway" not in request.POST:
            messages.error(request, _("Nothing was published: see the list below."))
            return HttpResponseRedirect(_address(story))
        try:
            edition = publish(story=story, by=request.user, note=note, checked=checked)
        except CannotPublish:
            messages.error(request, _("Nothing was published: see the list below."))
        except ChangedSince:
            messages.error(request, _("Nothing was published: the story has been saved since you saw the list."))
        else:
            messages.success(request, _("Published as edition %(number)s.") % {"number": edition.number})
        return HttpResponseRedirect(_address(story))

    def _telling(self, request: HttpRequest, story: Story, panel: Panel | None) -> HttpResponse:
        checklist = checklist_before_publishing(story)
        chapters = story.chapters.prefetch_related("translations", "moments__event__translations")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": story,
            "title": str(story),
            "panel": panel,
            "checklist": checklist,
            "groups": linked(checklist, story),
            "chapters": chapters.order_by("position", "pk"),
            "published": story.editions.filter(number__gt=story.withdrawn_through).order_by("-number").first(),
        }
        status = 422 if panel and any(form.errors for form in panel.forms) else 200
        status = 409 if panel and panel.stale else status
        return TemplateResponse(request, "admin/storymap/story/tell.html", context, status=status)


def _address(story: Story, chapter: str = "") -> str:
    address = reverse("admin:storymap_story_tell", args=[story.pk])
    return f"{address}?chapter={chapter}" if chapter else address


def _panel(request: HttpRequest, story: Story) -> Panel | None:
    """The chapter that the address opens, filled with what was typed or with what is stored."""
    key = request.GET.get("chapter", "")
    if not key:
        return None
    user, app = request.user, "storymap"
    if not user.has_perms([f"{app}.{name}" for name in ADDING] + [f"places.{name}" for name in RECORDING]):
        raise PermissionDenied
    chapter = story.chapters.filter(slug=key).first() if key != ANEW else None
    if chapter is None and key != ANEW:
        raise Http404
    finding = "find" in request.POST
    posted = request.POST if request.method == "POST" and not finding else None
    words, picture = initial_of(chapter, story.default_language)
    typed = dict(request.POST.items()) if finding else {}
    panel = Panel(
        key=key,
        chapter=chapter,
        words=WordsForm(posted, initial={**words, **typed}),
        moment=MomentForm(posted, initial=_named(_without("moment-", typed))),
        picture=PictureForm(
            posted,
            request.FILES or None,
            initial={**picture, **_without("picture-", typed)},
            present=chapter.illustration if chapter else None,
        ),
        seen=whole(request.POST.get("seen")) or story.version,
        stored=words,
    )
    _search(panel, request.POST.get("moment-asked", "").strip(), request.POST.get("moment-place", ""), finding=finding)
    return panel


def _without(prefix: str, typed: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in typed.items() if name.startswith(prefix)}


def _named(typed: dict[str, Any]) -> dict[str, Any]:
    """What was asked for is a good name for what is found, unless it is a position."""
    asked = typed.get("asked", "").strip()
    return {**typed, "place_name": typed.get("place_name") or ("" if read(asked) else asked)}


def _search(panel: Panel, asked: str, chosen: str, *, finding: bool) -> None:
    """What was found, and the first of it chosen until the editor chooses. A choice is not searched again."""
    if asked and (finding or not chosen):
        panel.found, panel.remark = places_for(asked)
        panel.chosen = likeliest(panel.found, asked)
    elif chosen:
        panel.found, panel.chosen = [known_choice(chosen)], chosen


def _saved(request: HttpRequest, story: Story, panel: Panel) -> bool:
    """Whether the panel's words are stored. If not, its forms say why."""
    if any(form.errors for form in panel.forms):
        return False
    typed = panel.words.cleaned_data
    words = ChapterWords(
        story.default_language, typed["title"], typed["narration"], panel.moment.moment, panel.picture.picture
    )
    try:
        tell_chapter(story=story, words=words, chapter=panel.chapter, by=request.user, seen=_current(story, panel))
    except Stale as stale:
        panel.stale, panel.seen = True, stale.now or 0
        return False
    except CannotStore as problem:
        panel.picture.add_error("upload", str(problem))
        return False
    except forms.ValidationError as problem:
        panel.words.add_error(None, list(problem.messages))
        return False
    messages.success(request, _("“%(title)s” is kept.") % {"title": typed["title"]})
    return True


def _current(story: Story, panel: Panel) -> int:
    """The version to build on: today's, when nobody has touched this chapter's words since they were shown."""
    if panel.chapter is None:
        return story.version
    before = story_at(story, panel.seen)
    was = next((c for c in before.chapters if c.slug == panel.chapter.slug), None) if before else None
    language = story.default_language
    words = {"title": was.title.get(language, ""), "narration": was.narration.get(language, "")} if was else None
    return story.version if words == panel.stored else panel.seen
