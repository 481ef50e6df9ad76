"""The open chapter of the wizard: its forms, with what is stored, what was sent, or what was autosaved of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import Http404, HttpRequest
from django.urls import reverse

from places.coordinates import read
from storymap.admin.editing.autosave import Opened, desk_of, key_of
from storymap.admin.editing.inputs import fill
from storymap.admin.wizard.forms import MomentForm, PictureForm, WordsForm, initial_of
from storymap.admin.wizard.places import Choice, known_choice, likeliest, places_for
from storymap.models import Chapter, Story
from storymap.numbers import whole
from storymap.services.stories.autosaves import FormOf, Typed

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

    @property
    def fields(self) -> list[BoundField]:
        return [bound for form in self.forms for bound in form]

    def fill(self, sent: Typed) -> None:
        """Show what was sent for a search; nothing is stored. What a browser leaves out is empty."""
        fill(self.fields, [], {bound.html_name: sent.get(bound.html_name, []) for bound in self.fields})

    def search(self, *, anew: bool) -> None:
        """What is found, and the likeliest chosen until the editor chooses. A choice is not searched again."""
        asked, chosen = (str(self.moment[name].value() or "").strip() for name in ("asked", "place"))
        if asked and (anew or not chosen):
            self.found, self.remark = places_for(asked)
            self.chosen = likeliest(self.found, asked)
            if anew:
                self.moment["at"].initial = ""  # it was of another place
            if anew and not read(asked):  # of a click, the browser says it with the coordinates
                self.moment["precision"].initial = self.moment["radius"].initial = ""
            if not self.moment["place_name"].value() and not read(asked):
                self.moment["place_name"].initial = asked
        elif chosen:
            self.found, self.chosen = [known_choice(chosen)], chosen


def panel_of(request: HttpRequest, story: Story, key: str, *, saving: bool) -> Panel:
    """The chapter that the address opens, as it is stored; filled with what was sent when that is to be saved."""
    chapter = story.chapters.filter(slug=key).first() if key != ANEW else None
    if chapter is None and key != ANEW:
        raise Http404
    posted, files = (request.POST, request.FILES) if saving else (None, None)
    words, picture = initial_of(chapter, story.default_language)
    present = chapter.illustration if chapter else None
    return Panel(
        key=key,
        chapter=chapter,
        words=WordsForm(posted, initial=words),
        moment=MomentForm(posted),
        picture=PictureForm(posted, files, initial=picture, present=present),
        seen=whole(request.POST.get("seen")) or story.version,
        stored=words,
    )


TOLD = "telling"  # the part of a story or chapter that these drafts are of


def told_form(story: Story, panel: Panel) -> FormOf:
    """A new chapter is a part of its story."""
    row = panel.chapter or story
    return FormOf(type(row), str(row.pk), story.default_language, TOLD)


def telling_desk(request: HttpRequest, story: Story, panel: Panel) -> dict[str, Any]:
    """For the templates; fills in the draft that was taken, or keeps what was sent."""
    taken = key_of(request.POST.get("_draft_key", "")) if request.POST.get("_draft") == "take" else None
    chosen = panel.moment.add_prefix("place")
    opened = Opened(told_form(story, panel), panel.chapter or story, panel.fields, always=(chosen,))
    return desk_of(request, opened, taken=taken)


def told_address(row: Story | Chapter) -> str:
    """Where such a draft is offered back."""
    story, key = (row.story_id, row.slug) if isinstance(row, Chapter) else (row.pk, ANEW)
    return f"{reverse('admin:storymap_story_tell', args=[story])}?chapter={key}"
