"""What is open in the wizard, a chapter or a new story: forms with what is stored, sent or autosaved of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import Http404, HttpRequest
from django.urls import reverse

from places.coordinates import read
from storymap.admin.editing.autosave import Opened, autosave_context, person, posted_form, taken_key
from storymap.admin.editing.inputs import fill
from storymap.admin.wizard.forms import BeginForm, MomentForm, PictureForm, WordsForm, initial_of
from storymap.admin.wizard.places import Choice, known_choice, likeliest, places_for
from storymap.models import Chapter, Story
from storymap.numbers import whole_number
from storymap.services.stories.autosaves import FormOf, Typed

NEW = "new"  # ?chapter=new


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
    choices: list[Choice] = field(default_factory=list)
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
        """The results, and the likeliest chosen until the editor chooses. A choice is not searched again."""
        asked, chosen = (str(self.moment[name].value() or "").strip() for name in ("asked", "place"))
        if asked and (anew or not chosen):
            self.choices, self.remark = places_for(asked)
            self.chosen = likeliest(self.choices, asked)
            if anew:
                self.moment["at"].initial = ""  # it was of another place
            if anew and not read(asked):  # of a click, the browser says it with the coordinates
                self.moment["precision"].initial = self.moment["radius"].initial = ""
            if not self.moment["place_name"].value() and not read(asked):
                self.moment["place_name"].initial = asked
        elif chosen:
            self.choices, self.chosen = [known_choice(chosen)], chosen


def panel_of(request: HttpRequest, story: Story, key: str, *, saving: bool) -> Panel:
    """The chapter that the address opens, as it is stored; filled with what was sent when that is to be saved."""
    chapter = story.chapters.filter(slug=key).first() if key != NEW else None
    if chapter is None and key != NEW:
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
        seen=whole_number(request.POST.get("seen")) or story.version,
        stored=words,
    )


WIZARD = "wizard"  # the part of a story or chapter that its autosaves are of, as stored


def panel_form(story: Story, panel: Panel) -> FormOf:
    """What autosaves of the panel are of. A new chapter is a part of its story."""
    row = panel.chapter or story
    return FormOf(type(row), str(row.pk), story.default_language, WIZARD)


def panel_context(request: HttpRequest, story: Story, panel: Panel) -> dict[str, Any]:
    """For the templates; fills in the autosave that was taken, or autosaves what was sent."""
    place = panel.moment.add_prefix("place")
    opened = Opened(panel_form(story, panel), panel.chapter or story, panel.fields, always=(place,))
    return autosave_context(person(request), opened, taken=taken_key(request), sent=posted_form(request))


def wizard_address(row: Story | Chapter, chapter: str = "") -> str:
    """Of a story's wizard, with the chapter open that has this slug or is NEW; of a chapter, with it open."""
    story, key = (row.story_id, row.slug) if isinstance(row, Chapter) else (row.pk, chapter)
    address = reverse("admin:storymap_story_tell", args=[story])
    return f"{address}?chapter={key}" if key else address


BEGIN = "begin"  # the part of a new story that its autosaves are of, as stored


def begin_form() -> FormOf:
    """What autosaves of the form are of."""
    return FormOf(Story, part=BEGIN)


def begin_context(request: HttpRequest, form: BeginForm) -> dict[str, Any]:
    """For the templates; fills in the autosave that was taken, or autosaves what was sent with mistakes."""
    opened = Opened(begin_form(), None, list(form))
    return autosave_context(person(request), opened, taken=taken_key(request), sent=posted_form(request))
