"""An alternative text says what a picture shows; names of files and repetitions do not."""

from __future__ import annotations

import pytest

from storymap.services.publishing.rules.story import problem_with

NO_TEXTS = [
    *("", "  ", "IMG_1234", "img-0042.jpg", "DSC01234", "DSCN4711", "PXL_20240102_123456789", "P1010023", "photo"),
    *(
        "Image 3",
        "Screenshot 2024-01-02 at 10.11.12",
        "WhatsApp Image 2024-01-02 at 10.11.12",
        "a view.jpeg",
        "untitled",
    ),
    *("two embassies", "Two-Embassies", "The  Square", "the beginning"),
]
TEXTS = [
    *(
        "A photograph of the square",
        "Two embassies, 300 m apart",
        "Plan of the house",
        "大使公邸の塀",
        "DSC leaders meet",
    ),
    *("P 1 is the gate", "Picture of three guards", "The square, seen from .png files"),
]


@pytest.mark.parametrize("text", NO_TEXTS)
def test_what_says_nothing_is_refused(text: str) -> None:
    assert problem_with(text, slug="two-embassies", repeated=["The square", "The beginning"])


@pytest.mark.parametrize("text", TEXTS)
def test_what_says_something_is_taken(text: str) -> None:
    assert problem_with(text, slug="two-embassies", repeated=["The square", ""]) == ""
