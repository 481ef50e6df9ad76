"""Sources in the editors' workshop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field, JSONField, QuerySet, URLField
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _, gettext_lazy

from places import when
from places.cities import fold
from places.form_fields import StorableJSONField, TypedDateField
from places.models import Source
from places.references import LONGEST, Reading, read_reference
from places.references.reading import names_from_text, names_to_text
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.fields import Addressed
from storymap.services.stories.slugs import free_slug

LONGEST_LIST = 200  # characters of a name


class NamesField(forms.CharField):
    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        names = names_from_text(super().to_python(value) or "")
        for part in (part for name in names for part in name.values()):
            if len(part) > LONGEST_LIST:
                raise ValidationError(_("A name has at most %(number)d characters.") % {"number": LONGEST_LIST})
        return names

    def validate(self, value: Any) -> None:
        """Nothing more: a source may have no author."""

    def run_validators(self, value: Any) -> None:
        """Those of texts do not fit."""

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else names_to_text(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return names_from_text(data or "") != names_from_text(self.prepare_value(initial))


_PASSING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref_src")  # how a reader came, not what is read
_PORTS = {"http": 80, "https": 443}


def same_sources(source: Source) -> list[Source]:
    """The other sources that are pointed out before this one is saved."""
    address, written = normal_address(source.url), _author_title_year(source)
    others = Source.objects.exclude(pk=source.pk).only("pk", "url", "author", "title", "issued", "container")
    return [
        other
        for other in others.iterator()
        if (address and normal_address(other.url) == address) or (written and _author_title_year(other) == written)
    ]


def normal_address(url: str) -> str:
    """The address without what does not change the page: scheme, www., case of the host, tracking, fragment."""
    try:
        parts = urlsplit(url.strip())
        port = "" if parts.port in (None, _PORTS.get(parts.scheme.lower())) else f":{parts.port}"
        query = [pair for pair in parse_qsl(parts.query, max_num_fields=100) if not _PASSING.fullmatch(pair[0])]
    except ValueError:
        return url
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return f"{host}{port}{parts.path.rstrip('/')}?{urlencode(sorted(query))}" if host else ""


def _author_title_year(source: Source) -> tuple[str, str, str] | None:
    title = " ".join(re.findall(r"\w+", fold(source.title)))
    return (fold(" ".join(sorted(source.author_names))), title, source.year) if title else None


FILL = "_fill"  # the name of the button
_TELLING = {"url", "title", "author", "issued"}  # fields in which a twin is known


HTTPS: dict[type[Field], Any] = {
    URLField: {"assume_scheme": "https"}
}  # what an address typed without a scheme is taken for


def _field(field: Field, **kwargs: Any) -> forms.Field | None:
    return field.formfield(**HTTPS.get(type(field), {}), **kwargs)


class SourceForm(Addressed, forms.ModelForm):
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Paste CSL-JSON or BibTeX (Zotero and libraries export both), a web address, or the reference as one line."
        ),
    )
    author = NamesField(
        label=capfirst(gettext_lazy("author")),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: García, Ana. The name of a body has no comma: Inter-American Court."),
    )
    issued = TypedDateField(
        label=capfirst(gettext_lazy("issued")),
        help_text=gettext_lazy("As you write it: 23 April 1997, April 1997, 1997."),
    )
    accessed = TypedDateField(
        label=capfirst(gettext_lazy("read on")),
        help_text=gettext_lazy("For web pages, which change: 3 November 2026."),
    )
    save_all_the_same = forms.BooleanField(label=gettext_lazy("Save all the same"), required=False)

    class Meta:
        model = Source
        formfield_callback = _field
        fields = [
            *("type", "author", "title", "container", "issued", "url", "accessed", "archived_url", "language", "slug"),
        ]

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        """Where the button was pressed that fills, nothing is saved or checked: the form is shown again."""
        self.reading: Reading | None = None
        if data is not None and FILL in data:
            self.reading = read_reference(data.get("reference", ""))
            kwargs["initial"] = {**(kwargs.get("initial") or {}), **_typed_values(data), **values_from(self.reading)}
            if data.get("slug"):
                kwargs["initial"]["slug"] = data["slug"]
            data = files = None
        super().__init__(data, files, **kwargs)
        if language := self.fields.get("language"):  # who may only look has no fields
            language.help_text = gettext_lazy("The code of the language it is written in: en, es, ja.")

    def new_slug(self, cleaned: dict[str, Any]) -> str:
        names = ("author", "title", "container", "issued")
        return _slug(Source(**{name: cleaned.get(name) or "" for name in names}))

    def clean_reference(self) -> str:
        """It only fills; what is saved is what the fields say."""
        return self.cleaned_data["reference"][:LONGEST]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["save_all_the_same"] and (twins := self._twins(cleaned)):
            self.add_error("save_all_the_same", _question(twins))
        return cleaned

    def _twins(self, cleaned: dict[str, Any]) -> list[Source]:
        """Asked about when a source is new, or when what it is known by changes."""
        known = {name: cleaned[name] for name in _TELLING}
        if self.instance.pk and all(getattr(self.instance, name) == value for name, value in known.items()):
            return []
        return same_sources(Source(pk=self.instance.pk, container=cleaned["container"], **known))


def _question(twins: list[Source]) -> str:
    links = ((reverse("admin:places_source_change", args=[twin.pk]), str(twin)) for twin in twins[:5])
    return format_html(
        "{} {}",
        _("This source seems to be there already:"),
        format_html_join(", ", '<a href="{}">{}</a>', links),
    )


def _typed_values(data: Any) -> dict[str, Any]:
    """What stands in the form, as it stands."""
    return {name: data[name] for name in (*SourceForm.Meta.fields, "reference") if name in data}


def values_from(reading: Reading) -> dict[str, Any]:
    """The fields of the reading as the form shows them, with a slug to begin with."""
    if not reading.fields:
        return {}
    return {**reading.fields, "slug": _slug(Source(**reading.fields))}


def _slug(source: Source) -> str:
    """Name, year and words of the title."""
    name = (source.author_names or [source.container])[0]
    return free_slug(f"{name} {source.year} {source.title}", Source.objects.all(), "source")


def answer(text: str) -> dict[str, Any]:
    """The answer to the form’s script: texts to put into fields."""
    reading = read_reference(text)
    fields = values_from(reading)
    if "author" in fields:
        fields["author"] = names_to_text(fields["author"])
    return {"fields": fields, "notes": list(reading.notes), "problem": reading.problem}


_folded = lru_cache(maxsize=100_000)(fold)  # the same few thousand texts at every key that is typed
_SEARCHED = ("slug", "title", "container", "url", "issued")


class Languages(admin.AllValuesFieldListFilter):
    """Where none is said, the link to those says so."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("none is said")}


