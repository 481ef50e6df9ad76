"""The source form: filled from a pasted reference, and asking before a source is stored twice."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field, URLField
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from places.form_fields import TypedDateField
from places.models import Source
from places.models.gazetteer import fold
from places.references import LONGEST, Reading, read_reference
from places.references.reading import names_from_text, names_to_text
from storymap.admin.editing.slug_forms import Addressed
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
            kwargs["initial"] = {**(kwargs.get("initial") or {}), **_typed_values(data), **filled(self.reading)}
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


def filled(reading: Reading) -> dict[str, Any]:
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
    fields = filled(reading)
    if "author" in fields:
        fields["author"] = names_to_text(fields["author"])
    return {"fields": fields, "notes": list(reading.notes), "problem": reading.problem}
