"""What all model admins of the workshop share is shared by all of them."""

from __future__ import annotations

from django.contrib import admin

from storymap.admin.base import WorkshopAdmin


def test_no_registered_admin_is_without_the_common_base() -> None:
    """It writes deletions down and bounds what is searched: nothing may be registered without it."""
    assert admin.site._registry
    assert [kind.__name__ for kind, how in admin.site._registry.items() if not isinstance(how, WorkshopAdmin)] == []
