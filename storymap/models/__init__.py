"""The editors' rows. story ← chapter ← moment → places.Event; an Edition is the frozen outcome.

Imports between these modules go in that order, and down to `places`; never up.
"""

from storymap.models.audit import AuditEntry, Verb
from storymap.models.chapter import Chapter
from storymap.models.comment import ChapterComment
from storymap.models.draft import Draft
from storymap.models.edition import Edition, EditionDocument
from storymap.models.illustration import Illustration
from storymap.models.import_batch import ImportBatch
from storymap.models.moment import Moment
from storymap.models.presence import Presence
from storymap.models.preview_link import PreviewLink
from storymap.models.redirect import OldSlug
from storymap.models.revision import PartRevision, StoryRevision
from storymap.models.story import Story
from storymap.models.trashed import Trashed

__all__ = [
    "AuditEntry",
    "Chapter",
    "ChapterComment",
    "Draft",
    "Edition",
    "EditionDocument",
    "Illustration",
    "ImportBatch",
    "Moment",
    "OldSlug",
    "PartRevision",
    "Presence",
    "PreviewLink",
    "Story",
    "StoryRevision",
    "Trashed",
    "Verb",
]
