"""The editors' rows. story ← chapter ← moment → places.Event; an Edition is the frozen outcome.

Imports between these modules go in that order, and down to `places`; never up.
"""

from storymap.models.chapter import Chapter
from storymap.models.edition import Edition, EditionDocument
from storymap.models.illustration import Illustration
from storymap.models.moment import Moment
from storymap.models.redirect import OldSlug
from storymap.models.revision import PartRevision, StoryRevision
from storymap.models.story import Story
from storymap.models.trashed import Trashed

__all__ = [
    "Chapter",
    "Edition",
    "EditionDocument",
    "Illustration",
    "Moment",
    "OldSlug",
    "PartRevision",
    "Story",
    "StoryRevision",
    "Trashed",
]
