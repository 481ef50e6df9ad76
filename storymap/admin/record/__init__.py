"""The record in the workshop: places, people, events and sources, each a Django admin of its own."""

from storymap.admin.record.event import EventAdmin
from storymap.admin.record.person import PersonAdmin
from storymap.admin.record.place import PlaceAdmin
from storymap.admin.record.source import SourceAdmin

__all__ = ["EventAdmin", "PersonAdmin", "PlaceAdmin", "SourceAdmin"]
