"""What the security tests share."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage


@pytest.fixture(autouse=True)
def _empty_storage() -> None:
    """Each test begins without stored files."""
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)
