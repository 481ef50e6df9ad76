"""Packs the sketch maps under the story into its media folder, after a change of the GeoJSON files here.

Run it from the repository: `.venv/bin/python storymap/stories/lima-1996-97/ground`. It needs no database.
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings

REPOSITORY = Path(__file__).resolve().parents[4]

if __name__ == "__main__":
    sys.path.append(str(REPOSITORY))  # the cutting is the product's own
    settings.configure(BASE_DIR=REPOSITORY, USE_I18N=False)
    from sketches import HERE, write_all

    for name, size in write_all(HERE.parent / "media"):
        print(f"{name}: {size / 1024:.1f} KB")
