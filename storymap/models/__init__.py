"""The editors' rows. story ← chapter ← moment → places.Event; an Edition is the frozen outcome.

Imports between these modules go in that order, and down to `places`; never up.
"""

from storymap.models.audit import AuditEntry, Verb
from storymap.models.chapter import Chapter, Moment
from storymap.models.edition import Edition, EditionDocument, OldSlug
from storymap.models.illustration import Illustration
from storymap.models.revision import PartRevision, StoryRevision, Trashed
from storymap.models.stage import BasemapExtract, StagePicture
from storymap.models.story import Story
from storymap.models.workshop import Autosave, ChapterComment, ImportBatch, Presence, PreviewLink

__all__ = [
    "AuditEntry",
    "BasemapExtract",
    "Chapter",
    "ChapterComment",
    "Autosave",
    "Edition",
    "EditionDocument",
    "Illustration",
    "ImportBatch",
    "Moment",
    "OldSlug",
    "PartRevision",
    "Presence",
    "PreviewLink",
    "StagePicture",
    "Story",
    "StoryRevision",
    "Trashed",
    "Verb",
]
