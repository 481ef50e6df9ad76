"""Stories in the editors' workshop, and who works there. Publishing itself is a service; here are its buttons."""

from storymap.admin import record
from storymap.admin.audit_log import AuditEntryAdmin
from storymap.admin.chapter.admin import ChapterAdmin
from storymap.admin.media.illustration import IllustrationAdmin
from storymap.admin.people import GroupAdmin, UserAdmin
from storymap.admin.story.admin import StoryAdmin
from storymap.admin.story.edition import EditionAdmin
from storymap.admin.trash import TrashedAdmin

__all__ = [
    "AuditEntryAdmin",
    "ChapterAdmin",
    "EditionAdmin",
    "GroupAdmin",
    "IllustrationAdmin",
    "StoryAdmin",
    "TrashedAdmin",
    "UserAdmin",
    "record",
]
