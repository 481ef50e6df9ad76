"""The moments of a chapter: events chosen by title or date, in an order that is typed, dragged or stepped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import ForeignKey, JSONField
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _

from places.jsonfield import StorableJSONField
from storymap.admin.event_facts import EventSelect, facts_in_words
from storymap.admin.moment_pages import Window
from storymap.models import Moment

LAST = 1_000_000  # behind everything that was numbered


class MomentForm(forms.ModelForm):
    position = forms.IntegerField(
        label=_("position"), required=False, min_value=0, max_value=LAST, widget=forms.NumberInput(attrs={"min": 1})
    )

    class Meta:
        model = Moment
        fields = ["event", "position", "camera"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["position"] = None  # at the end, unless a number is typed
        for name in ("event", "position", "camera"):
            if name in self.fields:  # the table names its columns only
                self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        if self.instance.pk and "event" in self.fields:
            widget = self.fields["event"].widget
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
        if self.window and form.instance.pk in self.window.shown:
            form.initial["position"] = self.window.first + self.window.shown.index(form.instance.pk)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("delete")

    def clean(self) -> None:
        super().clean()
        told = [form for form in self.forms if form.cleaned_data.get("event") and not self._should_delete_form(form)]
        told.sort(key=_number)
        if self.window:
            self._refuse_what_others_tell(told, self.window)
        for position, row in enumerate(self._among_all(told, self.window) if self.window else told, start=1):
            if isinstance(row, Moment):
                self.pushed += [row] if row.position != position else []
                row.position = position
            else:
                row.instance.position = row.cleaned_data["position"] = position

    def _refuse_what_others_tell(self, told: list[forms.ModelForm], window: Window) -> None:
        """An event is told once in a chapter; of the rows of this page Django makes sure."""
        chosen = [form.cleaned_data["event"].pk for form in told if "event" in form.changed_data]
        hidden = self.instance.moments.filter(event__in=chosen).exclude(pk__in=window.shown)
        for moment in hidden.select_related("event"):
            said = gettext("“%(event)s” is told in this chapter already, as number %(number)d.")
            number = window.keys.index(moment.pk) + 1
            raise forms.ValidationError(said % {"event": moment.event, "number": number})

    def _among_all(self, told: list[forms.ModelForm], window: Window) -> list[forms.ModelForm | Moment]:
        """The rows of this page in their place among those of the others; a row with a number beyond its page goes
        there."""
        hidden = self.instance.moments.in_bulk({*window.before, *window.after})
        page = range(window.first, window.first + len(self.forms))
        order: list[forms.ModelForm | Moment] = [hidden[key] for key in window.before]
        order += [form for form in told if _number(form) in page]
        order += [hidden[key] for key in window.after]
        for form in told:
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
    fields = ["event", "facts", "position", "camera"]

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
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
