"""Publishing and withdrawing several stories at once: what will happen to each is shown first."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _, gettext_lazy

from storymap.admin.story.visibility import wait_until_gone
from storymap.models import Edition, Story
from storymap.services.publishing.publish import CannotPublish, problems_before_publishing, publish, unpublish

SHOWN = 5  # of the problems of a story


@dataclass(frozen=True)
class Effect:
    story: Story
    will_happen: bool
    text: str
    problems: tuple[str, ...] = ()


class TogetherAdmin(admin.ModelAdmin):
    actions = ["publish_together", "withdraw_together"]

    def has_publish_permission(self, request: HttpRequest, story: Story | None = None) -> bool:
        """Asked for the whole list and again for each story."""
        return request.user.has_perm("storymap.publish_story")

    @admin.action(permissions=["publish"], description=gettext_lazy("Publish …"))
    def publish_together(self, request: HttpRequest, chosen: QuerySet[Story]) -> HttpResponse | None:
        effects = [self._of_publishing(request, story) for story in chosen]
        if "confirmed" not in request.POST:
            return self._question(request, "publish_together", _("Publish"), effects)
        done = sum(self._published(request, effect.story) for effect in effects if effect.will_happen)
        messages.success(request, _("Published: %(done)d of %(number)d.") % {"done": done, "number": len(effects)})
        return None

    @admin.action(permissions=["publish"], description=gettext_lazy("Withdraw …"))
    def withdraw_together(self, request: HttpRequest, chosen: QuerySet[Story]) -> HttpResponse | None:
        effects = [self._of_withdrawing(request, story) for story in chosen]
        if "confirmed" not in request.POST:
            return self._question(request, "withdraw_together", _("Withdraw"), effects)
        done = [effect.story for effect in effects if effect.will_happen]
        for story in done:
            unpublish(story=story, by=request.user)
        wait_until_gone()
        messages.success(request, _("Withdrawn: %(done)d of %(number)d.") % {"done": len(done), "number": len(effects)})
        return None

    def _of_publishing(self, request: HttpRequest, story: Story) -> Effect:
        if not self.has_publish_permission(request, story):
            return Effect(story, will_happen=False, text=_("you may not publish it"))
        if errors := [str(problem) for problem in problems_before_publishing(story) if problem.is_error]:
            more = [_("and %(number)d more") % {"number": len(errors) - SHOWN}] if len(errors) > SHOWN else []
            told = (*errors[:SHOWN], *more)
            return Effect(story, will_happen=False, text=_("cannot be published:"), problems=told)
        number = story.editions.values_list("number", flat=True).order_by("-number").first() or 0
        return Effect(story, will_happen=True, text=_("becomes edition %(number)d") % {"number": number + 1})

    def _of_withdrawing(self, request: HttpRequest, story: Story) -> Effect:
        if not self.has_publish_permission(request, story):
            return Effect(story, will_happen=False, text=_("you may not withdraw it"))
        newest = Edition.objects.filter(story=story, number__gt=story.withdrawn_through).first()
        if newest is None:
            return Effect(story, will_happen=False, text=_("is not published"))
        said = _("is withdrawn with edition %(number)d and every earlier or scheduled one")
        return Effect(story, will_happen=True, text=said % {"number": newest.number})

    def _published(self, request: HttpRequest, story: Story) -> bool:
        try:
            publish(story=story, by=request.user)
        except CannotPublish:  # changed since the question
            return False
        return True

    def _question(self, request: HttpRequest, action: str, word: str, effects: list[Effect]) -> HttpResponse:
        told = {"action": action, "word": word, "effects": effects, "opts": self.opts, "title": word}
        told |= {"checkbox": ACTION_CHECKBOX_NAME, "possible": any(effect.will_happen for effect in effects)}
        shared = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/storymap/story/together.html", {**shared, **told})