@admin.register(Source)
class SourceAdmin(EditingAdmin):
    form = SourceForm
    nothing_yet = gettext_lazy(
        "No sources yet: a source says what happened, such as a newspaper report of 18 December 1996."
    )
    formfield_overrides = {JSONField: {"form_class": StorableJSONField}, **HTTPS}
    change_form_template = "admin/places/source/change_form.html"
    list_display = ["title", "authors", "container", "issued_words", "type"]
    list_filter = ["type", ("language", Languages)]
    search_fields = ["title"]  # that there is a search; what it searches says `search`
    search_help_text = gettext_lazy("Author, title, newspaper, address, year")
    fields = (*SourceForm.Meta.fields,)

    class Media:
        css = {"all": ["storymap/joined/admin.css"]}
        js = [Script("storymap/joined/source-form.js", type="module")]

    @admin.display(description=gettext_lazy("author"))
    def authors(self, source: Source) -> str:
        return ", ".join(source.author_names)

    @admin.display(description=gettext_lazy("issued"), ordering="issued")
    def issued_words(self, source: Source) -> str:
        return when.words(source.issued, get_language() or "en") if source.issued else ""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("read/", self.admin_site.admin_view(self.read_view), name="places_source_read"),
            *super().get_urls(),
        ]

    def read_view(self, request: HttpRequest) -> HttpResponse:
        """What the form's script asks: the fields of a pasted reference. POST, since references are long."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return JsonResponse({"problem": _("Only POST is answered here.")}, status=405)
        return JsonResponse(answer(request.POST.get("reference", "")))

    def search(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        """Every word somewhere in author, title, container, address or date, whatever its case and accents."""
        words = fold(term).split()
        if not words:
            return queryset, False
        rows = queryset.order_by().values_list("pk", "author", *_SEARCHED)
        keys = [key for key, author, *texts in rows if _holds(words, [*_texts(author), *texts])]
        return queryset.filter(pk__in=keys), False


def _texts(author: Any) -> Iterator[str]:
    for name in author if isinstance(author, list) else []:
        yield " ".join(name.get(part, "") for part in ("given", "family", "literal"))


def _holds(words: list[str], texts: list[str]) -> bool:
    whole = "\n".join(_folded(text) for text in texts)
    return all(word in whole for word in words)
