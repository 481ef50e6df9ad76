"""Stories in the editors' workshop. Publishing itself is a service; here are its buttons."""

from storymap.admin.chapter import ChapterAdmin
from storymap.admin.edition import EditionAdmin
from storymap.admin.illustration import IllustrationAdmin
from storymap.admin.story import StoryAdmin
from storymap.admin.trashed import TrashedAdmin

__all__ = ["ChapterAdmin", "EditionAdmin", "IllustrationAdmin", "StoryAdmin", "TrashedAdmin"]
