"""What stands in the way of publishing a story: errors that block, warnings that ask, hints."""

from __future__ import annotations

from storymap.services.publishing.rules.chapters import chapter_problems
from storymap.services.publishing.rules.record import event_problems, place_problems
from storymap.services.publishing.rules.story import frame_problems, picture_problems, stage_problems
from storymap.story.problem import Problem, parts_of
from storymap.story.storyfile import StoryFile, entries_in


def problems_of(story: StoryFile) -> list[Problem]:
    """Everything at once: errors first, then what asks, then hints; each in the order of the story."""
    parts = parts_of(story)
    found = [
        *frame_problems(story),
        *(p for c in story.chapters for p in chapter_problems(c, story, parts)),
        *(p for e in story.events for p in event_problems(e, story, parts)),
        *place_problems(story),
        *(p for i in story.illustrations for p in picture_problems(i, story)),
        *(p for s in entries_in(story, "stages") for p in stage_problems(s, story)),
    ]
    return sorted(found, key=lambda problem: (not problem.is_error, not problem.asks))
