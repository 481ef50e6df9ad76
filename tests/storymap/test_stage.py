"""Where things are on a picture that is the stage, and what its stored files are called."""

from __future__ import annotations

import msgspec
import pytest

from storymap.stage import Frame, Spot, Tile, halvings, original_name, size_at, size_in, tiles_of

KEY = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "spot",
    [
        {"kind": "point", "points": [[0.2, 1.2]]},
        {"kind": "point", "points": [[0.2, -0.1]]},
        {"kind": "point", "points": []},
        {"kind": "point", "points": [[0.1, 0.1], [0.2, 0.2]]},
        {"kind": "line", "points": [[0.1, 0.1]]},
        {"kind": "area", "points": [[0.1, 0.1], [0.2, 0.2]]},
        {"kind": "cloud", "points": [[0.1, 0.1]]},
        {"kind": "point", "points": [[0.1]]},
    ],
)
def test_a_spot_that_is_none_is_refused(spot: dict) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(spot, Spot)


def test_a_spot_beside_its_picture_says_which_number_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"fraction from 0 to 1, not 1\.2"):
        Spot("point", ((0.2, 1.2),))


@pytest.mark.parametrize("frame", [(0.5, 0, 0.5, 1), (0, 0.6, 1, 0.5), (0, 0, 1, 1.5), (float("nan"), 0, 1, 1)])
def test_a_frame_has_an_extent_within_its_picture(frame: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"frame|fraction"):
        Frame(*frame)


def test_the_pin_of_a_line_stands_half_way_along_it_as_it_is_seen() -> None:
    corner = Spot("line", ((0, 0), (1, 0), (1, 1)))
    assert corner.anchor((100, 100)) == (1, 0)
    assert corner.anchor((300, 100)) == pytest.approx((2 / 3, 0))


def test_the_pin_of_an_area_stands_within_it() -> None:
    assert Spot("area", ((0, 0), (1, 0), (1, 1), (0, 1))).anchor((10, 10)) == pytest.approx((0.5, 0.5))
    horseshoe = Spot("area", ((0, 0), (1, 0), (1, 1), (0.9, 1), (0.9, 0.1), (0.1, 0.1), (0.1, 1), (0, 1)))
    x, y = horseshoe.anchor((10, 10))
    assert (x <= 0.1 or x >= 0.9) and 0 <= y <= 1


def test_the_pin_of_an_area_without_extent_stands_on_it() -> None:
    assert Spot("area", ((0.1, 0.1), (0.2, 0.2), (0.3, 0.3))).anchor((10, 10)) == (0.1, 0.1)


def test_an_original_says_its_size_in_its_name() -> None:
    assert size_in(original_name(KEY, (4000, 3000), "png")) == (4000, 3000)
    assert size_in(f"{KEY}-480x360.webp") is None


@pytest.mark.parametrize(("size", "times"), [((300, 200), 0), ((512, 512), 0), ((513, 10), 1), ((10_000, 10_000), 5)])
def test_a_picture_is_halved_until_it_is_one_tile(size: tuple[int, int], times: int) -> None:
    assert halvings(size) == times
    assert max(size_at(size, times)) <= 512


def test_the_tiles_of_a_picture_cover_each_level() -> None:
    assert list(tiles_of((1024, 600))) == [
        *(Tile(0, column, row) for row in (0, 1) for column in (0, 1)),
        Tile(1, 0, 0),
    ]
    assert Tile(0, 1, 0).name(f"{KEY}-full-1024x600.png") == f"{KEY}-0-1-0.webp"
