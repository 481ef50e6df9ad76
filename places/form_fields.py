"""Forms of translated rows, and fields for JSON and for dates typed as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.fields import InvalidJSONInput
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _
from parler.admin import TranslatableAdmin

from places.features import is_storable
from places.typed_dates import LONGEST, TypedDate, understand
from places.when import DateProblem, words


class StorableJSONField(forms.JSONField):
    """Django's, but a text that its parser chokes on, or that no database keeps, is a mistake and not a crash."""

    def to_python(self, value: Any) -> Any:
        try:
            parsed = super().to_python(value)
        except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
            parsed = float("nan")
        if not is_storable(parsed):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": str(value)[:100]})
        return parsed

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows again after a mistake."""
        try:
            shown = super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return InvalidJSONInput(data)
        return shown if is_storable(shown) else InvalidJSONInput(data)


class TypedDateField(forms.CharField):
    """Shown in words where these are understood as the same date again, else as EDTF."""

    understood: TypedDate | None = None  # of the form that has been validated: every form has fields of its own

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST, **kwargs})

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        try:
            self.understood = understand(typed) if typed else None
        except DateProblem as problem:
            raise forms.ValidationError(str(problem), code="edtf") from None
        return self.understood.edtf if self.understood else ""

    def prepare_value(self, value: Any) -> Any:
        return date_words(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.meaning(initial) != self.meaning(data)

    def meaning(self, typed: Any) -> TypedDate | str:
        """What two texts have in common that mean the same date and time; the text itself where it is no date."""
        text = str(typed or "").strip()
        try:
            return understand(text) if text else TypedDate("")
        except DateProblem:
            return text

    @property
    def typed_time(self) -> str:
        """The time that was typed behind the date, on the clocks of the place; empty when there was none."""
        return f"{self.understood.time:%H:%M}" if self.understood and self.understood.time else ""


def date_words(edtf: str) -> str:
    """A stored date in the words of the active language; itself where it is none, or where the words say less."""
    try:
        shown = words(edtf, get_language() or "en")
        return shown if understand(shown) == TypedDate(edtf) else edtf
    except DateProblem:
        return edtf


class WithOriginal(forms.Widget):
    """Another widget, and below it the text that is to be translated."""

    def __init__(self, widget: forms.Widget, text: str, language: str) -> None:
        super().__init__(widget.attrs)
        self.widget, self.text, self.language = widget, text, language

    @property
    def media(self) -> forms.Media:
        return self.widget.media

    @property
    def is_hidden(self) -> bool:
        return self.widget.is_hidden

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        return format_html(
            '<div class="translating">{}<details class="original-text" open><summary>{}</summary>'
            '<div lang="{}">{}</div></details></div>',
            self.widget.render(name, value, {**self.attrs, **(attrs or {})}, renderer),
            _("The original (%(language)s)") % {"language": language_name(self.language)},
            self.language,
            self.text,
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.widget.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        return self.widget.id_for_label(id_)


def untranslated(row: Any, spoken: tuple[str, ...]) -> dict[str, str]:
    """Language → what is missing in it, in words; without the languages in which nothing is."""
    said = {words.language_code: words for words in row.translations.all()}
    wanted = [name for name in spoken if any(getattr(words, name) for words in said.values())]
    found = {}
    for code, _language in settings.LANGUAGES:
        if code not in said:
            found[code] = _("not translated")
        elif empty := [name for name in wanted if not getattr(said[code], name)]:
            labels = ", ".join(str(said[code]._meta.get_field(name).verbose_name) for name in empty)
            found[code] = _("without %(fields)s") % {"fields": labels}
    return found


def language_name(language: str) -> str:
    return str(dict(settings.LANGUAGES).get(language, language))


class NamedRows(ChangeList):
    """A list whose rows know their names: else each is asked for on its own."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet:
        return super().get_queryset(*args, **kwargs).prefetch_related("translations")


class TranslatingAdmin(TranslatableAdmin):
    """`spoken` are the fields that a reader of each language wants; what is said in no language is missing in none."""

    spoken: tuple[str, ...] = ()
    examples: Mapping[str, Any] = {}  # field → a sentence of help, added to what the field itself says

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedRows

    def original_language(self, obj: Any) -> str:
        return settings.LANGUAGE_CODE

    def get_language_tabs(
        self, request: HttpRequest, obj: Any, available_languages: Any, css_class: str | None = None
    ) -> Any:
        tabs = super().get_language_tabs(request, obj, available_languages, css_class)
        if obj is not None and obj.pk:
            missing = untranslated(obj, self.spoken)
            for n, (url, name, code, status) in enumerate(tabs):
                tabs[n] = (url, f"{name} – {missing[code]}" if code in missing else name, code, status)
        return tabs

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        obj, fields = context.get("original"), context["adminform"].form.fields
        language, original = self.get_form_language(request, obj), self.original_language(obj)
        words = obj.translations.filter(language_code=original).first() if obj and language != original else None
        for name, example in self.examples.items():
            if name in fields:
                fields[name].help_text = f"{fields[name].help_text} {example}".strip()
        for name in self.spoken:
            if name in fields and (text := getattr(words, name, "")):
                fields[name].widget = WithOriginal(fields[name].widget, text, original)
        return super().render_change_form(request, context, **kwargs)
