"""The picture room: the list of illustrations, and each with its picture, focal point, words and uses."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from places.form_fields import TranslatingAdmin
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.media.illustration_form import IllustrationForm
from storymap.admin.media.widgets import link_to, smallest, thumbnail, used_in
from storymap.admin.pages import AdminPage, mounted
from storymap.models import Illustration
from storymap.services.media.files import CannotStore
from storymap.services.media.illustrations import AlreadyThere, illustrate, illustrations_of
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


def upload_context() -> dict[str, Any]:
    """For the list of illustrations."""
    return {"languages": settings.LANGUAGES, "language": settings.LANGUAGE_CODE, "words": upload_words()}


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


def upload_words() -> dict[str, str]:
    """`{name}` stands for a value that the script fills in."""
    return {
        "drop": _("Drop pictures here, or choose them:"),
        "sending": _("Sending {number} of {total}: {name}"),
        "done": _("{stored} stored, {refused} not stored."),
        "again": _("Show them in the list"),
        "failed": _("The server could not be reached, or you are no longer signed in."),
        "large": _("The file is larger than 15 MB."),
        "svg": _("SVG drawings may carry scripts and are not taken. Export the drawing as PNG, 1440 pixels wide."),
    }


class UseFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", _("Not used")), ("yes", _("Used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(chapters__isnull=self.value() == "no").distinct() if self.value() else queryset


class WordsFilter(admin.SimpleListFilter):
    title = gettext_lazy("alternative text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("missing", _("Missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        missing = {"decorative": False, "translations__alt": ""}
        return queryset.filter(**missing).distinct() if self.value() == "missing" else queryset


def with_counts(queryset: QuerySet) -> QuerySet:
    """With what a row of the list needs, in a fixed number of queries."""
    return queryset.annotate(uses=Count("chapters", distinct=True)).prefetch_related("translations")


def words_of(row: Illustration) -> SafeString | str:
    """The beginning of the alternative text, or that it is missing, and in which languages."""
    if row.decorative:
        return _("decorative")
    texts = {t.language_code: t.alt for t in row.translations.all()}
    if missing := sorted(language for language, text in texts.items() if not text):
        said = _("Missing: %(languages)s") % {"languages": ", ".join(missing)}
        return format_html('<strong class="missing">{}</strong>', said)
    return Truncator(texts.get(row.get_current_language()) or next(iter(texts.values()), "")).chars(90)


@admin.register(Illustration)
class IllustrationAdmin(EditingAdmin, TranslatingAdmin):
    spoken = ("alt", "caption")
    examples = {
        "slug": gettext_lazy("For example: two-embassies."),
        "credit": gettext_lazy("Who made it."),
    }
    nothing_yet = gettext_lazy(
        "No illustrations yet: a picture with its description, such as a drawing of the two embassies."
    )
    form = IllustrationForm
    change_list_template = "admin/storymap/illustration/change_list.html"
    list_display = ["thumb", "slug", "words", "uses", "credit", "licence"]
    list_display_links = ["slug"]
    list_filter = [UseFilter, WordsFilter, "decorative"]
    search_fields = ["slug", "translations__alt__finds", "translations__caption__finds", "credit__finds"]
    fields = [
        *("stored_picture", "upload", "alt", "decorative", "caption", "credit", "licence", "slug"),
        *(("focus_x", "focus_y"), "where"),
    ]
    readonly_fields = ["stored_picture", "where"]

    class Media:
        css = {"all": ["storymap/joined/pictures.css"]}
        js = [Script("storymap/joined/picture-room.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_counts(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        return [mounted(self, "upload/", UploadPictures, "storymap_illustration_upload"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "uploads": upload_context()})

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[Any, bool]:
        rows, _duplicates = super().search(request, queryset, term)
        return rows.distinct(), False

    def files_of(self, form: Any) -> dict[str, bytes]:
        return form.picture.contents if form.picture else {}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        if form.picture:
            for same in illustrations_of(form.picture.name).exclude(pk=form.instance.pk):
                said = format_html("{} {}", _("The same file is already there:"), link_to(same))
                messages.warning(request, said)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The file field works alone; its attribute tells the script what it needs."""
        fields = context["adminform"].form.fields
        if "upload" in fields:
            fields["upload"].widget.attrs["data-picture"] = json.dumps(form_words())
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("picture"))
    def thumb(self, obj: Illustration) -> SafeString | str:
        return thumbnail(obj)

    @admin.display(description=gettext_lazy("alternative text"))
    def words(self, obj: Illustration) -> SafeString | str:
        return words_of(obj)

    @admin.display(description=gettext_lazy("used"), ordering="uses")
    def uses(self, obj: Any) -> int:
        return obj.uses

    @admin.display(description=gettext_lazy("at present"))
    def stored_picture(self, obj: Illustration) -> SafeString | str:
        files = obj.files if obj.pk else []
        file = files[0] if files else smallest(obj)  # another language's, as readers get it
        if file is None:
            return format_html('<span class="shown" data-shown>{}</span>', _("No picture yet."))
        picture = '<span class="shown" data-shown><img src="{}" alt=""></span>'
        return format_html(picture, reverse("media", args=[file["name"]]))

    @admin.display(description=gettext_lazy("used in"))
    def where(self, obj: Illustration) -> SafeString | str:
        chapters = obj.chapters.select_related("story") if obj.pk else ()
        return used_in(chapters)


def form_words() -> dict[str, str]:
    return {
        **upload_words(),
        "drop": _("Drop a picture here, or choose one:"),
        "one": _("One picture at a time here. Several at once: on the list of illustrations."),
        "chosen": _("{name} is chosen. It is stored when you save."),
        "saving": _("Sending the picture …"),
        "focus": _("Focal point: click the picture; arrow keys move it, with Shift ten times as far"),
        "at": _("The focal point is {x} from the left and {y} from the top."),
        "none": _("Remove the focal point"),
        "crops": _("As it is cropped"),
    }
