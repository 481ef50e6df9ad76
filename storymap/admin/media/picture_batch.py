"""Several pictures at once, on the list of illustrations: good ones are stored, others named with their reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, ngettext

from storymap.admin.pages import AdminPage
from storymap.models import Illustration
from storymap.services.media.files import CannotStore
from storymap.services.media.illustrations import AlreadyThere, illustrate
from storymap.services.media.pictures import MAX_BYTES, PictureProblem


@dataclass(frozen=True)
class Taken:
    """What became of one file: an illustration of its own, or a problem, perhaps with where it is already."""

    name: str
    problem: str = ""
    slug: str = ""
    url: str = ""


class UploadPictures(AdminPage):
    """Scripts send one file after another and want JSON; without them all come in one request."""

    def may_open(self) -> bool:
        return self.model_admin.has_add_permission(self.request)

    def post(self, request: HttpRequest) -> HttpResponse:
        language = request.POST.get("language", "")
        language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        taken = [self._take(file, language) for file in request.FILES.getlist("pictures")]
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"taken": [asdict(one) for one in taken]})
        say(request, taken)
        return HttpResponseRedirect(reverse("admin:storymap_illustration_changelist"))

    def _take(self, file: UploadedFile, language: str) -> Taken:
        name = file.name or ""
        try:
            row = illustrate(name=name, content=file.read(MAX_BYTES + 1), language=language)
        except AlreadyThere as same:
            return Taken(name, _("is already there"), same.illustration.slug, address_of(same.illustration))
        except (PictureProblem, CannotStore) as problem:
            return Taken(name, str(problem))
        self.model_admin.log_addition(self.request, row, [{"added": {}}])
        return Taken(name, slug=row.slug, url=address_of(row))


def batch_context() -> dict[str, Any]:
    """For the list of illustrations."""
    return {"languages": settings.LANGUAGES, "language": settings.LANGUAGE_CODE, "words": batch_words()}


def address_of(row: Illustration) -> str:
    return reverse("admin:storymap_illustration_change", args=[row.pk])


def say(request: HttpRequest, taken: list[Taken]) -> None:
    """As messages over the list."""
    good = [one for one in taken if not one.problem]
    if not taken:
        messages.warning(request, _("Choose one or more pictures."))
    if good:
        said = ngettext("%(number)d picture was taken.", "%(number)d pictures were taken.", len(good))
        messages.success(request, said % {"number": len(good)})
    for one in taken:
        if one.problem:
            link = format_html(' <a href="{}">{}</a>', one.url, one.slug) if one.url else ""
            messages.error(request, format_html("“{}”: {}{}", one.name, one.problem, link))


def batch_words() -> dict[str, str]:
    """`{name}` stands for a value that the script fills in."""
    return {
        "drop": _("Drop pictures here, or choose them:"),
        "sending": _("Sending {number} of {total}: {name}"),
        "done": _("{kept} kept, {refused} not kept."),
        "again": _("Show them in the list"),
        "failed": _("The server could not be reached, or you are no longer signed in."),
        "large": _("The file is larger than 15 MB."),
        "svg": _("SVG drawings may carry scripts and are not taken. Export the drawing as PNG, 1440 pixels wide."),
    }
