"""A table of two hundred places, five of them wrong, brought into a story."""

from __future__ import annotations

import csv
import io

from tests.golden.editor import Editor
from tests.golden.workshop import Story

GOOD = 195
HEAD = ("name", "latitude", "longitude", "country", "precision")
BAD = {  # line of the file: what is there, and what must be said of it
    12: (("", "-12.1", "-77.0", "PE", "street"), "the name is missing"),
    47: (("Beyond the pole", "-97.3", "-77.0", "PE", "street"), "A latitude goes from -90 to 90."),
    101: (("In words", "twelve south", "-77.0", "PE", "street"), "“twelve south, -77.0” is no position"),
    150: (("Half a position", "-12.1", "", "PE", "street"), "one is missing"),
    201: (("Too exact", "-12.1", "-77.0", "PE", "to the inch"), "“to the inch” is none of: point"),
}


def two_hundred_places() -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEAD)
    for line in range(2, 202):
        step = line / 1000
        good = (f"Corner {line}", f"{-12.0 - step:.4f}", f"{-76.9 + step:.4f}", "PE", "street")
        rows.writerow(BAD[line][0] if line in BAD else good)
    return text.getvalue().encode()


def bring_in(editor: Editor, story: Story) -> None:
    """From the story's page to the report."""
    editor.begin(f"{story.admin}change/")
    editor.press("Tables")
    editor.choose_file("File", "corners.csv", two_hundred_places())
    editor.press("Look at it")
    editor.press("Import the good rows")
    editor.sees(f"{GOOD} places were imported.")
