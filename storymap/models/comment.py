"""A comment on a chapter: what editors say to each other. No edition, export or page ever holds one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from places.models.validators import validate_plain_text
from storymap.models.chapter import Chapter

LONGEST = 4000


class ChapterComment(models.Model):
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="comments", verbose_name=_("chapter"))
    author = models.CharField(_("author"), max_length=150)  # a name, not a row: accounts go, what was said stays
    text = models.TextField(_("comment"), max_length=LONGEST, validators=[validate_plain_text])
    created = models.DateTimeField(_("created"), auto_now_add=True)
    resolved = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.CharField(_("resolved by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created", "pk"]
        default_permissions = ()  # who may change the chapter may comment on it

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"
