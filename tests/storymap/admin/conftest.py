"""Editors who have signed in, and a site in a zone whose clocks are changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client, override_settings

from tests.factories import make_user
from tests.storymap.admin.desk import NOW


@pytest.fixture
def editor(db: None, empty_storage: None) -> Client:
    client = Client()
    client.force_login(make_user("ana", "editor"))
    return client


@pytest.fixture
def publisher() -> Client:
    client = Client()
    client.force_login(make_user("pub", "publisher"))
    return client


@pytest.fixture
def berlin() -> Iterator[time_machine.Traveller]:
    with override_settings(TIME_ZONE="Europe/Berlin"), time_machine.travel(NOW, tick=False) as clock:
        yield clock
