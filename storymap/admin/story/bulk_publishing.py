"""Publishing and withdrawing several stories at once: what will happen to each is shown first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _, gettext_lazy

from storymap.admin.story.publishing import wait_until_gone
from storymap.models import Edition, Story
from storymap.services.publishing.publish import CannotPublish, problems_before_publishing, publish, unpublish

SHOWN = 5  # of the problems of a story


@dataclass(frozen=True)
class Effect:
    story: Story
    will_happen: bool
    text: str
    problems: tuple[str, ...] = ()


@admin.action(permissions=["publish"], description=gettext_lazy("Publish …"))
def publish_in_bulk(model_admin: Any, request: HttpRequest, chosen: QuerySet[Story]) -> HttpResponse | None:
    effects = [_of_publishing(request, story) for story in chosen]
    if "confirmed" not in request.POST:
        return _question(model_admin, request, "publish_in_bulk", _("Publish"), effects)
    done = sum(_is_published(request, effect.story) for effect in effects if effect.will_happen)
    messages.success(request, _("Published: %(done)d of %(number)d.") % {"done": done, "number": len(effects)})
    return None


@admin.action(permissions=["publish"], description=gettext_lazy("Withdraw …"))
def withdraw_in_bulk(model_admin: Any, request: HttpRequest, chosen: QuerySet[Story]) -> HttpResponse | None:
    effects = [_of_withdrawing(request, story) for story in chosen]
    if "confirmed" not in request.POST:
        return _question(model_admin, request, "withdraw_in_bulk", _("Withdraw"), effects)
    done = [effect.story for effect in effects if effect.will_happen]
    for story in done:
        unpublish(story=story, by=request.user)
    wait_until_gone()
    messages.success(request, _("Withdrawn: %(done)d of %(number)d.") % {"done": len(done), "number": len(effects)})
    return None


def may_publish(request: HttpRequest, story: Story | None = None) -> bool:
    """Asked for the whole list and again for each story."""
    return request.user.has_perm("storymap.publish_story")


def _of_publishing(request: HttpRequest, story: Story) -> Effect:
    if not may_publish(request, story):
        return Effect(story, will_happen=False, text=_("you may not publish it"))
    if errors := [str(problem) for problem in problems_before_publishing(story) if problem.is_error]:
        more = [_("and %(number)d more") % {"number": len(errors) - SHOWN}] if len(errors) > SHOWN else []
        problems = (*errors[:SHOWN], *more)
        return Effect(story, will_happen=False, text=_("cannot be published:"), problems=problems)
    number = story.editions.values_list("number", flat=True).order_by("-number").first() or 0
    return Effect(story, will_happen=True, text=_("becomes edition %(number)d") % {"number": number + 1})


def _of_withdrawing(request: HttpRequest, story: Story) -> Effect:
    if not may_publish(request, story):
        return Effect(story, will_happen=False, text=_("you may not withdraw it"))
    newest = Edition.objects.filter(story=story, number__gt=story.withdrawn_through).first()
    if newest is None:
        return Effect(story, will_happen=False, text=_("is not published"))
    said = _("is withdrawn with edition %(number)d and every earlier or scheduled one")
    return Effect(story, will_happen=True, text=said % {"number": newest.number})


def _is_published(request: HttpRequest, story: Story) -> bool:
    """False where the story has changed since the question, so that it cannot be."""
    try:
        publish(story=story, by=request.user)
    except CannotPublish:
        return False
    return True


def _question(model_admin: Any, request: HttpRequest, action: str, word: str, effects: list[Effect]) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": word,
        "action": action,
        "word": word,
        "effects": effects,
        "checkbox": ACTION_CHECKBOX_NAME,
        "possible": any(effect.will_happen for effect in effects),
    }
    return TemplateResponse(request, "admin/storymap/story/bulk_publishing.html", context)
