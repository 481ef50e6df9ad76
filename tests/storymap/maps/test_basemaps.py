from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from storymap.maps.basemaps import Basemap, basemap_from


def test_without_settings_the_atlas_stands_alone() -> None:
    assert basemap_from() == Basemap("atlas")
    assert basemap_from(borders=False, labels=False).hosts == ()


def test_an_url_template_is_taken_as_it_is() -> None:
    tiles = basemap_from(tiles="https://{s}.example:8080/{z}/{x}/{y}{r}.png", attribution="© Example")
    assert tiles.url == "https://a.example:8080/{z}/{x}/{y}{r}.png"
    assert tiles.hosts == ("https://a.example:8080",)
    assert tiles.attribution == "© Example"


def test_tiles_of_our_own_host_need_no_other_origin() -> None:
    assert basemap_from(tiles="/tiles/{z}/{x}/{y}.png").hosts == ()
    assert basemap_from(tiles="/tiles/{z}/{x}/{-y}.png").url == "/tiles/{z}/{x}/{-y}.png"


def test_a_provider_is_known_by_its_name() -> None:
    tiles = basemap_from(tiles="OpenStreetMap.Mapnik")
    assert tiles.url == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert tiles.hosts == ("https://tile.openstreetmap.org",)
    assert "openstreetmap.org/copyright" in tiles.attribution
    assert tiles.max_zoom == 19


def test_the_operators_attribution_wins() -> None:
    assert basemap_from(tiles="OpenStreetMap.Mapnik", attribution="ours").attribution == "ours"


def test_pmtiles_may_lie_anywhere() -> None:
    assert basemap_from(pmtiles="/world.pmtiles") == Basemap("pmtiles", "/world.pmtiles")
    assert basemap_from(pmtiles="https://maps.example/world.pmtiles").hosts == ("https://maps.example",)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"tiles": "No.Such.Provider"}, "names no provider"),
        ({"tiles": "MapBox"}, "needs a key"),
        ({"tiles": "https://x.example/{z}/{x}.png"}, r"lacks \{y\}"),
        ({"tiles": "https://x.example/{z}/{-y}.png"}, r"lacks \{x\}"),
        ({"tiles": "OpenStreetMap.Mapnik", "pmtiles": "/world.pmtiles"}, "not both"),
    ],
)
def test_nonsense_is_refused_in_plain_words(given: dict[str, str], complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint):
        basemap_from(**given)
