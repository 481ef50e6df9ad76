"""People in the workshop."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from places.form_fields import TranslatingAdmin
from places.models import Person
from storymap.admin.editing.admin import EditingAdmin
from storymap.admin.editing.fields import Addressed


class PersonForm(Addressed, TranslatableModelForm):
    named_by = "name"

    class Meta:
        model = Person
        fields = "__all__"
        widgets = {"name": AdminTextInputWidget}


@admin.register(Person)
class PersonAdmin(EditingAdmin, TranslatingAdmin):
    form = PersonForm
    fields = ["name", "slug"]
    spoken = ("name",)
    examples = {"name": _("For example: Morihisa Aoki.")}
    nothing_yet = _("No people yet: a person takes part in events, such as Alberto Fujimori, then President of Peru.")
    list_display = ["__str__", "slug"]
    search_fields = ["slug", "translations__name__finds"]
