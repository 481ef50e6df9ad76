"""The moments of a chapter: events chosen by title or date, in an order, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.paginator import Page, Paginator
from django.db.models import ForeignKey, JSONField, Q
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _

from places.form_fields import StorableJSONField
from places.models import Place
from storymap.admin.chapter.event_facts import EventSelect, facts_in_words
from storymap.admin.editing.fields import LoadedChoice
from storymap.models import Chapter, Moment
from storymap.numbers import OF_A_KEY, whole_number

ROWS = 100  # of a page
PARAMETER = "moments"  # of the address: which page


@dataclass(frozen=True)
class Window:
    """What a form shows of the moments. `keys` are those of all, in the order of the chapter."""

    keys: list[int]
    shown: list[int]
    page: Page

    @property
    def before(self) -> list[int]:
        """Those before the first that is shown."""
        return self.keys[: self.keys.index(self.shown[0])] if self.shown else self.keys

    @property
    def after(self) -> list[int]:
        """Those after it that are not shown."""
        hidden = {*self.before, *self.shown}
        return [key for key in self.keys if key not in hidden]

    @property
    def first(self) -> int:
        """The number of the first that is shown, counted from 1."""
        return len(self.before) + 1


def window_of(request: HttpRequest, chapter: Chapter | None) -> Window | None:
    """None where all have room. What was sent is the page that was shown then, whatever has been added since."""
    if chapter is None or not chapter.pk:
        return None
    keys = list(chapter.moments.order_by("position", "pk").values_list("pk", flat=True))
    if len(keys) <= ROWS:
        return None
    page = Paginator(keys, ROWS).get_page(request.GET.get(PARAMETER))
    if "moments-TOTAL_FORMS" not in request.POST:
        return Window(keys, list(page.object_list), page)
    names = (name for name in request.POST if name.startswith("moments-") and name.endswith("-id"))
    sent = {whole_number(request.POST[name], digits=OF_A_KEY) for name in names}
    return Window(keys, [key for key in keys if key in sent], page)


def beyond(window: Window, chapter: Chapter) -> list[dict[str, Any]]:
    """Where the moments lie that are not shown: what the map needs to show all places."""
    there = Q(events__moments__chapter=chapter)
    places = Place.objects.filter(there).exclude(events__moments__in=window.shown).distinct()
    return [{"lat": lat, "lng": lng, "radius": radius} for lat, lng, radius in places.values_list(*_WHERE)]


_WHERE = ("latitude", "longitude", "radius")


LAST = 1_000_000  # behind everything that was numbered


class MomentForm(forms.ModelForm):
    position = forms.IntegerField(
        label=_("position"), required=False, min_value=0, max_value=LAST, widget=forms.NumberInput(attrs={"min": 1})
    )

    class Meta:
        model = Moment
        fields = ["event", "position", "is_key", "camera", "spot", "frame"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None  # at the end, unless a number is typed
        for name in ("event", "position", "is_key", "camera", "spot", "frame"):
            if name in self.fields:  # the table names its columns only
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        if self.instance.pk and isinstance(event := self.fields.get("event"), LoadedChoice):
            event.stored = self.instance.event
            widget = event.widget
            widget = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
            if isinstance(widget, EventSelect):
                widget.chosen = self.instance.event

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or LAST


class MomentFormSet(BaseInlineFormSet):
    """Whatever was typed, positions are stored as 1, 2, 3 … in that order. `window` is what a long chapter shows."""

    def __init__(self, *args: Any, window: Window | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.window = window
        self.pushed: list[Moment] = []  # moments of other pages that have another number now

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk and "id" in form.fields:
            form.fields["id"] = key = LoadedChoice(self.get_queryset(), required=False, widget=forms.HiddenInput)
            key.stored, key.initial = form.instance, form.instance.pk
        if self.window and form.instance.pk in self.window.shown:
            form.initial["position"] = self.window.first + self.window.shown.index(form.instance.pk)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("delete")

    def clean(self) -> None:
        super().clean()
        rows = [form for form in self.forms if form.cleaned_data.get("event") and not self._should_delete_form(form)]
        rows.sort(key=_number)
        if self.window:
            self._refuse_twice_in_chapter(rows, self.window)
        for position, row in enumerate(self._among_all(rows, self.window) if self.window else rows, start=1):
            if isinstance(row, Moment):
                self.pushed += [row] if row.position != position else []
                row.position = position
            else:
                row.instance.position = row.cleaned_data["position"] = position

    def _refuse_twice_in_chapter(self, rows: list[forms.ModelForm], window: Window) -> None:
        """An event is narrated once in a chapter; of the rows of this page Django makes sure."""
        chosen = [form.cleaned_data["event"].pk for form in rows if "event" in form.changed_data]
        hidden = self.instance.moments.filter(event__in=chosen).exclude(pk__in=window.shown)
        for moment in hidden.select_related("event"):
            said = gettext("“%(event)s” is in this chapter already, as number %(number)d.")
            number = window.keys.index(moment.pk) + 1
            raise forms.ValidationError(said % {"event": moment.event, "number": number})

    def _among_all(self, rows: list[forms.ModelForm], window: Window) -> list[forms.ModelForm | Moment]:
        """The rows of this page in their place among those of the others; a row with a number beyond its page goes
        there."""
        hidden = self.instance.moments.in_bulk({*window.before, *window.after})
        page = range(window.first, window.first + len(self.forms))
        order: list[forms.ModelForm | Moment] = [hidden[key] for key in window.before]
        order += [form for form in rows if _number(form) in page]
        order += [hidden[key] for key in window.after]
        for form in rows:
            if _number(form) not in page:
                order.insert(_number(form) - 1, form)
        return order

    def save(self, commit: bool = True) -> list[Moment]:  # noqa: FBT001, FBT002  Django's signature
        saved = super().save(commit)
        if commit:  # a row that nobody touched may have moved up
            shown = [form.instance for form in self.initial_forms if form.instance.pk]
            Moment.objects.bulk_update([*shown, *self.pushed], ["position"])
        return saved

    def _should_delete_form(self, form: forms.ModelForm) -> bool:
        return bool(self.can_delete and form.cleaned_data.get("DELETE"))


def _number(form: forms.ModelForm) -> int:
    return form.cleaned_data.get("position", LAST)


class MomentInline(admin.TabularInline):
    formfield_overrides = {JSONField: {"form_class": StorableJSONField, "widget": forms.Textarea(attrs={"rows": 2})}}
    model = Moment
    form = MomentForm
    formset = MomentFormSet
    template = "admin/storymap/chapter/moments.html"
    extra = 0
    autocomplete_fields = ["event"]
    readonly_fields = ["facts"]
    fields = ["event", "facts", "position", "is_key", "camera"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Of a chapter on a picture also where on it."""
        return ["event", "facts", "position", "is_key", "spot", "frame"] if obj and obj.stage_id else self.fields

    @admin.display(description=_("date, place, status"))
    def facts(self, moment: Moment) -> str:
        said = facts_in_words(moment.event) if moment.event_id else ""
        return format_html('<span class="event-facts">{}</span>', said)

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("event__place")
        return rows.prefetch_related("event__translations", "event__place__translations")

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "event":
            kwargs["widget"] = EventSelect(db_field, self.admin_site, using=kwargs.get("using"))
            kwargs["form_class"] = LoadedChoice
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
