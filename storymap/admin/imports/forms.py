"""What an editor says of a table: the file or the pasted text, and on the preview what its columns mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from storymap.formats.imports import format_names, table_of_file
from storymap.formats.tables.columns import FIELDS
from storymap.formats.tables.csv_text import MAX_BYTES, read_table
from storymap.models import Chapter, Story
from storymap.story.problem import CannotRead


def _what_can_be_imported() -> str:
    formats = pgettext("between the names of a list", ", ").join(format_names())
    return _("A table (CSV), or a map: %(formats)s. Up to 5 MB and 5,000 rows.") % {"formats": formats}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=lazy(_what_can_be_imported, str)(),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste a table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 80, "spellcheck": "false"}),
        strip=False,
        help_text=gettext_lazy("Cells copied from a spreadsheet will do. The first row names the columns."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("It holds"),
        required=False,
        choices=[
            ("", gettext_lazy("what its columns say")),
            ("places", gettext_lazy("places")),
            ("events", gettext_lazy("events")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), cleaned.get("text", "")
        if self.errors:
            return cleaned
        if not file and not pasted.strip():
            raise forms.ValidationError(_("Choose a file, or paste a table."))
        name = "file" if file else "text"
        try:
            data = file.read(MAX_BYTES + 1) if file else pasted.encode("utf-8", "replace")
            table = table_of_file(data, cleaned.get("kind", ""))
            read_table(table.text)
            cleaned["text"], cleaned["notes"] = table.text, table.notes
        except CannotRead as refused:
            self.add_error(name, [problem.what for problem in refused.problems])
        cleaned["name"] = file.name[-200:] if file else _("Pasted table")
        return cleaned


class ChoicesForm(forms.Form):
    """The preview's own fields; columns and found places are as many as the table has (see below)."""

    kind = forms.ChoiceField(choices=[("places", gettext_lazy("places")), ("events", gettext_lazy("events"))])
    country = forms.CharField(
        label=gettext_lazy("Country of rows that name none"),
        required=False,
        max_length=2,
        help_text=gettext_lazy("Two letters. Left empty, the map says it; XZ is the open sea."),
        widget=forms.TextInput(attrs={"size": 4}),
    )
    chapter = forms.ModelChoiceField(
        label=gettext_lazy("Narrated in"),
        queryset=Chapter.objects.none(),
        required=False,
        empty_label=gettext_lazy("a new chapter, called like the file"),
    )

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].queryset = story.chapters.prefetch_related("translations")  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        code = self.cleaned_data["country"].upper()
        if code and not re.fullmatch("[A-Z]{2}", code):
            raise forms.ValidationError(_("Two capital letters (ISO 3166-1): PE for Peru."))
        return code


def posted_columns(data: Mapping[str, str], kind: str, before: Sequence[str]) -> list[str]:
    """The field chosen for each column; no field twice."""
    columns: list[str] = []
    for number, field in enumerate(before):
        said = data.get(f"column-{number}", field)
        columns.append(said if said in FIELDS[kind] and said not in columns else "")
    return columns


def posted_joins(data: Mapping[str, str]) -> dict[int, int]:
    """By the lines of rows that look like an event of the record, the key of the one that is meant; 0 for none."""
    said = {name.removeprefix("join-"): data[name] for name in data if re.fullmatch("join-[0-9]{1,9}", name)}
    return {int(line): int(key or 0) for line, key in said.items() if re.fullmatch("[0-9]{0,18}", key)}


def posted_choices(data: Mapping[str, str], texts: Sequence[str]) -> dict[str, int]:
    """For searched texts the number of the place that is meant."""
    said = {text: data.get(f"choice-{number}", "") for number, text in enumerate(texts)}
    return {text: int(number) for text, number in said.items() if re.fullmatch("[0-9]{1,2}|-1", number)}
