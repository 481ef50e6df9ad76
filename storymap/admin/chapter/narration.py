"""The narration as readers will see it, while it is written: rendered by the same code, links to moments checked."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from places.models import Event
from storymap.admin.chapter.moments import ROWS
from storymap.models import Chapter, Moment
from storymap.numbers import OF_A_KEY, whole_number
from storymap.prose import MAX_CHARACTERS, html_of, words_in
from storymap.services.publishing.rules.chapters import dead_links

ADVISED = (120, 260)  # words of a chapter: what is read while one map stands still


def narration_answer(request: HttpRequest) -> JsonResponse:
    """{html, words, problems}: `text` as readers see it, in the chapter `chapter` of `story` that tells `event`s."""
    if not (request.user.has_perm("storymap.change_chapter") or request.user.has_perm("storymap.add_chapter")):
        raise PermissionDenied
    if request.method != "POST":
        return JsonResponse({"problem": _("Only POST is answered here.")}, status=405)
    text = request.POST.get("text", "")
    if len(text) > MAX_CHARACTERS:
        too_long = _("The text has %(there)d characters, at most %(most)d can be stored.")
        return JsonResponse({"problems": [too_long % {"there": len(text), "most": MAX_CHARACTERS}]})
    dead = dict.fromkeys(dead_links(text, _targets(request)))
    problems = [_("#%(target)s leads nowhere") % {"target": target} for target in dead]
    return JsonResponse({"html": html_of(text), "words": words_in(text), "problems": problems})


def _targets(request: HttpRequest) -> set[str]:
    """The moments on the form, saved or not, those of the other chapters, and the chapters themselves."""
    story, chapter = _key(request.POST.get("story")), _key(request.POST.get("chapter"))
    here = [_key(key) for key in request.POST.getlist("event")]
    others = Moment.objects.filter(chapter__story=story)
    if others.filter(chapter=chapter).count() <= ROWS:  # else the form shows only some of them
        others = others.exclude(chapter=chapter)
    return {
        *Event.objects.filter(pk__in=here).values_list("slug", flat=True),
        *others.values_list("event__slug", flat=True),
        *(f"chapter-{slug}" for slug in Chapter.objects.filter(story=story).values_list("slug", flat=True)),
    }


def _key(text: Any) -> int:
    return whole_number(text, digits=OF_A_KEY) or 0


def narration_words() -> dict[str, str]:
    return {
        "toolbar": _("Formatting"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "link": _("Link"),
        "quote": _("Quotation"),
        "list": _("List"),
        "moment": _("Moment"),
        "linkMoment": _("Link to the moment"),
        "noMoment": _("No moments yet"),
        "address": "https://",
        "preview": _("As readers will see it"),
        "empty": _("Nothing is written yet."),
        "failed": _("The preview cannot be reached. The text is safe in the field; go on writing."),
        "count": _("{words} words; {least}–{most} are advised"),
    }
