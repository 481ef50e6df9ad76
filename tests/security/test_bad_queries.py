"""Nonsense in what the editors' lists are filtered by: the list is shown, on every database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
NONSENSE = ("a\x00b", "9" * 400)
MODELS = {model._meta.label_lower: admin.site.get_model_admin(model) for model in admin.site._registry}


@pytest.fixture
def root(db: None) -> Client:
    factories.make_published_story()
    client = Client()
    client.force_login(factories.make_user("root", "author", is_superuser=True))
    return client


def filters_of(model_admin: admin.ModelAdmin) -> Iterator[str]:
    for entry in model_admin.list_filter:
        kind = entry[1] if isinstance(entry, tuple) else entry
        if isinstance(entry, str):
            yield from (entry, f"{entry}__exact")
        elif name := getattr(kind, "parameter_name", None):
            yield name


@pytest.mark.parametrize("label", [label for label, model_admin in MODELS.items() if model_admin.list_filter])
def test_no_filter_is_a_crash(root: Client, label: str) -> None:
    path = reverse(f"admin:{label.replace('.', '_')}_changelist")
    for name in filters_of(MODELS[label]):
        for value in NONSENSE:
            assert root.get(path, {name: value}, follow=True).status_code == 200, name


@pytest.mark.parametrize(("model", "field"), [("event", "place"), ("citation", "source"), ("involvement", "person")])
def test_no_term_is_a_crash(root: Client, model: str, field: str) -> None:
    """NUL in what is searched for while one types is not there."""
    wanted = {"app_label": "places", "model_name": model, "field_name": field, "term": "\x00"}
    assert root.get(reverse("admin:autocomplete"), wanted).json()["pagination"] == {"more": False}
