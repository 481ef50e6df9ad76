"""What an editor sees when somebody else has saved the same page: a message, or a question with all three texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from storymap.admin.editing.form_state import Page
from storymap.admin.editing.merging import DELETE, Conflict, Merged, Row, Values
from storymap.admin.editing.words import change_words
from storymap.models import Chapter, Story, Trashed
from storymap.numbers import OF_A_KEY, whole_number
from storymap.services.history.differences import Piece, words_between
from storymap.services.history.entries import Touch
from storymap.services.history.trash import kind_of_model
from storymap.story.from_models import story_file_of


@dataclass(frozen=True)
class Question:
    """One field in conflict."""

    name: str  # of the input
    label: str
    was: str
    theirs: tuple[Piece, ...]
    mine: tuple[Piece, ...]
    control: str  # text, or choice
    text: str
    choices: tuple[tuple[str, str, bool], ...] = ()  # value, words, whether it is mine


def meanwhile(row: Any, page: Page, merged: Merged, touches: list[Touch], user: Any) -> str:
    """What others changed while the page was open; empty where that was nobody but the editor."""
    others = [touch for touch in touches if touch.by != user.get_username()]
    if not others:
        return ""
    words = list(dict.fromkeys(_label(page, table, name) for table, name in merged.taken))
    if isinstance(row, Story | Chapter):
        story = Story.objects.get(pk=row.story_id if isinstance(row, Chapter) else row.pk)
        elsewhere = dict.fromkeys(c for t in others for c in t.changes if c[1:] != ("chapters", row.slug))
        file = story_file_of(story)
        words += [change_words(change, file) for change in elsewhere if isinstance(row, Chapter) or not words][:8]
    if not words:
        return ""
    said = {"names": names_of(others), "what": "; ".join(words)}
    return _("While this page was open, %(names)s changed: %(what)s. That stays, and so do your changes.") % said


def names_of(touches: list[Touch]) -> str:
    return get_text_list(list(dict.fromkeys(touch.by or _("the installation") for touch in touches)), _("and"))


def _label(page: Page, table: str, name: str) -> str:
    """In words, with the table it is in."""
    formset = next((f for f in page.formsets if f.prefix == table), None)
    field = page.field(table, name) if name and name != DELETE else None
    label = str(field.label or name) if field else ""
    if formset is None:
        return label
    kind = str(formset.model._meta.verbose_name_plural)
    return capfirst(f"{kind}: {label}" if label else kind)


def conflict_page(
    model_admin: Any,
    request: HttpRequest,
    row: Any,
    page: Page,
    merged: Merged,
    data: Any,
    touches: list[Touch],
) -> HttpResponse:
    """409, and the question. Template admin/storymap/editing/conflict.html."""
    questions = [_question(page, merged, conflict) for conflict in merged.conflicts]
    asked = [question.name for question in questions]
    passed = [
        (name, value)
        for name in data
        if name not in asked and not name.startswith("_mine.")
        for value in data.getlist(name)
    ]
    its = [touch for touch in touches if touch.itself] or touches
    context = {
        **admin.site.each_context(request),
        "title": _("Somebody else has changed this too"),
        "opts": model_admin.opts,
        "original": row,
        "questions": questions,
        "passed": [(name, value) for name, value in passed if name not in ("_resolve", "csrfmiddlewaretoken")],
        "mine_inputs": [(f"_mine.{name}", value) for name in asked for value in data.getlist(name)],
        "files": sorted(request.FILES),
        "last": its[0] if its else None,
        "who": names_of(its[:1]) if its else _("Somebody"),
        "address": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/storymap/editing/conflict.html", context, status=409)


def _question(page: Page, merged: Merged, conflict: Conflict) -> Question:
    name = conflict.name if conflict.row is None else f"{conflict.table}-{conflict.row}-{conflict.name}"
    field = page.field(conflict.table, conflict.name)
    label = capfirst(_label(page, conflict.table, conflict.name))
    if conflict.row is not None:
        label = f"{label} – {_summary(page, conflict.table, merged.state.tables[conflict.table][conflict.row])}"
    was, theirs, mine = (
        _value_words(field, conflict, values) for values in (conflict.base, conflict.theirs, conflict.mine)
    )
    choices: tuple[tuple[str, str, bool], ...] = ()
    if _is_choice(field):
        choices = ((_only(conflict.theirs), theirs, False), (_only(conflict.mine), mine, True))
    return Question(
        name=name,
        label=label,
        was=was,
        theirs=words_between(was, theirs),
        mine=words_between(was, mine),
        control="choice" if choices else "area" if _is_long(field) else "line",
        text="\n".join(conflict.mine),
        choices=choices,
    )


def _is_choice(field: forms.Field | None) -> bool:
    """Also the fate of a whole row."""
    return field is None or isinstance(field, forms.ChoiceField | forms.BooleanField | forms.ModelChoiceField)


def _is_long(field: Any) -> bool:
    return isinstance(field.widget, forms.Textarea)


def _only(values: Values) -> str:
    return values[0] if values else ""


def _value_words(field: Any, conflict: Conflict, values: Values) -> str:
    """A value as a reader knows it: a choice by its label, a row by its name."""
    if field is None:
        return _("deleted") if values else _("there")
    if isinstance(field, forms.BooleanField):
        return _("yes") if values else _("no")
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=whole_number(_only(values), digits=OF_A_KEY) or 0).first()  # type: ignore[union-attr]
        return str(row) if row else "–"
    if isinstance(field, forms.ChoiceField):
        return next((str(label) for value, label in _flat(field) if str(value) == _only(values)), _only(values))
    return "\n".join(values)


def _flat(field: Any) -> list[tuple[Any, Any]]:
    return [pair for pair in field.choices if not isinstance(pair[1], list | tuple)]


def _summary(page: Page, table: str, row: Row) -> str:
    """A row by its first words: the event of a moment, the source of a citation."""
    for name, values in row.fields.items():
        field = page.field(table, name)
        if values and isinstance(field, forms.ModelChoiceField):
            return _value_words(field, None, values)  # type: ignore[arg-type]  # only a row's fate asks for it
    return next((value for values in row.fields.values() for value in values), "")


def gone_page(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """409, and the words that can no longer be saved. Template admin/storymap/editing/gone.html."""
    kind = kind_of_model(model_admin.model)
    trashed = Trashed.objects.filter(kind=kind, key=whole_number(object_id, digits=OF_A_KEY) or 0).first()
    fields = [
        (name, value) for name in request.POST if not name.startswith("_") for value in request.POST.getlist(name)
    ]
    words = [(name, value) for name, value in fields if len(value) > 3 and name != "csrfmiddlewaretoken"]
    context = {
        **admin.site.each_context(request),
        "title": _("This was deleted while you were writing"),
        "opts": model_admin.opts,
        "trashed": trashed,
        "words": words,
    }
    return TemplateResponse(request, "admin/storymap/editing/gone.html", context, status=409)
