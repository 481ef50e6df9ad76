"""What the security tests share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _empty_storage(empty_storage: None) -> None:
    """Each test begins without stored files."""
