"""What stands in the way of publishing a story: errors that block, warnings that ask, hints. Pure."""

from __future__ import annotations

from storymap.services.rules.chapters import chapter_problems
from storymap.services.rules.events import event_problems
from storymap.services.rules.frame import frame_problems
from storymap.services.rules.parts import parts_of
from storymap.services.rules.pictures import picture_problems
from storymap.services.rules.places import place_problems
from storymap.services.rules.problem import Problem
from storymap.storyfile import StoryFile

__all__ = ["Problem", "problems_of"]


def problems_of(story: StoryFile) -> list[Problem]:
    """Everything at once: errors first, then what asks, then hints; each in the order of the story."""
    parts = parts_of(story)
    found = [
        *frame_problems(story),
        *(p for c in story.chapters for p in chapter_problems(c, story, parts)),
        *(p for e in story.events for p in event_problems(e, story, parts)),
        *place_problems(story),
        *(p for i in story.illustrations for p in picture_problems(i, story)),
    ]
    return sorted(found, key=lambda problem: (not problem.is_error, not problem.asks))
