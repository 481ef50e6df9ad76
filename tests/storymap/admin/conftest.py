"""An editor who has signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_user


@pytest.fixture
def editor(db: None, empty_storage: None) -> Client:
    client = Client()
    client.force_login(make_user("ana", "editor"))
    return client
