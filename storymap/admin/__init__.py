"""Stories in the editors' workshop, and who works there. Publishing itself is a service; here are its buttons."""

from storymap.admin.audit_log import AuditEntryAdmin
from storymap.admin.chapter import ChapterAdmin
from storymap.admin.edition import EditionAdmin
from storymap.admin.illustration import IllustrationAdmin
from storymap.admin.people import GroupAdmin, UserAdmin
from storymap.admin.story import StoryAdmin
from storymap.admin.trashed import TrashedAdmin

__all__ = [
    "AuditEntryAdmin",
    "ChapterAdmin",
    "EditionAdmin",
    "GroupAdmin",
    "IllustrationAdmin",
    "StoryAdmin",
    "TrashedAdmin",
    "UserAdmin",
]
