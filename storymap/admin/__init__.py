"""The editors’ workshop: Django’s admin for stories, the record and people.

The save of a form is `services.stories.save_form`; pages that are no form are views, see `pages`.
"""

from storymap.admin.chapter.admin import ChapterAdmin
from storymap.admin.media.illustration import IllustrationAdmin
from storymap.admin.people import GroupAdmin, UserAdmin
from storymap.admin.read_only import AuditEntryAdmin, EditionAdmin
from storymap.admin.record import EventAdmin, PersonAdmin, PlaceAdmin, SourceAdmin
from storymap.admin.story.admin import StoryAdmin
from storymap.admin.trash import TrashedAdmin

__all__ = [
    "AuditEntryAdmin",
    "ChapterAdmin",
    "EditionAdmin",
    "EventAdmin",
    "GroupAdmin",
    "IllustrationAdmin",
    "PersonAdmin",
    "PlaceAdmin",
    "SourceAdmin",
    "StoryAdmin",
    "TrashedAdmin",
    "UserAdmin",
]
