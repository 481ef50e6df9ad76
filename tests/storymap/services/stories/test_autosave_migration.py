"""The migration that calls autosaves by their name."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE, AFTER = ("storymap", "0020_basemap_extracts"), ("storymap", "0021_autosaves")


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_before_is_there_afterwards_and_the_wizard_offers_it() -> None:
    try:
        apps = MigrationExecutor(connection).migrate([BEFORE]).apps
        user = apps.get_model("auth", "User").objects.create(username="ada")
        kind = apps.get_model("contenttypes", "ContentType").objects.create(app_label="storymap", model="test")
        for part, text in (("telling", "A garden wall"), ("", "A reception")):
            apps.get_model("storymap", "Draft").objects.create(
                user=user, key=uuid4(), content_type=kind, part=part, typed={"title": [text]}, saved_at=timezone.now()
            )
        apps = MigrationExecutor(connection).migrate([AFTER]).apps
        stored = apps.get_model("storymap", "Autosave").objects.order_by("part")
        assert list(stored.values_list("part", "typed")) == [
            ("", {"title": ["A reception"]}),
            ("wizard", {"title": ["A garden wall"]}),
        ]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
