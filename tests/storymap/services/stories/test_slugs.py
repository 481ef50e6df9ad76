"""Slugs from titles and from the names of files."""

from __future__ import annotations

import pytest

from storymap.models import Illustration
from storymap.services.stories.slugs import free_slug
from tests.factories import make_illustration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_storage")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Plaza Mayor", "plaza-mayor"),
        ("IMG_0042", "img-0042"),
        ("Jirón Áncash", "jiron-ancash"),
        ("公邸", "picture"),
        ("公邸タワー 12", "12"),
        ("وصول السفينة إلى الميناء", "wswl-alsfynh-ila-almyna"),
        ("משפט בעברית עם 12 מילים", "msft-vvryt-m-12-mylym"),
        ("Прибытие парохода", "pribytie-parokhoda"),
        ("Hôtel „Größe“ in Łódź", "hotel-grosse-in-lodz"),
        ("ひろば", "hiroba"),
        ("🚢 ferry", "ferry"),
        ("", "picture"),
        ("_--_", "picture"),
        ("a" * 200, "a" * 60),
        ("view", "view-3"),
        (
            "Twelve words of which only so many as there is room for are kept",
            "twelve-words-of-which-only-so-many-as-there-is-room-for-are",
        ),
        (
            "Twelve words of which only so many as there is room for, no more",
            "twelve-words-of-which-only-so-many-as-there-is-room-for-no",
        ),
    ],
)
def test_a_slug_is_made_from_a_name_and_numbered_where_it_is_taken(name: str, slug: str) -> None:
    for taken in ("view", "view-2", "view-from-here"):
        make_illustration(taken)
    assert free_slug(name, Illustration.objects.all(), "picture") == slug
