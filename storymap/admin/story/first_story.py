"""“Your first story”: one page that names the steps in their order and leads to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from places.models import Event, Place, Source
from storymap.admin.pages import AdminPage
from storymap.models import Chapter, Story


@dataclass(frozen=True)
class Step:
    name: str
    what: str
    example: str
    there: int
    list: str
    add: str  # empty where nothing is added

    @property
    def there_text(self) -> str:
        return ngettext("%(count)d is there", "%(count)d are there", self.there) % {"count": self.there}


class FirstStoryPage(AdminPage):
    """Greets newcomers; for everybody who works here."""

    template_name = "admin/storymap/story/first.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(gettext("Your first story"), steps=[_step(step) for step in STEPS])

    post = get


@dataclass(frozen=True)
class _Written:
    model: Any
    name: Any
    what: Any
    example: Any


STEPS = (
    _Written(
        Place,
        _("Places"),
        _("Where things happened. Search a name, paste coordinates or click the map; say how precise it is."),
        _("Residence of the Japanese ambassador, Lima: a building, known within 50 metres."),
    ),
    _Written(
        Source,
        _("Sources"),
        _("Who says so: an article, a report, a judgment. They are entered once and cited where they are needed."),
        _("A report of 1997 in a newspaper, with its date, its address and the day you read it."),
    ),
    _Written(
        Event,
        _("Events"),
        _("What happened, when, at which place, and how far it is established. Cite the sources on the same page."),
        _("17 December 1996, 20:20: the garden wall is breached; reported."),
    ),
    _Written(
        Story,
        _("The story"),
        _("Its title, two sentences that open it, and its licence. Everything else hangs on it."),
        _("Title: Lima, 126 days. Day zero: 17 December 1996."),
    ),
    _Written(
        Chapter,
        _("Chapters"),
        _("The narration, 120 to 260 words each, with the events it tells and what the map shows meanwhile."),
        _("“A reception in San Isidro”: the map stays on San Isidro while three events are narrated."),
    ),
    _Written(
        None,
        _("Publish"),
        _("The checklist names what is missing. Readers see the story once you publish it, and not before."),
        _("Edition 1, with a note to readers. Later changes stay yours until edition 2."),
    ),
)


def _step(written: _Written) -> Step:
    said = (str(written.name), str(written.what), str(written.example))
    if written.model is None:
        return Step(*said, 0, reverse("admin:storymap_story_changelist"), "")
    label = f"admin:{written.model._meta.app_label}_{written.model._meta.model_name}"
    return Step(*said, written.model.objects.count(), reverse(f"{label}_changelist"), reverse(f"{label}_add"))
