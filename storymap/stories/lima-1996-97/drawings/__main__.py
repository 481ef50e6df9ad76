"""Draws the story's illustrations into its media folder, after a change of its events, its places or these files.

Run it from the repository: `.venv/bin/python storymap/stories/lima-1996-97/drawings`. It needs the fonts of `npm ci`
and no database.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[4]))  # the repository: distances are those of `places.geo`

from album import write_all
from facts import STORY
from ink import FontsMissing

if __name__ == "__main__":
    try:
        for name, size in write_all(STORY / "media"):
            print(f"{name}: {size / 1024:.0f} KB")
    except FontsMissing as error:
        sys.exit(str(error))
